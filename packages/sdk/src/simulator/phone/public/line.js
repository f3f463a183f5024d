import { say } from './words.js'

/** Calls the phone's API; throws an Error with the server's words. */
export async function call(path, body, type = 'application/json') {
  const response = await ask(path, {
    method: 'POST',
    headers: { 'content-type': type },
    body: type === 'application/json' ? JSON.stringify(body ?? {}) : body,
    keepalive: path.endsWith('/close'),
  })
  if (response.ok) return response.status === 204 ? undefined : response.json()
  const problem = await response.json().catch(() => ({}))
  throw new Error(problem.title ?? say('failed'))
}

/** Reads from the phone's API. */
export async function load(path) {
  const response = await ask(path, {})
  if (!response.ok) throw new Error(say('failed'))
  return response.json()
}

// What a browser says of a broken connection is in its own language and words.
function ask(path, options) {
  return fetch(`api/${path}`, options).catch(() => {
    throw new Error(say('failed'))
  })
}

/** Listens to what happens; `opened` runs after every (re)connection, `lost` when the connection breaks. */
export function listen({ event, opened, lost }) {
  const source = new EventSource('api/events')
  source.addEventListener('open', opened)
  source.addEventListener('error', lost)
  source.addEventListener('message', ({ data }) => event(JSON.parse(data)))
  addEventListener('pagehide', () => source.close())
}
