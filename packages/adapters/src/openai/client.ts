import { AuronxError } from '@auronx/sdk'
import type OpenAI from 'openai'
import type { TransportDeps } from './transport.ts'
import { createTransport } from './transport.ts'

/** What the client needs, complete. */
export interface ClientSettings extends TransportDeps {
  /** Without a slash at its end. */
  readonly baseUrl: string
}

/** The settings with their defaults. Throws `invalid_config`, which quotes none of them. */
export function checkedSettings(
  deps: Pick<TransportDeps, 'apiKey' | 'egress'> & Partial<ClientSettings>,
): ClientSettings {
  const { apiKey, egress, timeoutMs = 15_000, maxAnswerBytes = 1024 * 1024 } = deps
  // A header constructor quotes what it refuses, so an unfit key must not reach it.
  if (!/^[\x21-\x7e]+$/.test(apiKey)) throw unfit('the key of the model must be printable ASCII')
  if (![timeoutMs, maxAnswerBytes].every((limit) => Number.isSafeInteger(limit) && limit > 0)) {
    throw unfit('the limits of time and size must be positive whole numbers')
  }
  return { egress, apiKey, baseUrl: addressOf(deps.baseUrl), timeoutMs, maxAnswerBytes }
}

/** Loads the client package, and opens a client that does nothing on its own: no retries, no logs. */
export async function openClient(settings: ClientSettings): Promise<OpenAI> {
  const { default: Client } = await import('openai')
  // The client reads what it is not told from the environment. Headers do not matter: the transport writes its own.
  return new Client({
    apiKey: settings.apiKey,
    baseURL: settings.baseUrl,
    fetch: createTransport(settings),
    timeout: settings.timeoutMs,
    maxRetries: 0,
    logLevel: 'off',
  })
}

function addressOf(baseUrl = 'https://api.openai.com/v1'): string {
  const url = URL.parse(baseUrl)
  if (url === null || url.search !== '' || url.hash !== '' || url.username + url.password !== '') {
    throw unfit('the address of the model must be a URL without query or credentials')
  }
  return url.href.replace(/\/+$/, '')
}

function unfit(message: string): AuronxError {
  return new AuronxError('invalid_config', message)
}
