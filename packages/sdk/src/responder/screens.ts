import { messageLimits, truncateText } from '../outbox/index.ts'
import type { ButtonsMessage, ListRow, OutboundMessage, ReplyButton } from '../outbox/index.ts'
import type { Choice } from './choice.ts'
import { choiceId } from './choice.ts'
import type { CartNotice, CartView, OrderView, ProposalView, ShopItem, ShopLine } from './shop.ts'
import type { Texts } from './texts.ts'

/** A text with the main choices: browse, order status, a person. */
export function mainMenu(texts: Texts, body: string): ButtonsMessage {
  return buttons(body, [
    [texts.browse, { kind: 'browse', page: 0 }],
    [texts.orderStatus, { kind: 'status' }],
    [texts.person, { kind: 'person' }],
  ])
}

/** Items on one page of a list. A further page is one row, so that every item can be reached. */
export function itemList(
  texts: Texts,
  body: string,
  items: readonly ShopItem[],
  page: number,
): OutboundMessage {
  const full = messageLimits.listRows - 1
  const last = Math.max(0, Math.ceil((items.length - messageLimits.listRows) / full))
  const shown = Math.min(page, last)
  const rest = items.slice(shown * full)
  const rows = (shown < last ? rest.slice(0, full) : rest).map((item) => itemRow(texts, item))
  const next = row(texts.more, undefined, { kind: 'browse', page: shown + 1 })
  return list(body, texts.listButton, shown < last ? [...rows, next] : rows)
}

/** One item with what can be done about it. */
export function itemScreen(texts: Texts, item: ShopItem): OutboundMessage {
  if (!item.available) return dead(texts, texts.soldOut(item.title))
  const { variantId } = item
  return buttons([item.title, item.price, item.description].filter(isText).join('\n'), [
    [texts.orderOne, { kind: 'add', variantId, quantity: 1 }],
    [texts.otherQuantity, { kind: 'quantity', variantId }],
    [texts.backToList, { kind: 'browse', page: 0 }],
  ])
}

/** A list of one to ten units of an item. */
export function quantityScreen(texts: Texts, { variantId, title }: ShopItem): OutboundMessage {
  const rows = Array.from({ length: messageLimits.listRows }, (_none, index) =>
    row(String(index + 1), undefined, { kind: 'add', variantId, quantity: index + 1 }),
  )
  return list(texts.howMany(title), texts.quantityButton, rows)
}

/**
 * A frozen order with Confirm, Change and Cancel. Nothing about it is cut off but lines: reference, total and what
 * changed always show.
 */
export function proposalScreen(
  texts: Texts,
  proposal: ProposalView,
  notices: readonly CartNotice[],
  intro?: string,
): OutboundMessage {
  const head = [intro, texts.proposal(proposal.ref)].filter(isText)
  const tail = [
    texts.total(proposal.total),
    ...noticeLines(texts, [...notices, ...proposal.notices]),
  ]
  const room = messageLimits.interactiveBody - [...head, ...tail].join('\n').length - 1
  const lines = shownLines(texts, proposal.lines, room)
  const body = [...head, ...lines, ...tail].join('\n')
  const linked = proposal.link === undefined ? body : `${body}\n${proposal.link}`
  return buttons(linked.length <= messageLimits.interactiveBody ? linked : body, [
    [texts.confirm, { kind: 'act', token: proposal.confirmToken }],
    [texts.change, { kind: 'act', token: proposal.editToken }],
    [texts.cancel, { kind: 'act', token: proposal.cancelToken }],
  ])
}

/** The tokens of a proposal by what they do, when the buttons of a message are those of {@link proposalScreen}. */
export function proposalTokens(
  choices: readonly Choice[],
): { readonly confirm: Choice; readonly cancel: Choice } | undefined {
  const [confirm, edit, cancel, ...others] = choices
  const isProposal = choices.every(({ kind }) => kind === 'act') && others.length === 0
  return isProposal && confirm !== undefined && edit !== undefined && cancel !== undefined
    ? { confirm, cancel }
    : undefined
}

/** The contact's draft with what can be done about it; `intro` says why it is shown. */
export function basketScreen(texts: Texts, cart: CartView, intro?: string): OutboundMessage {
  if (cart.lines.length === 0) return mainMenu(texts, texts.emptyBasket)
  const head = [intro, texts.basket].filter(isText)
  const tail = [texts.total(cart.total), ...noticeLines(texts, cart.notices)]
  const room = messageLimits.interactiveBody - [...head, ...tail].join('\n').length - 1
  const body = [...head, ...shownLines(texts, cart.lines, room), ...tail].join('\n')
  return list(body, texts.basketButton, [
    row(texts.checkOut, undefined, { kind: 'propose' }),
    row(texts.addMore, undefined, { kind: 'browse', page: 0 }),
    ...cart.lines
      .slice(0, messageLimits.listRows - 3)
      .map(({ variantId, title }) =>
        row(texts.remove(title), title, { kind: 'remove', variantId }),
      ),
    row(texts.menu, undefined, { kind: 'menu' }),
  ])
}

/** The contact's latest orders. */
export function statusScreen(texts: Texts, orders: readonly OrderView[]): OutboundMessage {
  if (orders.length === 0) return mainMenu(texts, texts.noOrders)
  const lines = orders
    .slice(0, 5)
    .map((order) =>
      truncateText(
        `${order.number ?? order.ref} · ${texts.status[order.status]} · ${order.total}`,
        150,
      ),
    )
  return mainMenu(texts, [texts.yourOrders, ...lines].join('\n'))
}

/** A text for where it does not go on, with the ways out. */
export function dead(texts: Texts, body: string): OutboundMessage {
  return buttons(body, [
    [texts.backToList, { kind: 'browse', page: 0 }],
    [texts.person, { kind: 'person' }],
  ])
}

function itemRow(texts: Texts, item: ShopItem): ListRow {
  const mark = item.available ? undefined : texts.soldOutMark
  const rest = item.title.length > messageLimits.rowTitle ? item.title : item.description
  return row(item.title, [mark, item.price, rest].filter(isText).join(' · '), {
    kind: 'item',
    variantId: item.variantId,
  })
}

function noticeLines(texts: Texts, notices: readonly CartNotice[]): readonly string[] {
  const lines = notices.map(({ reason, title }) =>
    texts.notices[reason](truncateText(title ?? texts.unnamedItem, 40)),
  )
  return [...new Set(lines)].slice(0, 4)
}

function shownLines(texts: Texts, lines: readonly ShopLine[], room: number): readonly string[] {
  const all = lines.map(
    ({ title, quantity, price }) => `${quantity} × ${truncateText(title, 80)} · ${price}`,
  )
  const fits = (count: number): boolean => cut(count).join('\n').length <= room
  const cut = (count: number): readonly string[] =>
    count === all.length ? all : [...all.slice(0, count), texts.moreLines(all.length - count)]
  let count = all.length
  while (count > 0 && !fits(count)) count -= 1
  return cut(count)
}

function buttons(body: string, choices: readonly (readonly [string, Choice])[]): ButtonsMessage {
  return {
    kind: 'buttons',
    body: truncateText(body, messageLimits.interactiveBody),
    buttons: choices.map(([title, choice]): ReplyButton => ({ id: choiceId(choice), title })),
  }
}

function list(body: string, button: string, rows: readonly ListRow[]): OutboundMessage {
  return {
    kind: 'list',
    body: truncateText(body, messageLimits.interactiveBody),
    button,
    sections: [{ rows }],
  }
}

function row(title: string, description: string | undefined, choice: Choice): ListRow {
  const shown = truncateText(isText(title) ? title : '–', messageLimits.rowTitle)
  const detail = isText(description)
    ? { description: truncateText(description, messageLimits.rowDescription) }
    : {}
  return { id: choiceId(choice), title: shown, ...detail }
}

function isText(value: string | undefined): value is string {
  return value !== undefined && value.trim() !== ''
}
