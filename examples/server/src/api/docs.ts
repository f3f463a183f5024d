import { createHash, randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { findPackageJSON } from 'node:module'
import path from 'node:path'
import type { Context } from 'koa'
import { errorsPage } from './errors-page.ts'

const files: Readonly<Record<string, string>> = {
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'swagger-ui.css': 'text/css; charset=utf-8',
}

/**
 * Serves `/v1/openapi.json`, the reference page `/v1/docs` with its two files, and `/v1/docs/errors`, where problems lead;
 * nothing comes from elsewhere. Answers whether the request was for one of them. All are open to everybody: they say nothing
 * about any business.
 */
export function serveDocs(): (ctx: Context) => Promise<boolean> {
  const folder = path.dirname(findPackageJSON('swagger-ui-dist', import.meta.url) ?? '')
  let document: Promise<{ readonly text: string; readonly etag: string }> | undefined
  return async (ctx) => {
    if (ctx.method !== 'GET' && ctx.method !== 'HEAD') return false
    if (ctx.path === '/v1/openapi.json') {
      document ??= buildDocument()
      const { text, etag } = await document
      ctx.set({ 'cache-control': 'public, max-age=300', etag })
      ctx.type = 'application/json'
      if (ctx.get('if-none-match') === etag) ctx.status = 304
      if (ctx.status !== 304) ctx.body = text
      return true
    }
    if (ctx.path === '/v1/docs') {
      showPage(ctx)
      return true
    }
    if (ctx.path === '/v1/docs/errors') {
      ctx.set({ 'cache-control': 'public, max-age=300' })
      ctx.type = 'text/html; charset=utf-8'
      ctx.body = errorsPage()
      return true
    }
    const name = ctx.path.startsWith('/v1/docs/') ? ctx.path.slice('/v1/docs/'.length) : ''
    const type = Object.hasOwn(files, name) ? files[name] : undefined
    if (type === undefined) return false
    ctx.set({ 'cache-control': 'public, max-age=86400', 'content-type': type })
    ctx.body = createReadStream(path.join(folder, name))
    return true
  }
}

async function buildDocument(): Promise<{ readonly text: string; readonly etag: string }> {
  const { createApiDocument } = await import('./openapi.ts')
  const text = JSON.stringify(createApiDocument())
  return { text, etag: `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"` }
}

function showPage(ctx: Context): void {
  const nonce = randomBytes(16).toString('base64')
  ctx.set(
    'content-security-policy',
    `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'self' 'nonce-${nonce}'; img-src data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`,
  )
  ctx.type = 'text/html; charset=utf-8'
  ctx.body = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>AuronX API</title>
<link rel="stylesheet" href="/v1/docs/swagger-ui.css"><div id="reference"></div>
<script nonce="${nonce}" src="/v1/docs/swagger-ui-bundle.js"></script>
<script nonce="${nonce}">SwaggerUIBundle({url:'/v1/openapi.json',dom_id:'#reference',validatorUrl:null})</script></html>`
}
