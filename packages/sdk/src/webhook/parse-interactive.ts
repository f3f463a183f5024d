import type { MessageContent } from './content.ts'
import type { Fields } from './narrow.ts'
import { defined, isFields, readFlag, readInstantMs, readText } from './narrow.ts'

/** Narrows the answer to an interactive message; undefined when its kind is not known or it lacks what identifies it. */
export function parseInteractive(body: unknown): MessageContent | undefined {
  if (!isFields(body)) return undefined
  const type = body['type']
  if (typeof type !== 'string') return undefined
  const reply = body[type]
  if (!isFields(reply)) return undefined
  switch (type) {
    case 'button_reply':
    case 'list_reply':
      return parseChoice(type, reply)
    case 'nfm_reply':
      return parseForm(reply)
    case 'call_permission_reply':
      return parseCallPermission(reply)
    default:
      return undefined
  }
}

function parseChoice(
  type: 'button_reply' | 'list_reply',
  reply: Fields,
): MessageContent | undefined {
  const id = readText(reply['id'])
  if (id === undefined) return undefined
  const title = readText(reply['title']) ?? ''
  if (type === 'button_reply') return { type, id, title }
  return { type, id, title, ...defined({ description: readText(reply['description']) }) }
}

function parseForm(reply: Fields): MessageContent | undefined {
  const responseJson = readText(reply['response_json'])
  if (responseJson === undefined) return undefined
  const name = readText(reply['name']) ?? ''
  const body = defined({ body: readText(reply['body']) })
  if (name === 'address_message') return { type: 'address_reply', ...body, responseJson }
  return { type: 'flow_reply', name, ...body, responseJson }
}

function parseCallPermission(reply: Fields): MessageContent {
  const response = reply['response']
  return {
    type: 'call_permission_reply',
    response: response === 'accept' || response === 'reject' ? response : 'unknown',
    ...defined({
      permanent: readFlag(reply['is_permanent']),
      expiresAtMs: readInstantMs(reply['expiration_timestamp']),
      source: readText(reply['response_source']),
    }),
  }
}
