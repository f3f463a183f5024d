import { command } from './api.js'
import { el } from './dom.js'
import { demoNote, field, form, openFrame, sentence, show } from './frame.js'
import { signInWithPasskey } from './passkey.js'
import { language, texts } from './texts.js'

const { page, demo } = document.body.dataset
const isDemo = demo === 'true'
const pages = ['account', 'team', 'numbers', 'keys']
const titles = {
  'sign-in': texts.signIn.title,
  'sign-up': texts.signUp.title,
  invitation: texts.invitation.title,
}
// What a mailed link carries stands behind the #, which no server sees, and leaves the address bar at once.
const carried = decodeURIComponent(location.hash.slice(1))
history.replaceState(null, '', location.pathname + location.search)

openFrame(titles[page])
start()

function start() {
  if (page === 'invitation' && !/^axi_[0-9a-f]{64}$/.test(carried))
    return show(titles[page], el('p', { role: 'alert' }, texts.invitation.missing))
  if (page === 'sign-in' && /^[2-9A-Z]{4}-?[2-9A-Z]{4}$/i.test(carried))
    return askCode({ code: carried })
  askAddress()
}

function askAddress() {
  const intro = {
    'sign-in': texts.signIn.intro,
    'sign-up': texts.signUp.intro,
    invitation: texts.invitation.intro,
  }[page]
  show(
    titles[page],
    el('p', { class: 'soft' }, intro),
    form(
      async ({ email }) => {
        const asked = await command('/auth/code', { email, locale: language })
        askCode({ email, demoCode: asked.demoCode })
      },
      field(texts.signIn.email, {
        name: 'email',
        type: 'email',
        autocomplete: 'username webauthn',
        required: true,
        maxlength: '254',
        dir: 'ltr',
      }),
      el('button', { class: 'primary' }, texts.signIn.send),
    ),
    page === 'sign-in' && globalThis.PublicKeyCredential !== undefined ? passkeyButton() : null,
    otherWay(),
    isDemo && page === 'sign-in' ? demoNote(texts.demoOwner) : null,
  )
}

function passkeyButton() {
  return form(async () => goOn(await signInWithPasskey()), el('button', {}, texts.signIn.passkey))
}

function otherWay() {
  if (page === 'invitation') return null
  const [text, link, path] =
    page === 'sign-in'
      ? [texts.signIn.newHere, texts.signIn.signUp, '/sign-up']
      : [texts.signUp.have, texts.signIn.title, '/sign-in']
  return el('p', {}, `${text} `, el('a', { href: path }, link))
}

function askCode({ email, code, demoCode }) {
  const intro = email === undefined ? texts.code.fromLink : sentence(texts.code.sentTo, { email })
  show(
    texts.code.title,
    el('p', { class: 'soft' }, intro),
    demoCode === undefined
      ? null
      : demoNote(texts.demoCode, el('p', { class: 'code', dir: 'ltr' }, demoCode)),
    form(
      (values) => giveCode(values.code),
      field(texts.code.label, {
        name: 'code',
        autocomplete: 'one-time-code',
        autocapitalize: 'characters',
        spellcheck: 'false',
        required: true,
        maxlength: '12',
        dir: 'ltr',
        class: 'code',
        value: code,
      }),
      el('button', { class: 'primary' }, texts.code.go),
    ),
    el('p', {}, el('a', { href: location.pathname, onclick: again }, texts.code.again)),
  )
  document.querySelector('#field-code').focus()
}

function again(event) {
  event.preventDefault()
  askAddress()
}

async function giveCode(code) {
  try {
    goOn(await command('/auth/code/verify', { code }))
  } catch (error) {
    if (error.code !== 'other_browser') throw error
    show(
      texts.code.title,
      el('p', { role: 'alert' }, texts.code.elsewhere),
      el('p', { class: 'code big', dir: 'ltr' }, code),
    )
  }
}

function goOn({ places, isKnown }) {
  if (page === 'invitation') return askName()
  if (page === 'sign-up') return askBusiness(undefined)
  if (!isKnown || places.length === 0) return askBusiness(texts.signUp.noBusiness)
  if (places.length === 1) return enterPlace(places[0])
  show(
    texts.choose.title,
    el('p', { class: 'soft' }, texts.choose.intro),
    el(
      'ul',
      { class: 'choices' },
      places.map((place) =>
        el(
          'li',
          {},
          form(
            () => enterPlace(place),
            el(
              'button',
              {},
              el('bdi', {}, place.name),
              el('span', { class: 'soft' }, texts.roles[place.role]),
            ),
          ),
        ),
      ),
    ),
  )
}

async function enterPlace({ tenantId }) {
  await command('/auth/enter', { tenantId })
  enter()
}

function enter() {
  const wanted = new URLSearchParams(location.search).get('next')
  location.replace(pages.includes(wanted) ? `/${wanted}` : '/')
}

function askName() {
  show(
    titles.invitation,
    form(
      async ({ name }) => {
        await command('/auth/invitation', { token: carried, name, locale: language })
        enter()
      },
      field(texts.invitation.name, nameField),
      el('button', { class: 'primary' }, texts.invitation.join),
    ),
  )
}

const nameField = {
  name: 'name',
  autocomplete: 'name',
  required: true,
  maxlength: '120',
  dir: 'auto',
}

function askBusiness(hint) {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
  const zones = el(
    'datalist',
    { id: 'zones' },
    Intl.supportedValuesOf('timeZone').map((zone) => el('option', { value: zone })),
  )
  const currencies = el(
    'datalist',
    { id: 'currencies' },
    Intl.supportedValuesOf('currency').map((code) => el('option', { value: code })),
  )
  show(
    texts.signUp.details,
    hint === undefined ? null : el('p', { class: 'soft' }, hint),
    form(
      async ({ phone, currency, ...rest }) => {
        await command('/auth/sign-up', {
          ...rest,
          currency: currency.toUpperCase(),
          locale: language,
          ...(phone.trim() === '' ? {} : { phone }),
        })
        enter()
      },
      field(texts.signUp.name, nameField),
      field(texts.signUp.company, {
        name: 'company',
        autocomplete: 'organization',
        required: true,
        maxlength: '120',
        dir: 'auto',
      }),
      field(texts.signUp.phone, { name: 'phone', type: 'tel', autocomplete: 'tel', dir: 'ltr' }),
      field(texts.signUp.timeZone, {
        name: 'timeZone',
        list: 'zones',
        required: true,
        value: timeZone ?? 'UTC',
        dir: 'ltr',
      }),
      zones,
      field(texts.signUp.currency, {
        name: 'currency',
        list: 'currencies',
        required: true,
        maxlength: '3',
        value: 'EUR',
        dir: 'ltr',
      }),
      currencies,
      el('button', { class: 'primary' }, texts.signUp.create),
    ),
  )
}
