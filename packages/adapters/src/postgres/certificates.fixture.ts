import { generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { isIPv4 } from 'node:net'

/** A certificate and its key, as PEM. */
export interface TestCertificate {
  readonly cert: string
  readonly key: string
}

/** An authority of a test, which signs whatever it is asked to. */
export interface TestAuthority {
  /** Its own certificate, as PEM. */
  readonly root: string
  /** A server certificate for host names and IPv4 addresses. */
  issue(names: readonly string[], validity?: Validity): TestCertificate
}

/** Default: from yesterday until in ten years. */
export interface Validity {
  readonly from?: Date
  readonly until?: Date
}

const day = 86_400_000

/** Makes an authority with a key of its own. */
export function createAuthority(name: string): TestAuthority {
  const pair = newPair()
  const extensions = [extension('551d13', sequence(Uint8Array.of(1, 1, 0xff)), true)]
  const own = { subject: name, issuer: name, subjectKey: pair.publicKey, extensions }
  return {
    root: certificate({ ...own, signer: pair.privateKey }),
    issue(names, validity = {}) {
      const server = newPair()
      const cert = certificate({
        subject: names[0] ?? '',
        issuer: name,
        subjectKey: server.publicKey,
        signer: pair.privateKey,
        extensions: [extension('551d11', sequence(...names.map(alternativeName)), false)],
        ...validity,
      })
      const key = server.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
      return { cert, key }
    },
  }
}

function newPair(): { readonly publicKey: KeyObject; readonly privateKey: KeyObject } {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' })
}

interface Content extends Validity {
  readonly subject: string
  readonly issuer: string
  readonly subjectKey: KeyObject
  readonly signer: KeyObject
  readonly extensions: readonly Uint8Array[]
}

// X.509 version 3, signed with ECDSA and SHA-256. https://www.rfc-editor.org/rfc/rfc5280#section-4.1
function certificate(content: Content): string {
  const { from = new Date(Date.now() - day), until = new Date(Date.now() + 3_650 * day) } = content
  const algorithm = sequence(hexDer(6, '2a8648ce3d040302'))
  const signed = sequence(
    der(0xa0, der(2, Uint8Array.of(2))),
    der(2, Uint8Array.of(1, ...randomBytes(8))),
    algorithm,
    distinguishedName(content.issuer),
    sequence(time(from), time(until)),
    distinguishedName(content.subject),
    content.subjectKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(...content.extensions)),
  )
  const signature = sign('sha256', signed, content.signer)
  const whole = sequence(signed, algorithm, der(3, Uint8Array.of(0), signature))
  const lines =
    Buffer.from(whole)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
}

function distinguishedName(name: string): Uint8Array {
  return sequence(der(0x31, sequence(hexDer(6, '550403'), der(12, Buffer.from(name)))))
}

function time(at: Date): Uint8Array {
  const digits = at.toISOString().replaceAll(/\D/g, '').slice(2, 14)
  return der(0x17, Buffer.from(`${digits}Z`))
}

function extension(oid: string, value: Uint8Array, isCritical: boolean): Uint8Array {
  const critical = isCritical ? [Uint8Array.of(1, 1, 0xff)] : []
  return sequence(hexDer(6, oid), ...critical, der(4, value))
}

function alternativeName(name: string): Uint8Array {
  return isIPv4(name)
    ? der(0x87, Uint8Array.from(name.split('.').map(Number)))
    : der(0x82, Buffer.from(name))
}

function sequence(...parts: readonly Uint8Array[]): Uint8Array {
  return der(0x30, ...parts)
}

function hexDer(tag: number, hex: string): Uint8Array {
  return der(tag, Buffer.from(hex, 'hex'))
}

function der(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const content = Buffer.concat(parts)
  const size = content.length
  const length = size < 0x80 ? [size] : [0x82, size >> 8, size & 0xff]
  return Buffer.concat([Uint8Array.of(tag, ...length), content])
}
