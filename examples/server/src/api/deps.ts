import type { IncomingMessage } from 'node:http'
import type {
  AccessDirectory,
  Actor,
  Auronx,
  Clock,
  Ids,
  Logger,
  Mailer,
  KeyPrincipal,
  MemberPrincipal,
  Numbers,
  Principal,
  Random,
  Stores,
  Usage,
} from '@auronx/sdk'
import type { Auth, KeyEnvironment } from '@auronx/sdk/auth'
import type { ClientAddress } from '../http/client-address.ts'
import type { RateRules } from '../http/rate.ts'

/** What the REST API needs. */
export interface ApiDeps {
  readonly auronx: Pick<Auronx, 'joined' | 'changes'>
  readonly auth: Pick<Auth<Stores>, 'workOf' | 'owesPasskey'>
  readonly access: AccessDirectory
  /**
   * Who sends a request; nobody without a proof. Throws `unauthenticated` for one that does not hold, and `not_permitted`
   * for commands with a cookie that another site may have caused: nothing here asks for that again.
   */
  readonly authenticate: (request: IncomingMessage) => Promise<Principal | undefined>
  /** Who asked with this proof a moment ago, for reads in one transaction that asserts it. Default: nobody. */
  readonly recall?: (request: IncomingMessage) => MemberPrincipal | KeyPrincipal | undefined
  /** Writes into the audit log what it does, in its own transactions: the network is between them. */
  readonly numbers: Pick<Numbers, 'connect' | 'health' | 'replaceToken' | 'disconnect'>
  readonly usage: Pick<Usage, 'totals' | 'isObjected' | 'setObjected'>
  /** Called after an operation was answered to a member. */
  readonly onUsed?: (actor: Actor, operation: string) => void
  readonly mailer: Mailer
  /** Where a Meta app's webhook is to point. */
  readonly webhookUrl?: string
  readonly invitationLink?: (token: string) => string
  /** Default `live`. */
  readonly keyEnvironment?: KeyEnvironment
  /** Signs cursors; 32 bytes, the same in every process. */
  readonly cursorKey: Uint8Array
  readonly clock: Clock
  readonly ids: Ids
  readonly random: Random
  readonly logger: Logger
  /** Ends open streams. */
  readonly closing: AbortSignal
  readonly rates?: Partial<RateRules>
  /** Where a request comes from. Default: what the socket says. */
  readonly addressOf?: ClientAddress
}
