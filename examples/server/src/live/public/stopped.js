import { call, read } from './api.js'
import { byId, el } from './dom.js'
import { stopReasonOf } from './reasons.js'
import { attempt } from './toast.js'

/** Loads the numbers that send nothing until a person acts. Returns how many there are. */
export async function refreshStopped() {
  const { items } = await read('/live/numbers/stopped')
  const place = byId('stopped')
  const text = JSON.stringify(items)
  if (place.dataset.drawn === text) return items.length
  place.dataset.drawn = text
  place.hidden = items.length === 0
  place.replaceChildren(...items.map(drawStopped))
  return items.length
}

function drawStopped({ id, number, reason }) {
  const resume = async () => {
    const isDone = await attempt(
      () => call('POST', `/channels/${id}/resume`),
      'The number sends again.',
    )
    if (isDone) await refreshStopped()
  }
  return el(
    'div',
    { class: 'stop' },
    el(
      'p',
      { class: 'grow' },
      el('strong', {}, el('bdi', {}, number), ' is stopped. '),
      stopReasonOf(reason),
      ' Messages wait until then.',
    ),
    el(
      'div',
      { class: 'actions' },
      el('button', { type: 'button', onclick: resume }, 'Send again'),
    ),
  )
}
