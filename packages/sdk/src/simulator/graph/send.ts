import type { Core } from '../core.ts'
import { saveMessage } from '../core.ts'
import { waIdOf } from '../identity.ts'
import type { JsonObject } from '../json.ts'
import { isObject, textAt } from '../json.ts'
import type { Ladder } from '../ladder.ts'
import type { ChatMessage, Customer } from '../state.ts'
import { threadOf } from '../state.ts'
import type { CheckedSend } from './message-schema.ts'
import { checkSend } from './message-schema.ts'
import type { GraphAnswer, GraphRequest } from './request.ts'
import { membersOf, ok, refuse } from './request.ts'
import { checkTemplateUse } from './template-use.ts'

const typingMs = 25_000

/** `POST /{PHONE_NUMBER_ID}/messages`: a message, a read receipt, or a typing indicator. */
export function sendMessage(core: Core, ladder: Ladder, request: GraphRequest): GraphAnswer {
  const body = membersOf(request)
  if (body === undefined) return refuse(core, 100, { details: 'The body must be a JSON object' })
  if (!core.state.account.registered) return refuse(core, 133010)
  if (body['status'] === 'read') return markRead(core, body)
  const checked = checkSend(body)
  if (checked.kind === 'refused') return refuse(core, checked.code, { details: checked.details })
  return refuseByState(core, body, checked) ?? accept(core, ladder, body, checked)
}

function refuseByState(
  core: Core,
  body: JsonObject,
  checked: CheckedSend,
): GraphAnswer | undefined {
  const { state, business } = core
  if (checked.to !== undefined && digits(checked.to) === digits(business.displayPhoneNumber)) {
    return refuse(core, 131021)
  }
  const unknown = unknownReference(core, body, checked)
  if (unknown !== undefined) {
    return refuse(core, 131009, { details: `${unknown} is not known to this number` })
  }
  const content = body[checked.type]
  if (checked.type !== 'template' || !isObject(content)) return undefined
  const problem = checkTemplateUse(state.templates.values(), content)
  return problem === undefined
    ? undefined
    : refuse(core, problem.code, { details: problem.details })
}

function unknownReference(core: Core, body: JsonObject, checked: CheckedSend): string | undefined {
  const { messages, media } = core.state
  const { type, contextId } = checked
  const content = body[type]
  if (contextId !== undefined && !messages.has(contextId)) return 'context.message_id'
  if (type === 'reaction' && !messages.has(textAt(content, 'message_id') ?? '')) {
    return 'reaction.message_id'
  }
  const mediaId = mediaTypes.has(type) ? textAt(content, 'id') : undefined
  return mediaId !== undefined && !media.has(mediaId) ? `${type}.id` : undefined
}

const mediaTypes = new Set(['image', 'video', 'document', 'audio', 'sticker'])

function accept(core: Core, ladder: Ladder, body: JsonObject, checked: CheckedSend): GraphAnswer {
  const address = checked.to === undefined ? (checked.recipient ?? '') : digits(checked.to)
  const customer = core.state.customers.get(core.state.addresses.get(address) ?? '')
  const message = messageOf(core, { body, checked, address, customer })
  const atMs = message.atMs
  core.state.accepted.push({
    messageId: message.id,
    to: checked.to ?? checked.recipient ?? '',
    type: checked.type,
    ...(checked.opaque === undefined ? {} : { opaque: checked.opaque }),
    atMs,
    body,
  })
  countService(core, checked.type)
  if (checked.type === 'reaction') addReaction(core, message)
  saveMessage(core, message)
  const answer = {
    messaging_product: 'whatsapp',
    contacts: [contactAnswer(checked, address, customer)],
    messages: [
      checked.type === 'template'
        ? { id: message.id, message_status: 'accepted' }
        : { id: message.id },
    ],
  }
  return ok(answer, () => ladder.start(message.id))
}

function messageOf(
  core: Core,
  given: {
    readonly body: JsonObject
    readonly checked: CheckedSend
    readonly address: string
    readonly customer: Customer | undefined
  },
): ChatMessage {
  const { body, checked, address, customer } = given
  const content = body[checked.type]
  return {
    id: core.minting.messageId(customer === undefined ? undefined : customer.phone),
    customerId: customer?.id ?? '',
    from: 'business',
    atMs: core.clock.now().getTime(),
    type: checked.type,
    content: isObject(content) ? content : { [checked.type]: content ?? null },
    status: 'accepted',
    sentTo: { kind: checked.to === undefined ? 'user_id' : 'phone', value: address },
    reactions: {},
    ...(checked.contextId === undefined ? {} : { contextId: checked.contextId }),
    ...(checked.opaque === undefined ? {} : { opaque: checked.opaque }),
  }
}

/** `wa_id` only for a send to a phone number, `user_id` only for one to a user id. */
function contactAnswer(
  checked: CheckedSend,
  address: string,
  customer: Customer | undefined,
): JsonObject {
  if (checked.to === undefined) return { input: address, user_id: address }
  const waId = customer === undefined ? undefined : waIdOf(customer)
  return { input: checked.to, wa_id: waId ?? address }
}

function addReaction(core: Core, message: ChatMessage): void {
  const target = core.state.messages.get(textAt(message.content, 'message_id') ?? '')
  if (target === undefined) return
  const emoji = textAt(message.content, 'emoji') ?? ''
  const { business: _before, ...others } = target.reactions
  saveMessage(core, {
    ...target,
    reactions: emoji === '' ? others : { ...others, business: emoji },
  })
}

function countService(core: Core, type: string): void {
  if (type === 'template') return
  const serviceMonth = core.clock.now().toISOString().slice(0, 7)
  const { account } = core.state
  const before = account.serviceMonth === serviceMonth ? account.serviceCount : 0
  core.state.account = { ...account, serviceMonth, serviceCount: before + 1 }
}

function markRead(core: Core, body: JsonObject): GraphAnswer {
  const target = core.state.messages.get(textAt(body, 'message_id') ?? '')
  if (target === undefined || target.from !== 'customer') {
    return refuse(core, 131009, { details: 'message_id is not a message received by this number' })
  }
  for (const message of threadOf(core.state, target.customerId)) {
    if (message.from === 'customer' && message.status !== 'read') {
      saveMessage(core, { ...message, status: 'read' })
    }
    if (message.id === target.id) break
  }
  if (isObject(body['typing_indicator'])) {
    const untilMs = core.clock.now().getTime() + typingMs
    core.emit({ kind: 'typing', customerId: target.customerId, untilMs })
  }
  return ok({ success: true })
}

function digits(phone: string): string {
  return phone.replaceAll(/\D/g, '')
}
