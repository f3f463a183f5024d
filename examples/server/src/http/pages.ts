import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Middleware } from 'koa'

const folder = fileURLToPath(new URL('../live/public/', import.meta.url))

/** The files of the live page: the only ones that are served. */
const files: ReadonlyMap<string, string> = new Map([
  ['/', 'index.html'],
  ...[
    'page.css',
    'live.css',
    'live.js',
    'api.js',
    'dom.js',
    'toast.js',
    'conversations.js',
    'thread.js',
    'lists.js',
    'reasons.js',
    'stopped.js',
    'icon.svg',
  ].map((name): [string, string] => [`/${name}`, name]),
])

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/** Serves the files of the live page. */
export function servePages(): Middleware {
  return async (ctx, next) => {
    const name = files.get(ctx.path)
    if (name === undefined || (ctx.method !== 'GET' && ctx.method !== 'HEAD')) return next()
    ctx.set('cache-control', 'no-cache')
    ctx.type = types[path.extname(name)] ?? 'application/octet-stream'
    ctx.body = await readFile(path.join(folder, name))
  }
}
