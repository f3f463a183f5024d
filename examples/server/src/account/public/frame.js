import { command, read, whenSignedOut } from './api.js'
import { byId, el } from './dom.js'
import { fill, language, languages, texts, wordsFor } from './texts.js'

const places = {
  '/': 'live',
  '/team': 'team',
  '/numbers': 'numbers',
  '/keys': 'keys',
  '/account': 'account',
}

/** Draws the top of a page for who is not signed in. */
export function openFrame(title) {
  document.title = `${title} · AuronX`
  byId('top').replaceChildren(brand('AuronX'), chooseLanguage())
}

/** Draws the top of a page for who is signed in, and returns who that is. Others are led to the sign-in page. */
export async function signedInFrame(title) {
  whenSignedOut(() => location.replace(`/sign-in?next=${document.body.dataset.page}`))
  const me = await read('/account/me')
  document.title = `${title} · ${me.business}`
  if (me.passkeyDays === 0 && location.pathname !== '/account') {
    location.replace('/account')
    return new Promise(() => undefined)
  }
  const links = Object.entries(places).map(([path, name]) =>
    el(
      'a',
      { href: path, 'aria-current': path === location.pathname ? 'page' : false },
      texts.nav[name],
    ),
  )
  byId('top').replaceChildren(
    brand(me.business),
    el('nav', { 'aria-label': texts.nav.label }, links),
    chooseLanguage(),
    el('button', { type: 'button', onclick: () => void signOut() }, texts.signOut),
  )
  passkeyDays = me.passkeyDays
  return me
}

let passkeyDays

/** Takes the note about a missing passkey away. */
export function hasPasskeyNow() {
  passkeyDays = undefined
}

function passkeyNote() {
  if (passkeyDays === undefined) return null
  const { passkeyDue, passkeyNow } = texts.security
  const text = passkeyDays === 0 ? passkeyNow : sentence(passkeyDue, { days: passkeyDays })
  return el('aside', { class: 'demo', role: 'status' }, el('a', { href: '/account' }, text))
}

/** Fills the page below its heading. */
export function show(title, ...children) {
  const shown = [passkeyNote(), ...children].filter(
    (child) => child !== null && child !== undefined,
  )
  const main = byId('main')
  const isNext = main.contains(document.activeElement)
  main.replaceChildren(el('h1', {}, title), ...shown)
  // What had the focus is gone: the next step begins at its heading, also for who does not see it.
  if (isNext) main.focus({ preventScroll: true })
}

/** Says something for a while; problems as long as they are not dismissed. */
export function say(text, kind = 'good') {
  const close = el(
    'button',
    { type: 'button', 'aria-label': texts.cancel, onclick: () => node.remove() },
    '×',
  )
  const node = el('div', { class: `toast ${kind}` }, el('span', {}, text), close)
  // What is modal hides everything else, also from screen readers.
  const place = document.querySelector('dialog[open] .toasts') ?? byId('toasts')
  place.replaceChildren(node)
  if (kind === 'good') setTimeout(() => node.remove(), 8_000)
}

/** Runs what a person asked for and says what went wrong, if anything. Returns whether it was done. */
export async function attempt(act, done) {
  byId('toasts').replaceChildren()
  try {
    await act()
    if (done) say(done)
    return true
  } catch (error) {
    say(wordsFor(error), 'error')
    return false
  }
}

/** A field with its label. */
export function field(label, attributes, hint) {
  const id = `field-${attributes.name}`
  const described = hint === undefined ? false : `${id}-hint`
  return el(
    'div',
    { class: 'field' },
    el('label', { for: id }, label),
    el('input', { id, 'aria-describedby': described, ...attributes }),
    hint === undefined ? null : el('p', { id: described, class: 'soft' }, hint),
  )
}

/** A form that runs `act` with its values, one at a time. */
export function form(act, ...children) {
  let isRunning = false
  return el(
    'form',
    {
      onsubmit: (event) => {
        event.preventDefault()
        if (isRunning) return
        isRunning = true
        const node = event.currentTarget
        node.setAttribute('aria-busy', 'true')
        const values = Object.fromEntries(new FormData(node))
        void attempt(() => act(values, node)).finally(() => {
          isRunning = false
          node.removeAttribute('aria-busy')
        })
      },
    },
    ...children,
  )
}

/** Asks before something that cannot be taken back. */
export function sure(text, act) {
  return () => {
    const close = () => dialog.remove()
    const dialog = el(
      'dialog',
      { class: 'dialog', 'aria-label': text, onclose: close },
      el('p', {}, text),
      el(
        'div',
        { class: 'row' },
        el('button', { type: 'button', onclick: () => dialog.close() }, texts.cancel),
        el(
          'button',
          {
            type: 'button',
            class: 'danger',
            onclick: () => {
              dialog.close()
              void act()
            },
          },
          'OK',
        ),
      ),
    )
    document.body.append(dialog)
    dialog.showModal()
  }
}

/** A note that this is a demonstration, with what would have been mailed. */
export function demoNote(text, ...children) {
  return el(
    'aside',
    { class: 'demo' },
    el('strong', {}, texts.demo),
    el('p', {}, text),
    ...children,
  )
}

/** A text that is filled in, with its values kept apart from the direction of the text around them. */
export function sentence(text, values) {
  const isolated = Object.entries(values).map(([name, value]) => [name, `\u2068${value}\u2069`])
  return fill(text, Object.fromEntries(isolated))
}

function brand(name) {
  return el(
    'a',
    { href: '/', class: 'brand' },
    el('img', { src: '/icon.svg', alt: '', width: '28', height: '28' }),
    el('bdi', {}, name),
  )
}

function chooseLanguage() {
  const select = el(
    'select',
    {
      'aria-label': texts.language,
      onchange: () => {
        document.cookie = `auronx_language=${select.value}; Path=/; Max-Age=31536000; SameSite=Lax`
        location.reload()
      },
    },
    Object.entries(languages).map(([code, name]) =>
      el('option', { value: code, lang: code, selected: code === language }, name),
    ),
  )
  return select
}

async function signOut() {
  await attempt(() => command('/auth/sign-out', {}))
  location.replace('/sign-in')
}
