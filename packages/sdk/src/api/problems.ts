import type { ErrorCode } from '../kernel/index.ts'
import { errorCodes } from '../kernel/index.ts'

/** What a problem code means over HTTP. */
export interface ProblemKind {
  readonly status: number
  /** Short, the same for every occurrence. */
  readonly title: string
}

/** Every `code` a problem of the REST API can carry. Codes are public and only added; each has one status. */
export const problemKinds = {
  malformed_request: { status: 400, title: 'The request cannot be read' },
  idempotency_key_missing: { status: 400, title: 'This command needs an Idempotency-Key header' },
  cursor_invalid: { status: 400, title: 'The cursor is not one of this list' },
  unauthenticated: { status: 401, title: 'A valid credential is needed' },
  not_permitted: { status: 403, title: 'This credential may not do that' },
  reauthentication_required: { status: 403, title: 'Sign in again first' },
  not_found: { status: 404, title: 'There is no such thing' },
  method_not_allowed: { status: 405, title: 'This address does not know the method' },
  conflict: { status: 409, title: 'Something else was faster, or stands in the way' },
  illegal_transition: { status: 409, title: 'Not in this state' },
  idempotency_in_progress: { status: 409, title: 'The first request with this key still runs' },
  empty: { status: 409, title: 'The order has no lines' },
  not_for_sale: { status: 409, title: 'A variant is not on sale' },
  too_soon: { status: 429, title: 'Tried again too soon' },
  too_many: { status: 409, title: 'More than is allowed' },
  insufficient_stock: { status: 409, title: 'Not enough in stock' },
  expired: { status: 409, title: 'The proposal is over' },
  changed: { status: 409, title: 'Not what the customer was shown' },
  same: { status: 409, title: 'Both are the same contact' },
  sku_taken: { status: 409, title: 'Another product has that SKU' },
  price_overlap: { status: 409, title: 'Another price is valid at that time' },
  below_reserved: { status: 409, title: 'Customers have more set aside than that' },
  resolved: { status: 409, title: 'The conversation is resolved' },
  human_owns: { status: 409, title: 'A person has the conversation' },
  window_closed: { status: 409, title: 'The 24-hour window of the customer is closed' },
  no_recipient: { status: 409, title: 'There is no address to send to' },
  stale: { status: 409, title: 'The conversation moved on' },
  not_parked: { status: 409, title: 'This send waits for nobody' },
  last_owner: { status: 409, title: 'A business keeps an owner' },
  stronger: { status: 403, title: 'The role or a scope is above your own' },
  already_member: { status: 409, title: 'That person is a member already' },
  no_scopes: { status: 422, title: 'A key needs a scope' },
  never_for_keys: { status: 422, title: 'No key ever has that scope' },
  number_refused: { status: 409, title: 'WhatsApp did not accept the number' },
  version_conflict: { status: 412, title: 'It was changed in the meantime' },
  payload_too_large: { status: 413, title: 'The body is too large' },
  unsupported_media_type: { status: 415, title: 'Bodies are application/json' },
  invalid_input: { status: 422, title: 'Something in the body is not valid' },
  idempotency_mismatch: { status: 422, title: 'The key was used for another request' },
  precondition_required: { status: 428, title: 'This change needs an If-Match header' },
  rate_limited: { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'Something went wrong on the server' },
  storage_unavailable: { status: 503, title: 'The database cannot be reached now' },
  overloaded: { status: 503, title: 'Too much to do just now' },
} as const satisfies Readonly<Record<string, ProblemKind>>

/** One of the codes of {@link problemKinds}. */
export type ProblemCode = keyof typeof problemKinds

/** Whether a text is a code of a problem. */
export function isProblemCode(text: string): text is ProblemCode {
  return Object.hasOwn(problemKinds, text)
}

/** Where a code is described, on the server that sent it: a relative address, which RFC 9457 allows as a problem's `type`. */
export function problemType(code: ProblemCode): string {
  return `/v1/docs/errors#${code}`
}

/** The code of the error that the client throws for a problem: the same where the SDK has it, else `refused`. */
export function errorCodeOf(problem: string): ErrorCode {
  if (problem === 'malformed_request' || problem === 'cursor_invalid') return 'invalid_input'
  return errorCodes.find((code) => code === problem) ?? 'refused'
}
