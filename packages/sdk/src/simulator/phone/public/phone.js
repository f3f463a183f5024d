import { bubble } from './bubble.js'
import { h, icon } from './dom.js'
import { call, listen, load } from './line.js'
import { productsSheet } from './products.js'
import {
  attachSheet,
  initial,
  listSheet,
  newPersonSheet,
  peopleSheet,
  reactionSheet,
} from './sheets.js'
import { applyLanguage, say } from './words.js'

const at = (id) => document.getElementById(id)
const chat = at('chat')
const text = at('text')
const state = {
  business: { name: '', number: '' },
  people: new Map(),
  catalog: [],
  activeId: null,
  rows: new Map(),
  // What was heard while a thread is being loaded; it may be newer than what the server answered.
  heard: null,
}
const names = ['Ana', 'Ben', 'Chen', 'Dina', 'Emeka', 'Farah']
let typingTimer

function start() {
  applyLanguage()
  at('attach').append(icon('plus'))
  at('attach').setAttribute('aria-label', say('attach'))
  at('shop-catalog').append(icon('shop'))
  at('shop-catalog').setAttribute('aria-label', say('catalog'))
  at('badge').textContent = say('simulated')
  chat.setAttribute('aria-label', say('write'))
  text.placeholder = say('write')
  text.setAttribute('aria-label', say('write'))
  at('who').addEventListener('click', openPeople)
  at('attach').addEventListener('click', openAttach)
  at('shop-catalog').addEventListener('click', openCatalog)
  at('composer').addEventListener('submit', submit)
  text.addEventListener('input', showComposer)
  text.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    if (text.value.trim() !== '') submit(event)
  })
  document.addEventListener('visibilitychange', look)
  addEventListener('pagehide', () => look(true))
  chat.addEventListener('contextmenu', longPress)
  showComposer()
  listen({
    event: hear,
    opened: () => attempt(refresh),
    lost: () => {
      at('offline').textContent = say('reconnect')
      at('offline').hidden = false
    },
  })
}

async function refresh() {
  at('offline').hidden = true
  const { business, customers, catalog } = await load('state')
  Object.assign(state, { business, catalog })
  state.people = new Map(customers.map((person) => [person.id, person]))
  at('shop-name').textContent = business.name
  at('shop-avatar').textContent = initial(business.name)
  at('shop-catalog').hidden = catalog.length === 0
  document.title = business.name
  const wanted = state.activeId ?? sessionStorage.getItem('customer') ?? ''
  const chosen = state.people.has(wanted) ? wanted : (customers[0]?.id ?? null)
  await show(chosen)
}

async function show(customerId) {
  if (state.activeId !== null && state.activeId !== customerId) {
    await call(`customers/${state.activeId}/close`).catch(() => undefined)
  }
  state.activeId = customerId
  state.rows.clear()
  showWho()
  endTyping()
  state.heard = null
  if (customerId === null) return showEmpty()
  sessionStorage.setItem('customer', customerId)
  const heard = []
  state.heard = heard
  let messages = []
  try {
    messages = await load(`customers/${customerId}/messages`)
  } catch (error) {
    // What comes from now on is shown all the same.
    if (state.heard === heard) state.heard = null
    throw error
  }
  if (state.heard !== heard) return
  state.heard = null
  chat.replaceChildren()
  for (const message of [...messages, ...heard]) put(message)
  if (state.rows.size === 0) showEmpty()
  toBottom()
  look()
}

function hear(event) {
  if (event.kind === 'catalog') return attempt(refresh)
  if (event.customer !== undefined) {
    state.people.set(event.customer.id, event.customer)
    if (state.activeId === null) return attempt(() => show(event.customer.id))
    showWho()
  }
  if (event.kind === 'typing' && event.customerId === state.activeId) showTyping(event.forMs)
  if (event.kind === 'message' && event.message.customerId === state.activeId)
    receive(event.message)
}

function receive(message) {
  if (state.heard !== null) {
    state.heard.push(message)
    return
  }
  const isAtEnd = chat.scrollHeight - chat.scrollTop - chat.clientHeight < 160
  if (!put(message)) return
  if (!message.mine) endTyping()
  if (isAtEnd || message.mine) toBottom()
}

// What has not reached the phone is not shown on it.
function put(message) {
  const isHere = message.mine || ['delivered', 'read', 'played'].includes(message.status)
  if (!isHere) return false
  const row = bubble(message, act)
  const before = state.rows.get(message.id)
  state.rows.set(message.id, row)
  if (before !== undefined) {
    const focused = before.contains(document.activeElement)
    before.replaceWith(row)
    if (focused) row.querySelector('button')?.focus()
    return false
  }
  chat.querySelector('.empty')?.remove()
  chat.append(row)
  const typing = chat.querySelector('.typing')
  if (typing !== null) chat.append(typing)
  return true
}

function act(wish) {
  const { messageId } = wish
  switch (wish.kind) {
    case 'tap':
      return doIt('tap', { messageId, choiceId: wish.choiceId })
    case 'list':
      return listSheet(wish.message, (choiceId) =>
        doIt('choose', { messageId: wish.message.id, choiceId }),
      )
    case 'products':
      return productsSheet(wish.sections, (items) => doIt('cart', { items }))
    case 'reactions':
      return reactionSheet((emoji) => doIt('react', { messageId, emoji }))
    case 'react':
      return doIt('react', { messageId, emoji: wish.emoji })
    default:
      return doIt(wish.kind, { messageId })
  }
}

function doIt(name, body) {
  if (state.activeId === null) return openNew()
  return attempt(() => call(`customers/${state.activeId}/${name}`, body))
}

async function attempt(run) {
  try {
    await run()
    return true
  } catch (error) {
    at('toast').textContent = error.message
    at('toast').hidden = false
    setTimeout(() => (at('toast').hidden = true), 4000)
    return false
  }
}

async function submit(event) {
  event.preventDefault()
  const body = text.value.trim()
  if (body === '') return doIt('voice')
  if (state.activeId === null) return openNew()
  text.value = ''
  showComposer()
  text.focus()
  const isSent = await doIt('text', { text: body })
  if (isSent || text.value !== '') return
  text.value = body
  showComposer()
}

function showComposer() {
  const isEmpty = text.value.trim() === ''
  at('send').replaceChildren(icon(isEmpty ? 'mic' : 'send'))
  at('send').setAttribute('aria-label', say(isEmpty ? 'voice' : 'send'))
  text.rows = Math.min(5, text.value.split('\n').length)
}

function showWho() {
  const person = state.people.get(state.activeId)
  const name = person === undefined ? say('nobody') : say('you', { name: person.name })
  at('who').replaceChildren(h('span', { dir: 'auto' }, name), icon('down'))
  at('shop-note').textContent =
    person?.reachable === false ? say('off') : `+${state.business.number}`
  at('shop-note').dir = 'auto'
}

function showEmpty() {
  const start = h(
    'button',
    { type: 'button', class: 'primary', onclick: openNew },
    say('newPerson'),
  )
  chat.replaceChildren(
    h(
      'li',
      { class: 'empty' },
      h('b', {}, say('empty')),
      h('span', {}, say('emptyHint')),
      state.activeId === null ? start : undefined,
    ),
  )
}

function showTyping(forMs) {
  endTyping()
  at('shop-note').textContent = say('typing')
  const dots = h('span', { class: 'dots' }, h('i'), h('i'), h('i'))
  chat.append(h('li', { class: 'row theirs typing', 'aria-label': say('typing') }, dots))
  toBottom()
  typingTimer = setTimeout(endTyping, Math.max(0, Math.min(forMs, 25_000)))
}

function endTyping() {
  clearTimeout(typingTimer)
  chat.querySelector('.typing')?.remove()
  showWho()
}

function look(isLeaving) {
  if (state.activeId === null) return
  const isSeen = isLeaving !== true && document.visibilityState === 'visible'
  call(`customers/${state.activeId}/${isSeen ? 'open' : 'close'}`).catch(() => undefined)
}

function longPress(event) {
  const row = event.target.closest('.row[data-id]')
  if (row === null || event.target.closest('a, img') !== null) return
  event.preventDefault()
  act({ kind: 'reactions', messageId: row.dataset.id })
}

function openPeople() {
  const people = [...state.people.values()].sort((a, b) => b.lastAtMs - a.lastAtMs)
  peopleSheet({
    people,
    activeId: state.activeId,
    choose: (id) => attempt(() => show(id)),
    power: (id, on) => attempt(() => call(`customers/${id}/power`, { on })),
    add: openNew,
  })
}

function openNew() {
  const count = state.people.size
  const suggestion = {
    name: names[count % names.length],
    phone: `+1555010${String(100 + (count % 100)).padStart(4, '0')}`,
  }
  newPersonSheet({
    suggestion,
    async create(given) {
      const person = await call('customers', given)
      state.people.set(person.id, person)
      await show(person.id)
      text.focus()
    },
  })
}

function openAttach() {
  attachSheet([
    { icon: 'image', label: say('photo'), run: () => doIt('image') },
    { icon: 'folder', label: say('file'), run: pickFile },
    { icon: 'mic', label: say('note'), run: () => doIt('voice') },
    { icon: 'pin', label: say('place'), run: () => doIt('location') },
    { icon: 'cart', label: say('cart'), run: openCatalog },
  ])
}

function openCatalog() {
  productsSheet([{ title: '', items: state.catalog }], (items) => doIt('cart', { items }))
}

function pickFile() {
  const input = h('input', { type: 'file', accept: 'image/png,image/jpeg' })
  input.addEventListener('change', () => {
    const [file] = input.files
    if (file !== undefined && state.activeId !== null) {
      attempt(() => call(`customers/${state.activeId}/image`, file, file.type))
    }
  })
  input.click()
}

function toBottom() {
  chat.scrollTop = chat.scrollHeight
}

start()
