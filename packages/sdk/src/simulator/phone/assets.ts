import { readFile } from 'node:fs/promises'

/** Folder of the phone page's files; a build copies it beside the compiled module. */
export const phoneAssetFolder = new URL('./public/', import.meta.url)

/** The phone page's files and their content types. Only these are served. */
export const phoneAssets: Readonly<Record<string, string>> = {
  'index.html': 'text/html; charset=utf-8',
  'phone.css': 'text/css; charset=utf-8',
  'bubbles.css': 'text/css; charset=utf-8',
  'sheets.css': 'text/css; charset=utf-8',
  'icon.svg': 'image/svg+xml',
  'words.js': 'text/javascript; charset=utf-8',
  'phone.js': 'text/javascript; charset=utf-8',
  'line.js': 'text/javascript; charset=utf-8',
  'dom.js': 'text/javascript; charset=utf-8',
  'bubble.js': 'text/javascript; charset=utf-8',
  'products.js': 'text/javascript; charset=utf-8',
  'sheets.js': 'text/javascript; charset=utf-8',
}

/** Reads one of the listed files; `undefined` for any other name. */
export async function readPhoneAsset(
  name: string,
): Promise<{ readonly bytes: Uint8Array; readonly contentType: string } | undefined> {
  const contentType = Object.hasOwn(phoneAssets, name) ? phoneAssets[name] : undefined
  if (contentType === undefined) return undefined
  return { bytes: await readFile(new URL(name, phoneAssetFolder)), contentType }
}
