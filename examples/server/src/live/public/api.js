class Refused extends Error {
  constructor(code, problem = {}) {
    super(code)
    this.code = code
    this.problem = problem
  }
}

/** Reads JSON from the server; throws an error with a `code`. */
export async function read(path) {
  return request(path, {})
}

/** Sends a command; throws an error with a `code`. */
export async function command(path, body) {
  const json =
    body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  return request(path, { method: 'POST', ...json })
}

/** Calls the REST API; `version` is that of the thing as it was shown. Throws an error with a `code`. */
export async function call(method, path, { body = {}, version } = {}) {
  if (method === 'GET') return request(`/v1${path}`, {})
  const headers = {
    'content-type': 'application/json',
    'idempotency-key': crypto.getRandomValues(new Uint32Array(4)).join('-'),
    ...(version === undefined ? {} : { 'if-match': `"v${version}"` }),
  }
  return request(`/v1${path}`, { method, headers, body: JSON.stringify(body) })
}

async function request(path, options, isRepeated = false) {
  const { headers = {}, ...rest } = options
  let response
  try {
    response = await fetch(path, {
      credentials: 'same-origin',
      headers: { 'x-auronx-page': '1', ...headers },
      ...rest,
    })
  } catch {
    throw new Refused('offline')
  }
  if (response.status === 204) return {}
  if (response.ok) return response.json()
  const problem = await response.json().catch(() => ({}))
  const code = problem.code ?? `http_${response.status}`
  if (response.status !== 401 || path === '/auth/refresh') throw new Refused(code, problem)
  if (!isRepeated && (await renew())) return request(path, options, true)
  if (onSignedOut !== undefined) onSignedOut()
  throw new Refused('unauthenticated')
}

let onSignedOut
let renewing

/** Says what happens when the session is over; without it, the error says so. */
export function whenSignedOut(act) {
  onSignedOut = act
}

/** Renews the session, once for all who ask meanwhile. Returns whether there is one. */
export function renew() {
  renewing ??= command('/auth/refresh', {})
    .then(
      () => true,
      (error) => error.code === 'offline',
    )
    .finally(() => (renewing = undefined))
  return renewing
}

/** Calls `onChange` for each change on the server and `onState` with `live` or `lost`; reconnects by itself. */
export function follow(onChange, onState) {
  let source
  const open = () => {
    source = new EventSource('/live/changes')
    source.addEventListener('open', () => onState('live'))
    source.addEventListener('change', (event) => onChange(JSON.parse(event.data)))
    source.addEventListener('error', () => {
      onState('lost')
      // The browser gives up after an answer that is no stream, for example while the server starts.
      // It does the same when the session has to be renewed.
      if (source.readyState === EventSource.CLOSED)
        setTimeout(() => void renew().then((isKnown) => (isKnown ? open() : onSignedOut?.())), 500)
    })
  }
  open()
  addEventListener('pagehide', () => source.close())
}
