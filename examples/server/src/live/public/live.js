import { follow, read, whenSignedOut } from './api.js'
import { refreshConversations } from './conversations.js'
import { byId, el } from './dom.js'
import { refreshDead, refreshOrders, refreshSends } from './lists.js'
import { refreshStopped } from './stopped.js'
import { afterCommands, toast } from './toast.js'

const refreshers = {
  conversations: refreshConversations,
  orders: refreshOrders,
  sends: refreshSends,
  dead: refreshDead,
  stopped: refreshStopped,
}
const pollMs = 5_000
let timer
let isRunning = false
let isAskedAgain = false

async function refresh() {
  if (isRunning) {
    isAskedAgain = true
    return
  }
  isRunning = true
  await Promise.all(Object.keys(refreshers).map(refreshOne))
  isRunning = false
  if (isAskedAgain) {
    isAskedAgain = false
    await refresh()
  }
}

async function refreshOne(name) {
  try {
    const count = await refreshers[name]()
    const badge = document.querySelector(`[data-count="${name}"]`)
    if (badge === null) return
    badge.textContent = String(count)
    badge.hidden = count === 0
  } catch (error) {
    if (error.code === 'no_session')
      toast('This page is locked. Open the fresh link from the terminal.')
    else if (error.code !== 'offline') console.error(error)
  }
}

// Changes come in bursts; one refresh serves them all.
function refreshSoon() {
  clearTimeout(timer)
  timer = setTimeout(() => void refresh(), 60)
}

function showState(state) {
  const node = byId('connection')
  if (node.dataset.state === 'lost' && state === 'live') refreshSoon()
  node.dataset.state = state
  node.textContent = state === 'live' ? 'Live' : 'Reconnecting…'
}

function openTab(tab, focus) {
  for (const other of document.querySelectorAll('[role=tab]')) {
    const isChosen = other === tab
    other.setAttribute('aria-selected', String(isChosen))
    other.tabIndex = isChosen ? 0 : -1
    byId(other.getAttribute('aria-controls')).hidden = !isChosen
  }
  if (focus) tab.focus()
}

function wireTabs() {
  const tabs = [...document.querySelectorAll('[role=tab]')]
  for (const [at, tab] of tabs.entries()) {
    tab.addEventListener('click', () => openTab(tab, false))
    tab.addEventListener('keydown', (event) => {
      const steps = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }
      const next = steps[event.key]
      if (next === undefined) return
      event.preventDefault()
      openTab(tabs[(next + tabs.length) % tabs.length], true)
    })
  }
}

function wireSwitch() {
  const show = (view) => {
    document.body.dataset.view = view
    for (const button of document.querySelectorAll('[data-show]'))
      button.setAttribute('aria-pressed', String(button.dataset.show === view))
  }
  for (const button of document.querySelectorAll('[data-show]'))
    button.addEventListener('click', () => show(button.dataset.show))
  show('phone')
}

async function start() {
  whenSignedOut(() => location.assign('/sign-in'))
  wireTabs()
  wireSwitch()
  // A notice: nothing of the business waits for it.
  const { passkeyDays } = await read('/account/me').catch(() => ({}))
  if (passkeyDays === 0) return location.replace('/account')
  if (passkeyDays !== undefined) {
    byId('passkey').hidden = false
    byId('passkey-days').textContent = String(passkeyDays)
  }
  const summary = await read('/live/summary')
  document.body.dataset.may = Object.keys(summary.may)
    .filter((ability) => summary.may[ability])
    .join(' ')
  byId('business').textContent = summary.businessName
  document.title = `${summary.businessName} · AuronX live`
  if (summary.simulated.length > 0) {
    byId('banner').hidden = false
    byId('banner-short').textContent = summary.simulated.map((part) => part.label).join(' · ')
    byId('banner-list').append(...summary.simulated.map((part) => el('li', {}, part.detail)))
  }
  if (summary.phonePath)
    byId('phone').prepend(
      el('iframe', { src: summary.phonePath, title: 'Simulated WhatsApp phone' }),
    )
  else byId('phone').hidden = true
  afterCommands(refreshSoon)
  follow(refreshSoon, showState)
  setInterval(() => document.hidden || refreshSoon(), pollMs)
  await refresh()
}

start().catch((error) => toast(`The page could not start (${error.code ?? 'unknown'}).`))
