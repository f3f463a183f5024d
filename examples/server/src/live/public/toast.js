import { byId, el } from './dom.js'

/** Shows a short message that goes away by itself, or by its button. */
export function toast(text, kind = 'error') {
  const close = el(
    'button',
    { type: 'button', 'aria-label': 'Dismiss', onclick: () => node.remove() },
    '×',
  )
  const node = el('div', { class: `toast ${kind}` }, el('span', {}, text), close)
  byId('toasts').append(node)
  setTimeout(() => node.remove(), 8_000)
}

const words = {
  not_found: 'It is not there any more.',
  not_parked: 'Somebody dealt with it already.',
  not_permitted: 'You may not do that.',
  window_closed: 'The 24-hour window is closed: only a template could be sent now.',
  resolved: 'The conversation is resolved.',
  illegal_transition: 'Somebody did that already.',
  version_conflict: 'Something happened meanwhile. Look again, then decide.',
  human_owns: 'A colleague answers already.',
  stale: 'Something happened meanwhile. Look again, then decide.',
  no_recipient: 'There is no number to send to.',
  rate_limited: 'Too much at once. Try again in a moment.',
  no_session: 'This page is locked. Open the fresh link from the terminal.',
  offline: 'The server does not answer. It will be tried again.',
  storage_unavailable: 'The database is away. Try again in a moment.',
}

let onDone = () => {}

/** Says what happens after a command that was done. */
export function afterCommands(act) {
  onDone = act
}

/** Runs a command and shows what went wrong, if anything. Returns whether it was done. */
export async function attempt(command, done) {
  try {
    await command()
    if (done) toast(done, 'good')
    onDone()
    return true
  } catch (error) {
    toast(words[error.code] ?? `That did not work (${error.code ?? 'unknown'}).`)
    return false
  }
}
