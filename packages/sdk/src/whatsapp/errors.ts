import type { Advice, AlertTopic } from '../outbox/index.ts'

const second = 1_000
const minute = 60 * second
const hour = 60 * minute

/** What a group of Graph error codes means and what follows from it. */
export interface GraphErrorRule {
  /** Codes, and inclusive ranges of codes. */
  readonly codes: readonly (number | readonly [from: number, to: number])[]
  /** What Meta says by it, in our words. */
  readonly meaning: string
  readonly advice: Advice
}

const fail: Advice = { action: 'fail' }

/**
 * Every error code a send, an upload or a set-up call is known to answer with. Facts checked 2026-11-23. Only what stops the
 * whole number is held: the customer's next answers wait behind a message that is.
 *
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes
 */
export const graphErrorRules: readonly GraphErrorRule[] = [
  { codes: [0, 190], meaning: 'access token invalid or expired', advice: stop('credentials') },
  {
    codes: [3, 10, [200, 299], 131005],
    meaning: 'the app lacks a permission',
    advice: stop('permission'),
  },
  { codes: [33], meaning: 'the business number is unknown to us', advice: stop('permission') },
  { codes: [100], meaning: 'a parameter is wrong', advice: fail },
  { codes: [1], meaning: 'unknown or invalid request', advice: retry(10 * second, 1, 1) },
  { codes: [2], meaning: 'service down', advice: retry(10 * second, 2, 8) },
  {
    codes: [4, 80007],
    meaning: 'rate limit of the app or the account',
    advice: retry(minute, 2, 8, 'number'),
  },
  { codes: [130429], meaning: 'throughput limit', advice: retry(second, 2, 10, 'number') },
  {
    codes: [131056],
    meaning: 'too many messages to one recipient',
    advice: retry(4 * second, 4, 6, 'recipient'),
  },
  {
    codes: [131048],
    meaning: 'limit because of low quality',
    advice: { action: 'hold', afterMs: hour, alert: 'quality' },
  },
  {
    codes: [131064],
    meaning: 'limit because of misclassified templates',
    advice: alert('template'),
  },
  { codes: [131000], meaning: 'something went wrong at Meta', advice: retry(10 * second, 3, 2) },
  {
    codes: [131016, 133004, 131057],
    meaning: 'unavailable or under maintenance',
    advice: retry(minute, 2, 6, 'number'),
  },
  {
    codes: [131008, 131009, 131051, 135000],
    meaning: 'a parameter is missing or wrong, or the type is not supported',
    advice: fail,
  },
  { codes: [131021], meaning: 'recipient and sender are the same', advice: fail },
  {
    codes: [131020, 131041, 131059],
    meaning: 'group unknown or too small, or cursor expired',
    advice: fail,
  },
  {
    codes: [131026],
    meaning: 'undeliverable',
    advice: { action: 'suppress', what: 'everything', afterTimes: 3 },
  },
  { codes: [130472], meaning: 'recipient is part of an experiment of Meta', advice: fail },
  {
    codes: [131030],
    meaning: 'recipient is not on the list of the test number; add it in the app dashboard',
    advice: alert('setup'),
  },
  { codes: [131037], meaning: 'display name not approved', advice: stop('account') },
  { codes: [131042], meaning: 'payment problem', advice: stop('payment') },
  { codes: [131045], meaning: 'number not registered properly', advice: stop('setup') },
  { codes: [131031, 368], meaning: 'account locked or policy violated', advice: stop('account') },
  { codes: [130497], meaning: 'not allowed to message this country', advice: fail },
  {
    codes: [131047],
    meaning: 'more than 24 hours since the customer wrote',
    advice: { action: 'template' },
  },
  {
    codes: [131049],
    meaning: 'Meta chose not to deliver; not to be tried again within 24 hours',
    advice: fail,
  },
  {
    codes: [131050],
    meaning: 'the customer stopped marketing messages',
    advice: { action: 'suppress', what: 'marketing', afterTimes: 1 },
  },
  { codes: [131052, 131053], meaning: 'media could not be fetched or stored', advice: fail },
  {
    codes: [131035, 131036],
    meaning: 'a webhook or retry receipt was lost without local storage',
    advice: alert('setup'),
  },
  {
    codes: [131055, 131060],
    meaning: 'method not allowed, or message content gone',
    advice: fail,
  },
  { codes: [131062], meaning: 'this message needs a phone number', advice: fail },
  {
    codes: [131063],
    meaning: 'marketing templates are disabled here; the marketing endpoint is needed',
    advice: alert('template'),
  },
  {
    codes: [132000, 132001, 132005, 132007, 132012],
    meaning: 'template and values do not fit, or no such template in this language',
    advice: alert('template'),
  },
  {
    codes: [132015, 132016],
    meaning: 'template paused or disabled; stop using it until its status changes',
    advice: alert('template'),
  },
  { codes: [132068], meaning: 'flow blocked', advice: fail },
  { codes: [132069], meaning: 'flow throttled', advice: fail },
  { codes: [133010], meaning: 'the business number is not registered', advice: stop('setup') },
  {
    codes: [133015],
    meaning: 'the number was deleted a moment ago',
    advice: { action: 'hold', afterMs: 5 * minute, alert: 'setup' },
  },
  {
    codes: [133016],
    meaning: 'too many registrations',
    advice: { action: 'hold', afterMs: 72 * hour, alert: 'setup' },
  },
  {
    codes: [133000, 133005, 133006, 133008, 133009],
    meaning: 'registration or PIN; a wrong PIN must never be tried again by itself',
    advice: alert('setup'),
  },
  { codes: [134011], meaning: 'payment terms not accepted', advice: alert('payment') },
  {
    codes: [134101],
    meaning: 'template is still being synchronised',
    advice: alert('template'),
  },
  { codes: [134100, 134102], meaning: 'marketing API', advice: alert('setup') },
  {
    codes: [137000],
    meaning: "the customer's identity key changed",
    advice: alert('identity'),
  },
  {
    codes: [
      [131200, 131299],
      [138000, 138999],
      [139000, 139999],
    ],
    meaning: 'groups, calls, block list or flows',
    advice: fail,
  },
  { codes: [[147001, 147005]], meaning: 'business username', advice: alert('setup') },
  {
    codes: [2388019, 2388040, 2388047, 2388072, 2388073, 2388293, 2388299, 2593002],
    meaning: 'template could not be created, deleted or found',
    advice: alert('template'),
  },
  {
    codes: [[2593107, 2593109]],
    meaning: 'coexistence synchronisation is allowed once, within 24 hours of onboarding',
    advice: alert('setup'),
  },
  { codes: [2494191], meaning: 'the conversation could not be taken over', advice: fail },
]

const graphErrorIndex = new Map<number, GraphErrorRule>()
for (const rule of graphErrorRules) {
  for (const code of rule.codes) {
    if (typeof code === 'number') graphErrorIndex.set(code, rule)
  }
}

/** The rule for a code, or nothing when the code is not known. */
export function graphErrorRule(code: number): GraphErrorRule | undefined {
  const exact = graphErrorIndex.get(code)
  if (exact !== undefined) return exact
  return graphErrorRules.find((rule) =>
    rule.codes.some((one) => typeof one !== 'number' && one[0] <= code && code <= one[1]),
  )
}

/** An error as Graph states it, with what the answer's headers add. */
export interface GraphError {
  readonly code: number
  readonly subcode?: number
  /** Graph's own word that another try may work. */
  readonly isTransient?: boolean
  /** How long Graph asks us to wait. */
  readonly waitMs?: number
}

/**
 * What to do about an error that a call on a business number was answered with. An unknown code fails, unless Graph
 * calls it transient. Subcode 33 of code 100 means the number itself; subcode 2593002 a template.
 */
export function adviseOn(error: GraphError): Advice {
  if (error.code === 100 && error.subcode === 33) return stop('permission')
  const bySubcode = error.subcode === 2593002 ? graphErrorRule(error.subcode) : undefined
  const advice = (bySubcode ?? graphErrorRule(error.code))?.advice
  if (advice === undefined) return error.isTransient === true ? retry(30 * second, 2, 3) : fail
  if (advice.action !== 'retry' || error.waitMs === undefined) return advice
  return { ...advice, afterMs: Math.max(advice.afterMs, error.waitMs) }
}

/**
 * Whether an answer with this code and a status from 500 on still says for certain that nothing was sent. Code 1, the
 * catch-all 131000 and unknown codes do not: sending again after them sent some messages twice in the chaos test.
 */
export function isDefinite(code: number, status: number): boolean {
  return status < 500 || (code !== 1 && code !== 131_000 && graphErrorRule(code) !== undefined)
}

function retry(
  afterMs: number,
  factor: number,
  attempts: number,
  scope: 'message' | 'recipient' | 'number' = 'message',
): Advice {
  return { action: 'retry', afterMs, factor, attempts, scope }
}

function stop(topic: AlertTopic): Advice {
  return { action: 'stop_channel', topic }
}

function alert(topic: AlertTopic): Advice {
  return { action: 'alert', topic }
}
