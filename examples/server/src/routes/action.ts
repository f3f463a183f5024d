import { Router } from '@koa/router'
import type { RouterContext } from '@koa/router'
import * as z from 'zod'
import { formatMoney, hashToken, systemActor } from '@auronx/sdk'
import type { ActionDirectory, Actor, Auronx, Locale, Order } from '@auronx/sdk'
import { readBody } from '../http/body.ts'
import { escapeHtml } from '../http/problem.ts'
import { actionTexts } from './action-texts.ts'
import type { ActionTexts } from './action-texts.ts'

/** What {@link actionRoutes} needs. */
export interface ActionDeps {
  readonly auronx: Pick<Auronx, 'accounts' | 'orders'>
  /** Whose token it is. */
  readonly directory: ActionDirectory
  /** Language of a page about a token that nobody has. */
  readonly locale: Locale
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
 * `/a/{token}`: a proposed order as a page, for clients without buttons. Looking changes nothing; confirming, changing and
 * cancelling are POSTs that use the token up.
 */
export function actionRoutes(deps: ActionDeps): Router {
  const { auronx } = deps
  const router = new Router({ prefix: '/a' })
  router.get('/:token', async (ctx) => {
    const found = await findProposal(deps, ctx)
    if (found.kind === 'unknown') return showUnknown(ctx, found.page)
    const { page, order, choices: offered } = found
    const message = offered.length > 0 ? '' : messageFor(order, page.texts)
    show(ctx, page, { status: 200, message, order, choices: offered })
  })
  router.post('/:token', async (ctx) => {
    const choice = choiceForm.safeParse(await readChoice(ctx))
    const found = await findProposal(deps, ctx)
    if (found.kind === 'unknown' || !choice.success) return showUnknown(ctx, found.page)
    const { page, host, token, order } = found
    const customer: Actor = { ...host, kind: 'customer', id: order.contactId }
    const acted = await auronx.orders.act(customer, token, choice.data)
    if (acted.kind === 'refused') {
      return show(ctx, page, { status: 409, message: refusalFor(acted.reason, page.texts), order })
    }
    const message = messageFor(acted.order, page.texts)
    show(ctx, page, { status: 200, message, order: acted.order })
  })
  return router
}

type Found =
  | { readonly kind: 'unknown'; readonly page: Page }
  | {
      readonly kind: 'found'
      readonly page: Page
      readonly host: Actor
      readonly token: string
      readonly order: Order
      readonly choices: readonly (typeof choices)[number][]
    }

async function findProposal(
  { auronx, directory, locale }: ActionDeps,
  ctx: RouterContext,
): Promise<Found> {
  const nobody: Found = { kind: 'unknown', page: { locale, texts: actionTexts[locale] } }
  const token = tokenForm.safeParse(ctx.params['token'])
  if (!token.success) return nobody
  const tenantId = await directory.tenantOf(await hashToken(token.data))
  if (tenantId === undefined) return nobody
  const host = systemActor(tenantId, 'host')
  const { settings } = await auronx.accounts.tenant(host)
  const page = { locale: settings.locale, texts: actionTexts[settings.locale] }
  const viewed = await auronx.orders.view(host, token.data)
  if (viewed.kind !== 'viewed') return { kind: 'unknown', page }
  const { order, choices: offered } = viewed
  return { kind: 'found', page, host, token: token.data, order, choices: offered }
}

function showUnknown(ctx: RouterContext, page: Page): void {
  show(ctx, page, { status: 404, message: page.texts.unknown })
}

async function readChoice(ctx: RouterContext): Promise<string | null> {
  const body = await readBody(ctx.req, largestForm)
  if (body.kind !== 'read') return null
  return new URLSearchParams(new TextDecoder().decode(body.bytes)).get('choice')
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
