import path from 'node:path'
import * as z from 'zod'
import { locales } from '@auronx/sdk'
import type { Locale, RootKey } from '@auronx/sdk'
import {
  databaseAddress,
  isHttps,
  isLoopback,
  mailAddress,
  modelAddress,
  oneOf,
  port,
  proxies,
  publicAddress,
  rootKeys,
  whole,
} from './config-values.ts'

/** Which parts of the server a process runs. */
export type Role = 'web' | 'worker' | 'all'

/** How to reach WhatsApp, or something that speaks its Graph API. */
export interface WhatsAppConfig {
  /** Base address without version, for example `http://127.0.0.1:4000`. */
  readonly graphUrl: string
  readonly accessToken: string
  readonly appSecret: string
  readonly verifyToken: string
  readonly appId: string
  readonly phoneNumberId: string
  readonly businessAccountId: string
  readonly displayPhoneNumber: string
}

/** How hard a model that reasons may think. */
export const reasoningEfforts = [
  'none',
  'minimal',
  'low',
  'medium',
  'high',
  'xhigh',
  'max',
] as const

/** A language model behind OpenAI's Responses API, at OpenAI or at any server that speaks it. */
export interface ModelConfig {
  readonly apiKey: string
  /** Name of the model. Default `gpt-5-mini`. */
  readonly model: string
  /** Default: OpenAI. */
  readonly baseUrl?: string
  /** Default: what the provider does. */
  readonly effort?: (typeof reasoningEfforts)[number]
}

/** Everything the server takes from its environment. */
export interface Config {
  readonly role: Role
  /** 0 picks a free one. Default 3000. */
  readonly port: number
  /** Where it listens: this machine alone, or every interface, which needs a proxy with TLS in front. Default `127.0.0.1`. */
  readonly host: '127.0.0.1' | '0.0.0.0' | '::'
  /** Absolute path of the folder for the embedded database and the simulator. Default `.data`. */
  readonly dataDir: string
  /** PostgreSQL for the stores; the embedded database serves when absent. */
  readonly databaseUrl?: string
  /** Connection for migrations and LISTEN, past any pooler. Default: `databaseUrl`. */
  readonly databaseUrlDirect?: string
  /** Root keys that everything secret in the database is sealed under; those of a file serve when absent. */
  readonly rootKeys?: readonly RootKey[]
  /** File of the root keys, absolute. Default `root-keys` in the data folder, which is made on first start. */
  readonly rootKeysFile?: string
  /** Graph API outside of this process; the simulator of this process serves when absent. */
  readonly whatsapp?: WhatsAppConfig
  /** Answers free text; the menus do when absent. */
  readonly model?: ModelConfig
  /** Proxies whose `X-Forwarded-For` is believed: addresses and networks. Default none. */
  readonly trustedProxies?: readonly string[]
  /** Address of the pages as browsers see it, without trailing slash. Default: `http://localhost` with the port. */
  readonly publicUrl?: string
  /**
   * Where mail goes. `page`: nowhere, and the code is shown on the sign-in page; only the demonstration with simulator and
   * embedded database does that, and it cannot be asked for. `console` and `file` are for development.
   */
  readonly mail: 'page' | 'console' | 'file'
  /** Who owns the business that the first start makes. Default `owner@demo.example`. */
  readonly ownerEmail: string
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent'
  /** Language of the demo business. Default `en`. */
  readonly locale: Locale
  /** How long a send of unknown outcome waits for an echo before it is parked, in milliseconds. Default two minutes. */
  readonly unknownForMs: number
}

/** The environment as a configuration, or one line per problem with it. */
export type ConfigOutcome =
  | { readonly kind: 'ready'; readonly config: Config }
  | { readonly kind: 'refused'; readonly problems: readonly string[] }

const whatsAppNames = [
  'WHATSAPP_GRAPH_URL',
  'WHATSAPP_ACCESS_TOKEN',
  'WHATSAPP_APP_SECRET',
  'WHATSAPP_VERIFY_TOKEN',
  'WHATSAPP_APP_ID',
  'WHATSAPP_PHONE_NUMBER_ID',
  'WHATSAPP_BUSINESS_ACCOUNT_ID',
  'WHATSAPP_DISPLAY_PHONE_NUMBER',
] as const

const environment = z.object({
  AURONX_ROLE: oneOf(['web', 'worker', 'all']).default('all'),
  PORT: port,
  AURONX_HOST: oneOf(['127.0.0.1', '0.0.0.0', '::']).default('127.0.0.1'),
  AURONX_DATA_DIR: z.string().default('.data'),
  AURONX_TRUSTED_PROXIES: proxies.optional(),
  DATABASE_URL: databaseAddress.optional(),
  DATABASE_URL_DIRECT: databaseAddress.optional(),
  AURONX_ROOT_KEYS: rootKeys.optional(),
  AURONX_ROOT_KEYS_FILE: z.string().optional(),
  LOG_LEVEL: oneOf(['debug', 'info', 'warn', 'error', 'silent']).default('warn'),
  AURONX_PUBLIC_URL: publicAddress.optional(),
  AURONX_MAIL: oneOf(['console', 'file']).optional(),
  AURONX_OWNER_EMAIL: mailAddress.optional(),
  AURONX_LOCALE: oneOf(locales).default('en'),
  OPENAI_API_KEY: z
    .string()
    .regex(/^[!-~]+$/, 'must be printable ASCII without spaces')
    .optional(),
  OPENAI_MODEL: z.string().default('gpt-5-mini'),
  OPENAI_BASE_URL: modelAddress.optional(),
  OPENAI_REASONING_EFFORT: oneOf(reasoningEfforts).optional(),
  AURONX_UNKNOWN_FOR_MS: whole(1, 86_400_000).default(120_000),
})

/**
 * Reads the configuration from environment variables; nothing else in the server reads them. Empty values count as
 * absent.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): ConfigOutcome {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''),
  )
  const parsed = environment.safeParse(given)
  const whatsapp = readWhatsApp(given)
  const problems = [
    ...(parsed.success
      ? []
      : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)),
    ...whatsapp.problems,
    ...findConflicts(given),
  ]
  if (!parsed.success || problems.length > 0) return { kind: 'refused', problems }
  const { data } = parsed
  return {
    kind: 'ready',
    config: {
      role: data.AURONX_ROLE,
      port: data.PORT,
      host: data.AURONX_HOST,
      dataDir: path.resolve(data.AURONX_DATA_DIR),
      logLevel: data.LOG_LEVEL,
      locale: data.AURONX_LOCALE,
      unknownForMs: data.AURONX_UNKNOWN_FOR_MS,
      mail: data.AURONX_MAIL ?? (isDemonstration(given) ? 'page' : 'console'),
      ownerEmail: data.AURONX_OWNER_EMAIL ?? 'owner@demo.example',
      ...(data.AURONX_TRUSTED_PROXIES === undefined
        ? {}
        : { trustedProxies: data.AURONX_TRUSTED_PROXIES }),
      ...(data.AURONX_PUBLIC_URL === undefined ? {} : { publicUrl: data.AURONX_PUBLIC_URL }),
      ...(data.DATABASE_URL === undefined ? {} : { databaseUrl: data.DATABASE_URL }),
      ...(data.DATABASE_URL_DIRECT === undefined
        ? {}
        : { databaseUrlDirect: data.DATABASE_URL_DIRECT }),
      ...rootKeysOf(data),
      ...(whatsapp.config === undefined ? {} : { whatsapp: whatsapp.config }),
      ...readModel(data),
    },
  }
}

function readModel(data: z.output<typeof environment>): Pick<Config, 'model'> {
  const { OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: baseUrl, OPENAI_REASONING_EFFORT: effort } = data
  if (apiKey === undefined) return {}
  return {
    model: {
      apiKey,
      model: data.OPENAI_MODEL,
      ...(baseUrl === undefined ? {} : { baseUrl }),
      ...(effort === undefined ? {} : { effort }),
    },
  }
}

/** Meta's Graph API. */
const metaGraphUrl = 'https://graph.facebook.com'

type Given = Readonly<Record<string, string | undefined>>

function readWhatsApp(given: Given): {
  readonly config?: WhatsAppConfig
  readonly problems: readonly string[]
} {
  const present = whatsAppNames.filter((name) => given[name] !== undefined)
  if (present.length === 0) return { problems: [] }
  const graphUrl = given['WHATSAPP_GRAPH_URL'] ?? metaGraphUrl
  const isReal = !isLoopback(graphUrl)
  if (isReal && !isHttps(graphUrl)) {
    return { problems: ['WHATSAPP_GRAPH_URL: must start with https://'] }
  }
  const missing = whatsAppNames.filter(
    (name) => given[name] === undefined && name !== 'WHATSAPP_GRAPH_URL',
  )
  const problems = [
    ...missing.map((name) => `${name}: is needed together with ${present[0]}`),
    ...(isReal ? neededForReal(given) : []),
  ]
  if (problems.length > 0) return { problems }
  const value = (name: (typeof whatsAppNames)[number]): string => given[name] ?? ''
  return {
    problems: [],
    config: {
      graphUrl: graphUrl.replace(/\/+$/, ''),
      accessToken: value('WHATSAPP_ACCESS_TOKEN'),
      appSecret: value('WHATSAPP_APP_SECRET'),
      verifyToken: value('WHATSAPP_VERIFY_TOKEN'),
      appId: value('WHATSAPP_APP_ID'),
      phoneNumberId: value('WHATSAPP_PHONE_NUMBER_ID'),
      businessAccountId: value('WHATSAPP_BUSINESS_ACCOUNT_ID'),
      displayPhoneNumber: value('WHATSAPP_DISPLAY_PHONE_NUMBER'),
    },
  }
}

// With real customers behind the number nothing may rest on who can reach this machine.
function neededForReal(given: Given): readonly string[] {
  const why = 'with real WhatsApp credentials; without WHATSAPP_* the simulator serves'
  const hasKeys =
    given['AURONX_ROOT_KEYS'] !== undefined || given['AURONX_ROOT_KEYS_FILE'] !== undefined
  const { AURONX_PUBLIC_URL: address = '', AURONX_MAIL: mail } = given
  return [
    ...(isHttps(address) ? [] : [`AURONX_PUBLIC_URL: an https:// address is needed ${why}`]),
    ...(hasKeys ? [] : [`AURONX_ROOT_KEYS: is needed ${why}`]),
    ...(given['AURONX_OWNER_EMAIL'] === undefined ? [`AURONX_OWNER_EMAIL: is needed ${why}`] : []),
    ...(mail === 'file'
      ? []
      : [`AURONX_MAIL: must be file ${why}, because codes would be printed`]),
  ]
}

// Only here a mailed code may be shown on the page: simulator, embedded database, this machine.
function isDemonstration(given: Given): boolean {
  return ['DATABASE_URL', 'WHATSAPP_GRAPH_URL', 'AURONX_PUBLIC_URL'].every(
    (name) => given[name] === undefined,
  )
}

function rootKeysOf(
  data: Pick<z.output<typeof environment>, 'AURONX_ROOT_KEYS' | 'AURONX_ROOT_KEYS_FILE'>,
): Pick<Config, 'rootKeys' | 'rootKeysFile'> {
  const { AURONX_ROOT_KEYS: keys, AURONX_ROOT_KEYS_FILE: file } = data
  return {
    ...(keys === undefined ? {} : { rootKeys: keys }),
    ...(file === undefined ? {} : { rootKeysFile: path.resolve(file) }),
  }
}

function findConflicts(given: Given): readonly string[] {
  const isDoubled =
    given['AURONX_ROOT_KEYS'] !== undefined && given['AURONX_ROOT_KEYS_FILE'] !== undefined
  const doubled = isDoubled ? ['AURONX_ROOT_KEYS_FILE: leave it out beside AURONX_ROOT_KEYS'] : []
  return [...doubled, ...findExposed(given), ...findMissing(given), ...findModelConflicts(given)]
}

// Over plain http anybody on the way could take a session over.
function findExposed(given: Given): readonly string[] {
  const isExposed = (given['AURONX_HOST'] ?? '127.0.0.1') !== '127.0.0.1'
  return isExposed && !isHttps(given['AURONX_PUBLIC_URL'] ?? '')
    ? ['AURONX_PUBLIC_URL: an https:// address is needed together with AURONX_HOST']
    : []
}

function findModelConflicts(given: Given): readonly string[] {
  if (given['OPENAI_API_KEY'] !== undefined) return []
  return ['OPENAI_MODEL', 'OPENAI_BASE_URL', 'OPENAI_REASONING_EFFORT']
    .filter((name) => given[name] !== undefined)
    .map((name) => `OPENAI_API_KEY: is needed together with ${name}`)
}

function findMissing(given: Given): readonly string[] {
  const role = given['AURONX_ROLE']
  if (role !== 'web' && role !== 'worker') {
    return given['DATABASE_URL_DIRECT'] !== undefined && given['DATABASE_URL'] === undefined
      ? ['DATABASE_URL: is needed together with DATABASE_URL_DIRECT']
      : []
  }
  return [
    ...(given['DATABASE_URL'] === undefined
      ? [
          `DATABASE_URL: is needed with AURONX_ROLE=${role}, because the embedded database belongs to one process`,
        ]
      : []),
    ...(whatsAppNames.every((name) => given[name] === undefined)
      ? [
          `WHATSAPP_GRAPH_URL: is needed with AURONX_ROLE=${role}, because the simulator belongs to one process`,
        ]
      : []),
  ]
}
