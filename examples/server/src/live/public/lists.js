import { call, read } from './api.js'
import { byId, el, empty, time } from './dom.js'
import { reasonOf } from './reasons.js'
import { attempt } from './toast.js'

/** Loads the orders. Returns how many there are. */
export async function refreshOrders() {
  const { items } = await read('/live/orders')
  show('panel-orders', items, drawOrder, [
    'No orders yet',
    'Order something on the phone: browse, choose, confirm.',
  ])
  return items.filter((order) => order.status === 'confirmed').length
}

/** Loads what did not leave. Returns how many wait for a decision. */
export async function refreshSends() {
  const { items } = await read('/live/sends')
  show('panel-sends', items, drawSend, [
    'Nothing is parked',
    'A message whose arrival nobody knows would wait here for your decision. It is never sent twice by itself.',
  ])
  return items.length
}

/** Loads the events and jobs that could not be handled. Returns how many. */
export async function refreshDead() {
  const { items } = await read('/live/dead')
  show('panel-dead', items, drawDead, [
    'Nothing has failed',
    'A message or a task that could not be handled after several tries would wait here, to be tried again.',
  ])
  return items.length
}

function show(panel, items, draw, [title, hint]) {
  const place = byId(panel)
  const text = JSON.stringify(items)
  if (place.dataset.drawn === text) return
  place.dataset.drawn = text
  place.replaceChildren(
    items.length === 0 ? empty(title, hint) : el('ul', { class: 'cards' }, items.map(draw)),
  )
}

function drawOrder(order) {
  return el(
    'li',
    { class: 'card' },
    el(
      'div',
      { class: 'line' },
      el('strong', {}, order.number ?? `Draft ${order.ref}`),
      el('span', { class: `status ${order.status}` }, order.status.replaceAll('_', ' ')),
    ),
    el('p', { class: 'sub' }, el('bdi', {}, order.customer), ' · ', time(order.at)),
    el(
      'ul',
      { class: 'plain' },
      order.lines.map((line) => el('li', { dir: 'auto' }, line)),
    ),
    el('p', { class: 'total' }, order.total),
  )
}

function drawSend(send) {
  const act = (action, done) => () =>
    attempt(() => call('POST', `/sends/${send.id}/${action}`), done)
  const why = send.state === 'parked' ? 'Nobody knows whether it arrived.' : 'It was not delivered.'
  return el(
    'li',
    { class: 'card' },
    el(
      'div',
      { class: 'line' },
      el('bdi', {}, el('strong', {}, send.customer)),
      el('span', { class: `status ${send.state}` }, send.state),
    ),
    el('p', { class: 'quote', dir: 'auto' }, send.text),
    el(
      'p',
      { class: 'sub' },
      `${why} ${send.errorCode ? `(${reasonOf(send.errorCode)}) ` : ''}`,
      time(send.at),
    ),
    el(
      'div',
      { class: 'actions', 'data-needs': 'reply' },
      el(
        'button',
        { type: 'button', class: 'primary', onclick: act('resend', 'Sent again.') },
        'Send again',
      ),
      el('button', { type: 'button', onclick: act('discard', 'Given up.') }, 'Give up'),
    ),
  )
}

function drawDead(row) {
  const place = row.of === 'job' ? 'dead-jobs' : 'dead-events'
  const act = (action, done) => () =>
    attempt(() => call('POST', `/${place}/${row.id}/${action}`), done)
  const giveUp = { type: 'button', onclick: act('discard', 'Given up.') }
  return el(
    'li',
    { class: 'card' },
    el(
      'div',
      { class: 'line' },
      el('strong', {}, row.kind),
      el('span', { class: 'status failed' }, row.errorCode),
    ),
    el('p', { class: 'sub' }, `${row.attempts} tries · `, time(row.at)),
    el(
      'div',
      { class: 'actions', 'data-needs': 'reply' },
      el(
        'button',
        { type: 'button', class: 'primary', onclick: act('replay', 'It is tried again.') },
        'Try again',
      ),
      ...(row.of === 'job' ? [el('button', giveUp, 'Give up')] : []),
    ),
  )
}
