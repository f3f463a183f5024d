class Refused extends Error {
  constructor(code) {
    super(code)
    this.code = code
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

async function request(path, options) {
  let response
  try {
    response = await fetch(path, { credentials: 'same-origin', ...options })
  } catch {
    throw new Refused('offline')
  }
  if (response.ok) return response.json()
  const problem = await response.json().catch(() => ({}))
  throw new Refused(problem.code ?? `http_${response.status}`)
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
      if (source.readyState === EventSource.CLOSED) setTimeout(open, 1_500)
    })
  }
  open()
  addEventListener('pagehide', () => source.close())
}
