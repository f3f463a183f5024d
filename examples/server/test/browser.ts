import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'
import type { Browser } from 'playwright-core'

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

/** A browser for tests that look at a page, or why there is none. */
export async function openBrowser(): Promise<
  | { readonly kind: 'open'; readonly browser: Browser }
  | { readonly kind: 'missing'; readonly reason: string }
> {
  const given = process.env['CHROMIUM_PATH'] ?? ''
  for (const executablePath of [given, '/usr/bin/chromium']) {
    if (executablePath !== '' && existsSync(executablePath)) {
      return { kind: 'open', browser: await chromium.launch({ executablePath, args: flags }) }
    }
  }
  try {
    // Makes the packaged browser bring its own system libraries; it is read when the module loads.
    process.env['AWS_LAMBDA_JS_RUNTIME'] = 'nodejs22.x'
    const { default: packaged } = await import('@sparticuz/chromium')
    const executablePath = await packaged.executablePath()
    const browser = await chromium.launch({ executablePath, args: flags })
    return { kind: 'open', browser }
  } catch (error) {
    return {
      kind: 'missing',
      reason: error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'unknown',
    }
  }
}
