import type {
  AdminOutcome,
  AdminRefusal,
  NumberFacts,
  SendAbility,
  TokenFacts,
} from '../numbers/index.ts'
import { refusalOf } from './decode.ts'
import { graphErrorRule } from './errors.ts'
import type { GraphAnswer } from './graph.ts'
import { member, numberAt, textAt } from './graph-json.ts'

/** What a call that reads something came to; an answer that `read` cannot make sense of is refused. */
export function outcomeOf<Value>(
  answer: GraphAnswer,
  read: (body: unknown) => Value | undefined,
): AdminOutcome<Value> {
  const refused = refusedOf(answer)
  if (refused !== undefined) return refused
  const value = answer.kind === 'answered' ? read(answer.body) : undefined
  return value === undefined ? unreadable : { kind: 'done', value }
}

/** What a call that does something came to. */
export function succeeded(answer: GraphAnswer): AdminOutcome<undefined> {
  const outcome = outcomeOf(answer, (body) => {
    const success = member(body, 'success')
    return success === true || success === 'true' ? true : undefined
  })
  return outcome.kind === 'done' ? { kind: 'done', value: undefined } : outcome
}

/** The answer to `GET /debug_token`; nothing when it is none. */
export function tokenFactsOf(data: unknown): TokenFacts | undefined {
  const appId = textAt(data, 'app_id')
  if (appId === undefined) {
    // A token that Meta cannot read at all comes back without an app.
    return member(data, 'is_valid') === false
      ? { isValid: false, appId: '', scopes: [] }
      : undefined
  }
  const expires = numberAt(data, 'expires_at') ?? 0
  const businessAccountIds = targetsOf(data)
  return {
    isValid: member(data, 'is_valid') === true,
    appId,
    scopes: textsOf(member(data, 'scopes')),
    ...(businessAccountIds === undefined ? {} : { businessAccountIds }),
    ...(expires === 0 ? {} : { expiresAt: new Date(expires * 1000) }),
  }
}

/** The answer to `GET /{PHONE_NUMBER_ID}`; nothing when it is none. */
export function numberFactsOf(body: unknown): NumberFacts | undefined {
  const displayPhoneNumber = textAt(body, 'display_phone_number')
  if (displayPhoneNumber === undefined) return undefined
  const health = member(body, 'health_status')
  return {
    displayPhoneNumber,
    ...named('verifiedName', textAt(body, 'verified_name')),
    ...named('status', textAt(body, 'status')),
    ...named('quality', textAt(body, 'quality_rating')),
    ...named('throughput', textAt(body, 'throughput', 'level')),
    ...named('nameStatus', textAt(body, 'name_status')),
    canSend: abilityOf(textAt(health, 'can_send_message')),
    obstacles: obstaclesOf(member(health, 'entities')),
  }
}

// The granular scopes limit a token to some accounts; without targets it is good for all that its owner has.
function targetsOf(data: unknown): readonly string[] | undefined {
  const granular = member(data, 'granular_scopes')
  if (!Array.isArray(granular)) return undefined
  const own: unknown = granular.find(
    (one) => textAt(one, 'scope') === 'whatsapp_business_management',
  )
  const targets = member(own, 'target_ids')
  return Array.isArray(targets) ? textsOf(targets) : undefined
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
}

function named<Name extends string>(
  name: Name,
  value: string | undefined,
): { readonly [Key in Name]?: string } {
  const pair: { [Key in Name]?: string } = {}
  if (value !== undefined) pair[name] = value
  return pair
}

const abilities: ReadonlyMap<string, SendAbility> = new Map([
  ['AVAILABLE', 'available'],
  ['LIMITED', 'limited'],
  ['BLOCKED', 'blocked'],
])

function abilityOf(word: string | undefined): SendAbility {
  return abilities.get(word ?? '') ?? 'unknown'
}

function obstaclesOf(entities: unknown): readonly string[] {
  if (!Array.isArray(entities)) return []
  return entities.flatMap((entity) => {
    const errors = member(entity, 'errors')
    const said = Array.isArray(errors)
      ? errors.flatMap((error) => textAt(error, 'error_description') ?? [])
      : []
    return [...said, ...textsOf(member(entity, 'additional_info'))]
  })
}

function refusedOf(answer: GraphAnswer): AdminRefusal | undefined {
  if (answer.kind === 'lost' || (answer.kind === 'not_sent' && answer.code !== 'no_token')) {
    const code = answer.kind === 'lost' ? answer.reason : answer.code
    return refusal('unreachable', code, 'Meta did not answer; try again in a moment.')
  }
  const found = refusalOf(answer)
  if (found !== undefined) return explained(found.code)
  if (answer.kind === 'answered' && answer.status <= 299) return undefined
  return refusal(
    'unreachable',
    answer.kind === 'answered' ? `http_${answer.status}` : answer.code,
    'Meta is in trouble; try again in a moment.',
  )
}

function explained(code: number | string): AdminRefusal {
  if (typeof code !== 'number') {
    return code === 'no_token'
      ? refusal('token-invalid', code, 'The access token has characters that no token has.')
      : refusal('other', code, 'Meta refused without saying why.')
  }
  const problem = problems.find(({ codes }) => codes.includes(code))
  if (problem !== undefined) return refusal(problem.problem, code, problem.words)
  const meaning = graphErrorRule(code)?.meaning ?? 'an error that is not documented'
  return refusal('other', code, `Meta refused (${code}): ${meaning}.`)
}

/** Refusals that a person who connects a number can do something about. */
const problems: readonly {
  readonly problem: AdminRefusal['problem']
  readonly codes: readonly number[]
  readonly words: string
}[] = [
  {
    problem: 'token-invalid',
    codes: [0, 190],
    words: 'The access token or the app secret is wrong or has expired; make a new one.',
  },
  {
    problem: 'permission-missing',
    codes: [3, 10, 200, 131005],
    words:
      'The access token may not do this; give its system user the account and the WhatsApp permissions.',
  },
  {
    problem: 'not-found',
    codes: [33, 100],
    words:
      'Meta does not know this id, or the access token may not see it; compare the ids with the app dashboard.',
  },
  {
    problem: 'pin-wrong',
    codes: [133005, 133006, 133008, 133009],
    words:
      'This is not the two-step PIN of the number; look it up in WhatsApp Manager. It is not tried again by itself.',
  },
  {
    problem: 'too-many-registrations',
    codes: [133016],
    words: 'The number was registered ten times within 72 hours; wait until that is over.',
  },
]

const unreadable: AdminRefusal = {
  kind: 'refused',
  problem: 'other',
  code: 'unreadable',
  words: 'Meta answered something that cannot be read.',
}

function refusal(
  problem: AdminRefusal['problem'],
  code: number | string,
  words: string,
): AdminRefusal {
  return { kind: 'refused', problem, code, words }
}
