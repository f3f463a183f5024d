import { command, read } from './api.js'
import { el } from './dom.js'
import {
  attempt,
  field,
  form,
  hasPasskeyNow,
  say,
  sentence,
  show,
  signedInFrame,
  sure,
} from './frame.js'
import { addPasskey } from './passkey.js'
import { withProof } from './step-up.js'
import { moment, texts } from './texts.js'

const words = texts.security
const me = await signedInFrame(words.title)
await attempt(draw)

async function draw() {
  const [sessions, passkeys, usage] = await Promise.all([
    read('/account/sessions'),
    read('/account/passkeys'),
    read('/account/usage/'),
  ])
  show(
    words.title,
    el(
      'p',
      { class: 'soft' },
      el('bdi', {}, me.name),
      ' · ',
      el('bdi', {}, me.email),
      ` · ${texts.roles[me.role]}`,
    ),
    el(
      'section',
      {},
      el('h2', {}, words.sessions),
      el('ul', { class: 'rows' }, sessions.items.map(drawSession)),
      everywhere(),
    ),
    me.hasPasskeys ? drawPasskeys(passkeys.items) : null,
    drawUsage(usage),
  )
}

function drawSession({ id, device, createdAt, isThis }) {
  return el(
    'li',
    {},
    el(
      'div',
      { class: 'grow' },
      el('strong', {}, device === 'one-time-link' ? words.oneTimeLink : (device ?? '?')),
      isThis ? el('span', { class: 'tag' }, words.thisOne) : null,
      el('p', { class: 'soft' }, sentence(words.since, { time: moment(createdAt) })),
    ),
    isThis
      ? null
      : el(
          'button',
          {
            type: 'button',
            onclick: () =>
              void attempt(async () => {
                await command('/account/sessions/end', { id })
                await draw()
              }, words.ended),
          },
          words.end,
        ),
  )
}

function everywhere() {
  return el(
    'button',
    {
      type: 'button',
      class: 'danger',
      onclick: () =>
        void attempt(async () => {
          await command('/auth/sign-out-everywhere', {})
          location.replace('/sign-in')
        }),
    },
    words.everywhere,
  )
}

function drawPasskeys(passkeys) {
  return el(
    'section',
    {},
    el('h2', {}, words.passkeys),
    el('p', { class: 'soft' }, words.passkeysIntro),
    passkeys.length === 0
      ? el('p', { class: 'empty' }, words.noPasskeys)
      : el('ul', { class: 'rows' }, passkeys.map(drawPasskey)),
    form(
      async ({ name }) => {
        await withProof(me, () => addPasskey(name))
        hasPasskeyNow()
        await draw()
        say(words.added)
      },
      field(words.passkeyName, { name: 'name', required: true, maxlength: '120', dir: 'auto' }),
      el('button', { class: 'primary' }, words.addPasskey),
    ),
  )
}

function drawPasskey({ id, name, lastUsedAt }) {
  const used =
    lastUsedAt === undefined ? words.never : sentence(words.used, { time: moment(lastUsedAt) })
  const remove = async () => {
    await withProof(me, () => command('/account/passkeys/remove', { id }))
    await draw()
  }
  return el(
    'li',
    {},
    el(
      'div',
      { class: 'grow' },
      el('strong', { dir: 'auto' }, name),
      el('p', { class: 'soft' }, used),
    ),
    el(
      'button',
      {
        type: 'button',
        'aria-label': `${words.remove}: ${name}`,
        onclick: sure(`${words.remove}: ${name}?`, () => attempt(remove, words.removed)),
      },
      words.remove,
    ),
  )
}

function drawUsage({ isObjected }) {
  const box = el('input', {
    type: 'checkbox',
    id: 'usage',
    checked: isObjected,
    onchange: () =>
      void attempt(
        () => command('/account/usage/objection', { isObjected: box.checked }),
        words.usageSaved,
      ),
  })
  return el(
    'section',
    {},
    el('h2', {}, words.usage),
    el('p', { class: 'soft' }, words.usageIntro),
    el('div', { class: 'check' }, box, el('label', { for: 'usage' }, words.usageObject)),
  )
}
