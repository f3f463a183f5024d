import { call, read } from './api.js'
import { byId, el, empty, left, tick, time } from './dom.js'
import { reasonOf } from './reasons.js'
import { attempt } from './toast.js'

const authors = {
  customer: 'Customer',
  menu: 'Menu',
  ai: 'Assistant',
  staff: 'You',
  phone: 'Colleague on the phone',
  system: 'System',
}
const owners = { ai: 'The menu answers', queue: 'Waiting for a person', human: 'A person answers' }
const progress = {
  queued: [0, 'waiting'],
  sending: [0, 'sending'],
  accepted: [1, 'accepted'],
  sent: [1, 'sent'],
  delivered: [2, 'delivered'],
  read: [2, 'read'],
  played: [2, 'played'],
  unknown: [0, 'not known yet'],
  parked: [0, 'parked'],
  failed: [0, 'failed'],
  discarded: [0, 'given up'],
}
let current
let goBack = () => {}
let isReading = false
let drawn = ''
const opened = new Set()
const drafts = new Map()

/** Shows a conversation; `byPerson` also marks it as read and moves the focus there. */
export async function openThread(id, byPerson, back) {
  current = id
  goBack = back
  drawn = ''
  isReading = byPerson
  await refreshThread()
  if (!byPerson) return
  byId('thread').querySelector('.thread-head')?.focus()
}

/** Loads the open conversation again, if there is one. */
export async function refreshThread() {
  if (current === undefined) return
  const asked = current
  const thread = await read(`/live/conversations/${asked}`)
  if (asked !== current) return
  drawThread(thread)
  // What a person has open and in sight counts as read.
  if (!isReading || document.hidden || thread.conversation.unread === 0) return
  const isRead = await call('POST', `/conversations/${asked}/read`).then(
    () => true,
    () => false,
  )
  // It has another version now, which a command on what is seen has to name.
  if (isRead) await refreshThread()
}

/** Draws a thread, or that none is chosen. */
export function drawThread(thread) {
  const place = byId('thread')
  if (thread === undefined) {
    place.replaceChildren(
      empty(
        'No conversation chosen',
        'Choose one to see its messages, who answers, and what happened to each message.',
      ),
    )
    return
  }
  const text = JSON.stringify(thread)
  const { conversation } = thread
  if (text === drawn) return updateWindow(conversation)
  drawn = text
  const log = place.querySelector('.log')
  const follows =
    !log ||
    log.dataset.id !== conversation.id ||
    log.scrollHeight - log.scrollTop - log.clientHeight < 80
  const kept = log?.scrollTop ?? 0
  const typing = place.querySelector('textarea') === document.activeElement
  place.replaceChildren(drawHead(conversation), drawLog(thread), drawComposer(conversation))
  const next = place.querySelector('.log')
  next.scrollTop = follows ? next.scrollHeight : kept
  if (typing) place.querySelector('textarea').focus()
}

function drawHead(conversation) {
  const { id, version } = conversation
  const act = (action, done, seen) => () =>
    attempt(() => call('POST', `/conversations/${id}/${action}`, seen), done)
  const isMine = conversation.owner === 'human'
  return el(
    'header',
    { class: 'thread-head', tabindex: '-1' },
    el(
      'button',
      { type: 'button', class: 'back', 'aria-label': 'Back to the list', onclick: () => goBack() },
      '‹',
    ),
    el(
      'div',
      { class: 'grow' },
      el('h2', { dir: 'auto' }, conversation.name),
      el(
        'p',
        { class: 'sub' },
        el('bdi', {}, conversation.handle),
        el('span', { class: `owner ${conversation.owner}` }, ownerText(conversation)),
        drawWindow(conversation),
      ),
    ),
    el(
      'div',
      { class: 'actions' },
      isMine
        ? el(
            'button',
            {
              type: 'button',
              'data-needs': 'assign',
              onclick: act('return-to-ai', 'The menu answers again.'),
            },
            'Give back',
          )
        : el(
            'button',
            {
              type: 'button',
              class: 'primary',
              'data-needs': 'assign',
              onclick: act('take-over', 'You answer now; the menu is silent.'),
            },
            'Take over',
          ),
      conversation.status === 'open'
        ? el(
            'button',
            {
              type: 'button',
              'data-needs': 'close',
              onclick: act('resolve', 'Resolved.', { version }),
            },
            'Resolve',
          )
        : null,
    ),
  )
}

function drawWindow(conversation) {
  const rest = conversation.windowExpiresAt ? left(conversation.windowExpiresAt) : undefined
  return el(
    'span',
    {
      class: `window ${rest ? '' : 'closed'}`,
      title: 'Free messages are possible for 24 hours after the customer’s last message.',
    },
    rest ? `window ${rest}` : 'window closed',
  )
}

function updateWindow(conversation) {
  byId('thread').querySelector('.window')?.replaceWith(drawWindow(conversation))
}

function drawLog({ conversation, messages }) {
  return el(
    'div',
    {
      class: 'log',
      role: 'log',
      tabindex: '0',
      'aria-label': 'Messages',
      'data-id': conversation.id,
    },
    messages.map(drawMessage),
  )
}

function ownerText({ status, assignee, owner }) {
  if (status === 'resolved') return 'Resolved'
  return assignee === 'phone' ? 'Answered from the business’ phone' : owners[owner]
}

function drawMessage(message) {
  const { bubble } = message
  const author = authors[message.author] ?? message.author
  return el(
    'article',
    { class: `message ${message.direction}`, 'aria-label': author },
    bubble.label ? el('p', { class: 'label' }, bubble.label) : null,
    bubble.text ? el('p', { class: 'text', dir: 'auto' }, bubble.text) : null,
    bubble.footer ? el('p', { class: 'foot', dir: 'auto' }, bubble.footer) : null,
    bubble.choices.length > 0 ? drawChoices(bubble.choices) : null,
    el(
      'p',
      { class: 'meta' },
      el('span', {}, author),
      time(message.at),
      message.sending ? drawSending(message.sending) : null,
    ),
    message.steps.length > 0 ? drawSteps(message) : null,
  )
}

function drawChoices(choices) {
  return el(
    'ul',
    { class: 'choices', 'aria-label': 'Choices' },
    choices.map((choice) => el('li', { dir: 'auto' }, choice)),
  )
}

function drawSending({ state, delivery, errorCode }) {
  const isAlarm = ['parked', 'failed', 'unknown'].includes(state)
  const shown = isAlarm ? state : (delivery ?? state)
  return el(
    'span',
    { class: `ticks ${shown} ${isAlarm ? 'alarm' : ''}` },
    drawProgress(shown),
    errorCode ? ` · ${reasonOf(errorCode)}` : null,
  )
}

function drawProgress(state) {
  const [count, text] = progress[state] ?? [0, state]
  return count === 0 ? [text] : [tick(count), text]
}

function drawSteps(message) {
  const details = el(
    'details',
    {
      class: 'steps',
      open: opened.has(message.id),
      ontoggle: () => (details.open ? opened.add(message.id) : opened.delete(message.id)),
    },
    el('summary', {}, 'What happened'),
    el(
      'ol',
      {},
      message.steps.map((step) =>
        el(
          'li',
          {},
          el('b', {}, step.step),
          ` ${step.outcome}`,
          step.detail ? el('small', {}, ` ${step.detail}`) : null,
        ),
      ),
    ),
  )
  return details
}

function drawComposer(conversation) {
  const isOpen = conversation.windowExpiresAt && left(conversation.windowExpiresAt)
  if (conversation.owner !== 'human' || !isOpen || conversation.status !== 'open') {
    const hint =
      conversation.owner === 'human'
        ? 'The 24-hour window is closed: the customer has to write first.'
        : 'Take the conversation over to answer yourself.'
    return el('p', { class: 'composer hint', 'data-needs': 'reply' }, hint)
  }
  const input = el('textarea', {
    rows: '1',
    dir: 'auto',
    maxlength: '4096',
    placeholder: 'Answer the customer',
    'aria-label': 'Answer the customer',
  })
  input.value = drafts.get(conversation.id) ?? ''
  const send = async () => {
    const body = input.value.trim()
    if (body === '') return
    input.value = ''
    drafts.delete(conversation.id)
    const isSent = await attempt(() =>
      call('POST', `/conversations/${conversation.id}/messages`, { body: { text: { body } } }),
    )
    if (!isSent) drafts.set(conversation.id, (input.value = body))
    input.focus()
  }
  input.addEventListener('input', () => drafts.set(conversation.id, input.value))
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    void send()
  })
  return el(
    'form',
    {
      class: 'composer',
      'data-needs': 'reply',
      onsubmit: (event) => {
        event.preventDefault()
        void send()
      },
    },
    input,
    el('button', { class: 'primary' }, 'Send'),
  )
}
