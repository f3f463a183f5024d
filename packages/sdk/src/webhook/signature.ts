import { AuronxError, findNodeCrypto } from '../kernel/index.ts'

/** The header that carries Meta's signature, in lower case. */
export const signatureHeader = 'x-hub-signature-256'

/** Outcome of checking a signature. */
export type SignatureResult =
  | {
      readonly kind: 'verified'
      /** Position of the secret that signed the body. */
      readonly secretIndex: number
    }
  | {
      readonly kind: 'refused'
      readonly code: 'signature_missing' | 'signature_malformed' | 'signature_mismatch'
    }

/** A header value as frameworks hand it over. */
export type HeaderValue = string | readonly string[] | null | undefined

/**
 * Checks `X-Hub-Signature-256` against the bytes of a webhook, exactly as received: before any parsing, never
 * serialised again. Constant-time; several secrets serve rotation and several apps on one endpoint, and the first one
 * that matches counts.
 *
 * Refuses a header that is missing or empty (`signature_missing`), doubled, comma-joined or not `sha256=` and 64
 * lower-case hex digits (`signature_malformed`), and one made with another secret or over other bytes
 * (`signature_mismatch`). Throws `invalid_config` without secrets, with an empty one, and on runtimes without
 * `node:crypto`, where {@link verifySignatureAsync} serves.
 *
 * A verified signature proves that Meta sent the body for that app. It proves neither the tenant nor that the body is
 * new: check the number and deduplicate by the events' keys.
 *
 * @example
 * const checked = verifySignature(rawBody, request.headers['x-hub-signature-256'], [appSecret])
 * if (checked.kind === 'refused') return respond(401)
 * const { events } = parseWebhook(rawBody)
 *
 * @see https://developers.facebook.com/docs/graph-api/webhooks/getting-started#validate-payloads
 */
export function verifySignature(
  rawBody: Uint8Array | string,
  header: HeaderValue,
  secrets: readonly string[],
): SignatureResult {
  checkSecrets(secrets)
  if (nodeCrypto === undefined) {
    throw new AuronxError(
      'invalid_config',
      'This runtime has no node:crypto; use verifySignatureAsync instead of verifySignature',
    )
  }
  const read = readHeader(header)
  if (typeof read === 'string') return { kind: 'refused', code: read }
  const bytes = toBytes(rawBody)
  let secretIndex = -1
  for (const secret of secrets) {
    secretIndex += 1
    const digest = nodeCrypto.createHmac('sha256', secret).update(bytes).digest()
    if (nodeCrypto.timingSafeEqual(digest, read)) return { kind: 'verified', secretIndex }
  }
  return { kind: 'refused', code: 'signature_mismatch' }
}

/**
 * {@link verifySignature} for every runtime: through `node:crypto` where there is one, through Web Crypto elsewhere.
 * Same refusals; throws `invalid_config` without secrets or with an empty one.
 */
export async function verifySignatureAsync(
  rawBody: Uint8Array | string,
  header: HeaderValue,
  secrets: readonly string[],
): Promise<SignatureResult> {
  if (nodeCrypto !== undefined) return verifySignature(rawBody, header, secrets)
  return verifyByWebCrypto(rawBody, header, secrets)
}

/** {@link verifySignatureAsync} through Web Crypto alone. */
export async function verifyByWebCrypto(
  rawBody: Uint8Array | string,
  header: HeaderValue,
  secrets: readonly string[],
): Promise<SignatureResult> {
  checkSecrets(secrets)
  const read = readHeader(header)
  if (typeof read === 'string') return { kind: 'refused', code: read }
  const bytes = new Uint8Array(toBytes(rawBody))
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  for (const [secretIndex, secret] of secrets.entries()) {
    const keyBytes = encoder.encode(secret)
    const key = await crypto.subtle.importKey('raw', keyBytes, algorithm, false, ['verify'])
    const matches = await crypto.subtle.verify('HMAC', key, read, bytes)
    if (matches) return { kind: 'verified', secretIndex }
  }
  return { kind: 'refused', code: 'signature_mismatch' }
}

/** Throws `invalid_config` unless there is at least one secret and none is empty or blank. */
export function checkSecrets(secrets: readonly string[]): void {
  if (secrets.length === 0) {
    throw new AuronxError('invalid_config', 'At least one app secret is needed to check webhooks')
  }
  const index = secrets.findIndex((secret) => typeof secret !== 'string' || secret.trim() === '')
  if (index < 0) return
  throw new AuronxError('invalid_config', 'An app secret is empty: set it or leave it out', {
    details: { index },
  })
}

const nodeCrypto = findNodeCrypto()
const encoder = new TextEncoder()
const shape = /^sha256=[0-9a-f]{64}$/

function toBytes(rawBody: Uint8Array | string): Uint8Array {
  return typeof rawBody === 'string' ? encoder.encode(rawBody) : rawBody
}

function readHeader(
  header: HeaderValue,
): Uint8Array<ArrayBuffer> | 'signature_missing' | 'signature_malformed' {
  if (typeof header === 'string') return readValue(header)
  if (header === undefined || header === null) return 'signature_missing'
  return header.length > 1 ? 'signature_malformed' : readValue(header[0])
}

function readValue(
  value: string | undefined,
): Uint8Array<ArrayBuffer> | 'signature_missing' | 'signature_malformed' {
  if (value === undefined || value === '') return 'signature_missing'
  if (typeof value !== 'string' || !shape.test(value)) return 'signature_malformed'
  const digest = new Uint8Array(32)
  for (let i = 0; i < 32; i += 1) {
    digest[i] = (readNibble(value, 7 + i * 2) << 4) | readNibble(value, 8 + i * 2)
  }
  return digest
}

/** Value of one lower-case hex digit. */
function readNibble(text: string, index: number): number {
  const code = text.charCodeAt(index)
  return code < 0x3a ? code - 0x30 : code - 0x57
}
