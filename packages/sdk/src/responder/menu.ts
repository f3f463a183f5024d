import type { OutboundMessage } from '../outbox/index.ts'
import type { Choice } from './choice.ts'
import { isQuantity } from './choice.ts'
import { normalize } from './keywords.ts'
import {
  basketScreen,
  dead,
  itemList,
  itemScreen,
  mainMenu,
  proposalScreen,
  quantityScreen,
  statusScreen,
} from './screens.ts'
import type { ActionView, CartNotice, Shop, ShopRefusal } from './shop.ts'
import type { Texts } from './texts.ts'
import type { Turn } from './turn.ts'

/** What the menu answers with; `outcome` is a code for the trace. */
export interface Answer {
  readonly outcome: string
  readonly messages: readonly OutboundMessage[]
}

/** What the menu needs to answer. */
export interface MenuDeps {
  readonly shop: Shop
  readonly texts: Texts
  readonly turn: Turn
}

/** Every choice but a token; asking for a person is the hand-off's and shows the main menu here. */
export type MenuChoice = Exclude<Choice, { readonly kind: 'act' }>

/** Answers a choice that can do no harm. */
export function answerChoice(choice: MenuChoice, deps: MenuDeps): Promise<Answer> {
  const { shop, turn } = deps
  switch (choice.kind) {
    case 'browse':
      return browse(deps, choice.page)
    case 'item':
    case 'quantity':
      return showItem(choice, deps)
    case 'add':
      return add(choice, deps)
    case 'remove':
      return remove(choice, deps)
    case 'propose':
      return propose(deps, [])
    case 'status':
      return status(shop, deps.texts, turn)
    case 'menu':
    case 'person':
      return Promise.resolve(welcome(deps.texts, turn))
  }
}

/** The main menu with a welcome. */
export function welcome(texts: Texts, { businessName }: Pick<Turn, 'businessName'>): Answer {
  return one('welcome', mainMenu(texts, texts.welcome(businessName)))
}

/** Runs a single-use token for the customer; `typed` when they wrote yes or no instead of tapping. */
export async function answerAction(
  token: string,
  deps: MenuDeps,
  how: { readonly typed: boolean },
): Promise<Answer> {
  const { shop, texts, turn } = deps
  const evidence = { kind: 'message', id: turn.messageId } as const
  const result = await shop.act(turn.contactId, token, evidence, how)
  if (result.kind !== 'refused') return one(result.kind, actionScreen(texts, result))
  const { reason } = result
  if (reason !== 'expired' && reason !== 'changed' && reason !== 'needs_button')
    return refuse(texts, result)
  // What was offered no longer holds: the same basket under today's conditions, if there still is one.
  const again = await shop.propose(turn.contactId)
  if (again.kind === 'refused') return refuse(texts, result)
  const intro = reason === 'needs_button' ? texts.needsButton : texts[reason]
  return one(`${reason}_proposed_again`, proposalScreen(texts, again, [], intro))
}

/** A WhatsApp cart with our prices, as a proposal. */
export async function answerCart(
  items: readonly { readonly retailerId: string; readonly quantity: number }[],
  deps: MenuDeps,
): Promise<Answer> {
  const { shop, texts, turn } = deps
  const wanted = items
    .filter(({ quantity }) => Number.isSafeInteger(quantity) && quantity >= 1)
    .map(({ retailerId, quantity }) => ({ retailerId, quantity }))
  if (wanted.length === 0) return one('empty', mainMenu(texts, texts.emptyBasket))
  const cart = await shop.fromCart(turn.contactId, wanted, turn.messageId)
  return cart.kind === 'refused' ? refuse(texts, cart) : propose(deps, cart.notices)
}

/** Items whose title has the words of a text, as one item or a list; nothing when there are none. */
export async function answerSearch(
  text: string,
  { shop, texts }: MenuDeps,
): Promise<Answer | undefined> {
  const typed = normalize(text)
  if (typed.length < 3) return undefined
  const items = await shop.browse()
  const named = items.filter(({ title }) => {
    const known = normalize(title)
    return (
      known !== '' && (` ${known} `.includes(` ${typed} `) || ` ${typed} `.includes(` ${known} `))
    )
  })
  const [only, ...others] = named
  if (only === undefined) return undefined
  if (others.length === 0) return one('item_found', itemScreen(texts, only))
  return one('items_found', itemList(texts, texts.found, named.slice(0, 10), 0))
}

async function browse({ shop, texts, turn }: MenuDeps, page: number): Promise<Answer> {
  const items = await shop.browse()
  if (items.length === 0) return one('empty_catalog', mainMenu(texts, texts.emptyCatalog))
  return one('list', itemList(texts, texts.list(turn.businessName), items, page))
}

async function showItem(
  choice: Extract<Choice, { kind: 'item' | 'quantity' | 'remove' }>,
  deps: MenuDeps,
): Promise<Answer> {
  const { shop, texts } = deps
  const item = await shop.item(choice.variantId)
  if (item === undefined) return one('not_found', dead(texts, texts.itemGone))
  if (!item.available) return one('sold_out', itemScreen(texts, item))
  return choice.kind === 'quantity'
    ? one('quantity', quantityScreen(texts, item))
    : one('item', itemScreen(texts, item))
}

async function add(choice: Extract<Choice, { kind: 'add' }>, deps: MenuDeps): Promise<Answer> {
  if (!isQuantity(choice.quantity)) return one('too_many', dead(deps.texts, deps.texts.tooMany))
  const cart = await deps.shop.add(deps.turn.contactId, choice.variantId, choice.quantity)
  return cart.kind === 'refused' ? refuse(deps.texts, cart) : propose(deps, cart.notices)
}

async function remove(
  choice: Extract<Choice, { kind: 'item' | 'quantity' | 'remove' }>,
  deps: MenuDeps,
): Promise<Answer> {
  const cart = await deps.shop.add(deps.turn.contactId, choice.variantId, 0)
  return cart.kind === 'refused'
    ? refuse(deps.texts, cart)
    : one('basket', basketScreen(deps.texts, cart))
}

async function propose(
  { shop, texts, turn }: MenuDeps,
  notices: readonly CartNotice[],
): Promise<Answer> {
  const proposal = await shop.propose(turn.contactId)
  return proposal.kind === 'refused'
    ? blocked(proposal, { shop, texts, turn })
    : one('proposal', proposalScreen(texts, proposal, notices))
}

/** A basket that cannot be ordered as it is, so that the customer can take out what stands in the way. */
async function blocked(refusal: ShopRefusal, { shop, texts, turn }: MenuDeps): Promise<Answer> {
  const basket = await shop.basket.read(turn.contactId)
  if (basket === undefined || basket.lines.length === 0) return refuse(texts, refusal)
  return one(refusal.reason, basketScreen(texts, basket, refusalText(texts, refusal)))
}

async function status(shop: Shop, texts: Texts, turn: Turn): Promise<Answer> {
  return one('status', statusScreen(texts, await shop.status(turn.contactId)))
}

function actionScreen(texts: Texts, result: ActionView): OutboundMessage {
  switch (result.kind) {
    case 'confirmed':
      return mainMenu(
        texts,
        result.repeated
          ? texts.confirmedAlready(result.number)
          : texts.confirmed(result.number, result.total),
      )
    case 'cancelled':
      return mainMenu(texts, texts.cancelled(result.ref))
    case 'edited':
      return basketScreen(texts, result.cart)
  }
}

function refuse(texts: Texts, refusal: ShopRefusal): Answer {
  return one(refusal.reason, refusalScreen(texts, refusal))
}

/** What a refusal says, with the ways out. */
export function refusalScreen(texts: Texts, refusal: ShopRefusal): OutboundMessage {
  const text = refusalText(texts, refusal)
  return aboutItems.has(refusal.reason) ? dead(texts, text) : mainMenu(texts, text)
}

const aboutItems: ReadonlySet<ShopRefusal['reason']> = new Set([
  'not_found',
  'sold_out',
  'insufficient_stock',
  'too_many',
])

function refusalText(texts: Texts, { reason, title, left }: ShopRefusal): string {
  const name = title ?? texts.unnamedItem
  switch (reason) {
    case 'not_found':
      return texts.itemGone
    case 'sold_out':
      return texts.soldOut(name)
    case 'insufficient_stock':
      return left === undefined || left <= 0 ? texts.soldOut(name) : texts.onlyLeft(name, left)
    case 'too_many':
      return texts.tooMany
    case 'empty':
      return texts.emptyBasket
    case 'expired':
      return texts.expired
    case 'changed':
      return texts.changed
    case 'not_yours':
      return texts.notYours
    case 'used':
      return texts.used
    case 'unknown':
      return texts.unknownButton
    case 'needs_button':
      return texts.needsButton
  }
}

function one(outcome: string, message: OutboundMessage): Answer {
  return { outcome, messages: [message] }
}
