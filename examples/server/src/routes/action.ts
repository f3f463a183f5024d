import { Router } from '@koa/router'
import type { RouterContext } from '@koa/router'
import * as z from 'zod'
import { formatMoney, locales } from '@auronx/sdk'
import type { Actor, Auronx, Clock, Locale, Order } from '@auronx/sdk'
import { readBody } from '../http/body.ts'
import { escapeHtml } from '../http/problem.ts'
import { actionTexts } from './action-texts.ts'
import type { ActionTexts } from './action-texts.ts'

/** What {@link actionRoutes} needs. */
export interface ActionDeps {
  readonly auronx: Pick<Auronx, 'accounts' | 'contacts' | 'links' | 'orders'>
  readonly clock: Clock
}

const choices = ['confirm', 'edit', 'cancel'] as const
const largestForm = 1_024
const tokenForm = z.string().regex(/^[A-Za-z0-9_-]{22}$/)
const choiceForm = z.enum(choices)

interface Page {
  readonly locale: Locale
  readonly texts: ActionTexts
}

/**
 * `/a/{token}`: a proposed order as a page, for clients without buttons. The token says whose it is. Looking changes
 * nothing; confirming, changing and cancelling are POSTs that use the token up.
 */
export function actionRoutes(deps: ActionDeps): Router {
  const router = new Router({ prefix: '/a' })
  router.get('/:token', async (ctx) => {
    const link = await openLink(deps, ctx.params['token'])
    if (link === undefined) return showUnknown(ctx)
    const { page, viewed } = link
    const message = viewed.choices.length > 0 ? '' : stateOf(viewed, page.texts, deps.clock.now())
    show(ctx, page, { status: 200, message, order: viewed.order, choices: viewed.choices })
  })
  router.post('/:token', async (ctx) => {
    const link = await openLink(deps, ctx.params['token'])
    const choice = choiceForm.safeParse(await readChoice(ctx))
    if (link === undefined || !choice.success) return showUnknown(ctx)
    const { page, viewed, host, token } = link
    const customer: Actor = { ...host, kind: 'customer', id: viewed.order.contactId }
    const acted = await deps.auronx.orders.act(customer, token, choice.data)
    if (acted.kind === 'refused') {
      return show(ctx, page, {
        status: 409,
        message: refusalFor(acted.reason, page.texts),
        order: viewed.order,
      })
    }
    show(ctx, page, {
      status: 200,
      message: messageFor(acted.order, page.texts),
      order: acted.order,
    })
  })
  return router
}

interface Link {
  readonly token: string
  readonly host: Actor
  readonly page: Page
  readonly viewed: Viewed
}

type Viewed = Extract<Awaited<ReturnType<Auronx['orders']['view']>>, { readonly kind: 'viewed' }>

/** What stands behind a link, in the language of its customer. */
async function openLink({ auronx }: ActionDeps, given: unknown): Promise<Link | undefined> {
  const parsed = tokenForm.safeParse(given)
  if (!parsed.success) return undefined
  const token = parsed.data
  const tenantId = await auronx.links.tenantOf(token)
  if (tenantId === undefined) return undefined
  const host: Actor = { tenantId, kind: 'system', id: 'system', via: 'host' }
  const viewed = await auronx.orders.view(host, token)
  if (viewed.kind !== 'viewed') return undefined
  const [contact, tenant] = await Promise.all([
    auronx.contacts.get(host, viewed.order.contactId),
    auronx.accounts.tenant(host),
  ])
  const page = pageIn(contact?.locale ?? tenant.settings.locale)
  return { token, host, page, viewed }
}

function pageIn(locale: Locale): Page {
  return { locale, texts: actionTexts[locale] }
}

/** Nobody knows whose link it is, so the browser says in which language. */
function showUnknown(ctx: RouterContext): void {
  const accepted = ctx.acceptsLanguages([...locales])
  const page = pageIn(locales.find((locale) => locale === accepted) ?? 'en')
  show(ctx, page, { status: 404, message: page.texts.unknown })
}

async function readChoice(ctx: RouterContext): Promise<string | null> {
  const body = await readBody(ctx.req, largestForm)
  if (body.kind !== 'read') return null
  return new URLSearchParams(new TextDecoder().decode(body.bytes)).get('choice')
}

function stateOf({ order, expiresAt }: Viewed, texts: ActionTexts, now: Date): string {
  const isOver = order.status === 'awaiting_customer' && now >= expiresAt
  return isOver ? texts.expired : messageFor(order, texts)
}

function messageFor(order: Order, texts: ActionTexts): string {
  switch (order.status) {
    case 'confirmed':
      return `${texts.confirmed} ${order.number ?? ''}`
    case 'cancelled':
      return texts.cancelled
    case 'expired':
      return texts.expired
    case 'draft':
      return texts.edited
    case 'awaiting_customer':
      return texts.changed
  }
}

function refusalFor(reason: string, texts: ActionTexts): string {
  if (reason === 'expired') return texts.expired
  return reason === 'changed' ? texts.changed : texts.refused
}

function show(
  ctx: RouterContext,
  { locale, texts }: Page,
  content: {
    readonly status: number
    readonly message: string
    readonly order?: Order
    readonly choices?: readonly (typeof choices)[number][]
  },
): void {
  const { status, message, order, choices: offered = [] } = content
  ctx.status = status
  ctx.type = 'text/html; charset=utf-8'
  ctx.set('cache-control', 'no-store')
  ctx.set('x-robots-tag', 'noindex')
  const buttons = choices
    .filter((choice) => offered.includes(choice))
    .map(
      (choice) =>
        `<button name="choice" value="${choice}"${choice === 'confirm' ? ' class="primary"' : ''}>${escapeHtml(texts[choice])}</button>`,
    )
  ctx.body = `<!doctype html><html lang="${locale}" dir="${locale === 'ar' ? 'rtl' : 'ltr'}"><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><title>${escapeHtml(texts.title)}</title>
<link rel="stylesheet" href="/page.css"><main><h1>${escapeHtml(texts.title)}</h1>
<p role="status">${escapeHtml(message)}</p>${order === undefined ? '' : drawOrder(order, locale, texts)}
${buttons.length === 0 ? '' : `<form method="post">${buttons.join('')}</form>`}</main></html>`
}

function drawOrder(order: Order, locale: Locale, texts: ActionTexts): string {
  const { currency, totals } = order
  const money = (amount: bigint): string => escapeHtml(formatMoney({ amount, currency }, locale))
  const rows = order.lines.map(
    ({ quantity, title, gross }) =>
      `<tr><td>${quantity} × <bdi>${escapeHtml(title)}</bdi></td><td>${money(gross)}</td></tr>`,
  )
  return `<table>${rows.join('')}<tr><th>${escapeHtml(texts.total)}</th><th>${money(totals.payable)}</th></tr></table>`
}
