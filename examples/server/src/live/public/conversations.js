import { read } from './api.js'
import { byId, el, empty, time } from './dom.js'
import { drawThread, openThread, refreshThread } from './thread.js'

const owners = { ai: 'Menu', queue: 'Waiting for a person', human: 'A person' }
let selected
let items = []

/** Loads the list, and the open thread. Returns how many conversations wait for a person. */
export async function refreshConversations() {
  const page = await read('/live/conversations')
  items = page.items
  if (selected === undefined && items.length > 0 && matchMedia('(min-width: 1180px)').matches)
    select(items[0].id, false)
  draw()
  await refreshThread()
  return items.filter((item) => item.owner === 'queue' && item.status === 'open').length
}

function draw() {
  const list = byId('conversation-list')
  const focused = list.contains(document.activeElement)
    ? document.activeElement.dataset.id
    : undefined
  list.replaceChildren(
    ...(items.length === 0
      ? [
          empty(
            'No conversations yet',
            'Write “hello” on the phone: the conversation appears here at once.',
          ),
        ]
      : items.map(drawItem)),
  )
  if (focused) list.querySelector(`[data-id="${focused}"]`)?.focus()
  if (selected === undefined) drawThread(undefined)
}

function drawItem(item) {
  return el(
    'div',
    { role: 'listitem' },
    el(
      'button',
      {
        type: 'button',
        class: 'conversation',
        'data-id': item.id,
        'aria-current': item.id === selected ? 'true' : false,
        onclick: () => select(item.id, true),
      },
      el('span', { class: 'avatar', 'aria-hidden': 'true' }, [...item.name][0] ?? '?'),
      el(
        'span',
        { class: 'grow' },
        el(
          'span',
          { class: 'line' },
          el('strong', { dir: 'auto' }, item.name),
          time(item.lastMessageAt),
        ),
        el(
          'span',
          { class: 'line' },
          el('span', { class: 'preview', dir: 'auto' }, item.preview),
          item.unread > 0
            ? el(
                'span',
                { class: 'count', 'aria-label': `${item.unread} unread` },
                String(item.unread),
              )
            : null,
        ),
        el(
          'span',
          { class: 'line' },
          el(
            'span',
            { class: `owner ${item.owner}` },
            item.status === 'resolved' ? 'Resolved' : owners[item.owner],
          ),
        ),
      ),
    ),
  )
}

function select(id, byPerson) {
  selected = id
  byId('panel-conversations').dataset.open = byPerson ? 'thread' : ''
  draw()
  void openThread(id, byPerson, () => {
    byId('panel-conversations').dataset.open = ''
    byId('conversation-list').querySelector(`[data-id="${id}"]`)?.focus()
  })
}
