import * as z from 'zod'
import { secureConnection } from '@auronx/adapters/postgres'
import { normalizeEmail, readRootKeys } from '@auronx/sdk'
import { isProxyName } from './http/client-address.ts'
import { readPort } from './port.ts'

/** A whole number within bounds. */
export const whole = (least: number, most: number): z.ZodType<number, string> =>
  z
    .string()
    .regex(/^\d{1,12}$/, `must be a whole number from ${least} to ${most}`)
    .transform(Number)
    .refine(
      (value) => value >= least && value <= most,
      `must be a whole number from ${least} to ${most}`,
    )

/** The port to listen on; see `readPort`. */
export const port = z
  .string()
  .optional()
  .transform((text, context) => {
    const read = readPort(text)
    if (read !== undefined) return read
    context.addIssue({ code: 'custom', message: 'must be a whole number from 0 to 65535' })
    return z.NEVER
  })

/** One of a few words. */
export const oneOf = <const Values extends readonly [string, ...string[]]>(
  values: Values,
): z.ZodEnum<{ [Value in Values[number]]: Value }> =>
  z.enum(values, { error: `must be one of ${values.join(', ')}` })

/** A PostgreSQL whose connection may be used; see `secureConnection`. */
export const databaseAddress = z
  .string()
  .regex(/^postgres(?:ql)?:\/\//, 'must start with postgres:// or postgresql://')
  .superRefine((connectionString, context) => {
    const secured = secureConnection({ connectionString })
    if (secured.kind === 'refused') context.addIssue({ code: 'custom', message: secured.problem })
  })

/** Root keys; see `readRootKeys`. */
export const rootKeys = z.string().transform((text, context) => {
  const outcome = readRootKeys(text)
  if (outcome.kind === 'ready') return outcome.keys
  for (const message of outcome.problems) context.addIssue({ code: 'custom', message })
  return z.NEVER
})

/** Address of a language model: https, or this machine, without credentials. */
export const modelAddress = z.string().refine((address) => {
  if (!URL.canParse(address)) return false
  const { protocol, username, password, search } = new URL(address)
  const plain = username === '' && password === '' && search === ''
  return plain && (protocol === 'https:' || isLoopback(address))
}, 'must be an https address, or http on this machine, without credentials')

/** Origin under which browsers see the server. */
export const publicAddress = z
  .string()
  .refine(
    (text) => isLoopback(text) || isHttps(text),
    'must start with https://, or with http:// on this machine',
  )
  .transform((text) => (URL.canParse(text) ? new URL(text).origin : text))

/** Proxies whose word about addresses counts, separated by commas. */
export const proxies = z
  .string()
  .transform((text) => text.split(',').map((one) => one.trim()))
  .refine(
    (names) => names.every(isProxyName),
    'must be IP addresses or networks such as 10.0.0.0/8',
  )

/** An e-mail address. */
export const mailAddress = z.string().transform((text, context) => {
  const email = normalizeEmail(text)
  if (email !== undefined) return email
  context.addIssue({ code: 'custom', message: 'must be an e-mail address' })
  return z.NEVER
})

/** Whether an address starts with https. */
export function isHttps(address: string): boolean {
  return URL.canParse(address) && new URL(address).protocol === 'https:'
}

/** Whether an address is one of this machine. */
export function isLoopback(address: string): boolean {
  if (!URL.canParse(address)) return false
  const { hostname, protocol } = new URL(address)
  return protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname)
}
