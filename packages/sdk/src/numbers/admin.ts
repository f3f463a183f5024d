import type { Secret } from '../secrets/index.ts'

/** With what a business number is administered. */
export interface NumberAccess {
  readonly accessToken: Secret
  /** Adds a proof that the call comes from the app itself, which an app can be set to ask for. */
  readonly appSecret: Secret
}

/** What Meta says about an access token. */
export interface TokenFacts {
  readonly isValid: boolean
  readonly appId: string
  readonly scopes: readonly string[]
  /** Business accounts it is good for; absent when it is not limited to some. */
  readonly businessAccountIds?: readonly string[]
  /** Absent when it does not expire. */
  readonly expiresAt?: Date
}

/** Whether something can send. */
export type SendAbility = 'available' | 'limited' | 'blocked' | 'unknown'

/** What Meta says about a number; words it may add to are passed on as they come. */
export interface NumberFacts {
  readonly displayPhoneNumber: string
  readonly verifiedName?: string
  /** For example `CONNECTED`, `PENDING`, `DISCONNECTED`. */
  readonly status?: string
  /** `GREEN`, `YELLOW`, `RED` or `UNKNOWN`. */
  readonly quality?: string
  /** `STANDARD` (80 messages a second) or `HIGH` (1,000). */
  readonly throughput?: string
  readonly nameStatus?: string
  readonly canSend: SendAbility
  /** What is in the way of sending, in Meta's own words. */
  readonly obstacles: readonly string[]
}

/** Why Meta did not do it. */
export interface AdminRefusal {
  readonly kind: 'refused'
  readonly problem:
    | 'token-invalid'
    | 'permission-missing'
    | 'not-found'
    | 'pin-wrong'
    | 'too-many-registrations'
    | 'unreachable'
    | 'other'
  /** Meta's number, or one of our own words. */
  readonly code: number | string
  /** What it means, in a sentence for the person who connects the number. */
  readonly words: string
}

/** What became of an administrative call. */
export type AdminOutcome<Value> = { readonly kind: 'done'; readonly value: Value } | AdminRefusal

/**
 * The administration of business numbers at the provider. Every call may be repeated; none throws for what the network
 * or the provider does.
 */
export interface NumberAdmin {
  /** Asks what a token is good for, on behalf of the app, which proves the app's secret as well. */
  inspectToken(
    app: { readonly appId: string } & NumberAccess,
    signal: AbortSignal,
  ): Promise<AdminOutcome<TokenFacts>>
  /** Ids of an account's numbers. */
  numbersOf(
    access: NumberAccess,
    businessAccountId: string,
    signal: AbortSignal,
  ): Promise<AdminOutcome<readonly string[]>>
  readNumber(
    access: NumberAccess,
    phoneNumberId: string,
    signal: AbortSignal,
  ): Promise<AdminOutcome<NumberFacts>>
  /** Turns the account's webhooks for the token's app on, or off. */
  subscribe(
    access: NumberAccess,
    request: { readonly businessAccountId: string; readonly on: boolean },
    signal: AbortSignal,
  ): Promise<AdminOutcome<undefined>>
  /** Registers a number with its two-step PIN, which becomes its PIN when it had none. A wrong one is not tried again. */
  register(
    access: NumberAccess,
    request: { readonly phoneNumberId: string; readonly pin: Secret },
    signal: AbortSignal,
  ): Promise<AdminOutcome<undefined>>
  deregister(
    access: NumberAccess,
    phoneNumberId: string,
    signal: AbortSignal,
  ): Promise<AdminOutcome<undefined>>
}
