import { call } from './api.js'
import { el } from './dom.js'
import { attempt, field, form, say, sentence, show, signedInFrame, sure } from './frame.js'
import { withProof } from './step-up.js'
import { moment, texts } from './texts.js'

const words = texts.keys
const dayMs = 86_400_000
const me = await signedInFrame(words.title)
let shown
await attempt(draw)

async function draw() {
  if (!me.permissions.includes('apikey:manage')) {
    return show(words.title, el('p', { class: 'empty' }, texts.errors.not_permitted))
  }
  const [{ data: items }, { mayGrant }] = await Promise.all([
    call('GET', '/api-keys'),
    call('GET', '/me'),
  ])
  show(
    words.title,
    el('p', { class: 'soft' }, words.intro),
    shown === undefined ? null : drawOnce(shown),
    items.length === 0
      ? el('p', { class: 'empty' }, words.none)
      : el('ul', { class: 'rows' }, items.map(drawKey)),
    drawCreate(mayGrant.scopes),
  )
  shown = undefined
}

function drawOnce(text) {
  const copy = async () => {
    await navigator.clipboard.writeText(text)
    say(words.copied)
  }
  return el(
    'aside',
    { class: 'demo', role: 'status' },
    el('p', {}, el('strong', {}, words.once)),
    el('p', { class: 'link', dir: 'ltr' }, el('code', {}, text)),
    el('button', { type: 'button', onclick: () => void attempt(copy) }, words.copy),
  )
}

function stateOf({ revokedAt, expiresAt }) {
  if (revokedAt !== undefined) return words.revoked
  return new Date(expiresAt) < new Date() ? words.expired : undefined
}

function drawKey(key) {
  const { id, name, scopes, expiresAt, lastUsedAt } = key
  const state = stateOf(key)
  const used =
    lastUsedAt === undefined ? words.never : sentence(words.used, { time: moment(lastUsedAt) })
  const until = sentence(words.until, { time: moment(expiresAt) })
  return el(
    'li',
    {},
    el(
      'div',
      { class: 'grow' },
      el('strong', { dir: 'auto' }, name),
      state === undefined ? null : el('span', { class: 'tag alarm' }, state),
      el('p', { class: 'soft' }, el('code', { dir: 'ltr' }, id), ` · ${until} · ${used}`),
      el('p', { class: 'soft', dir: 'ltr' }, scopes.join(', ')),
    ),
    state === undefined
      ? el(
          'div',
          { class: 'row' },
          el(
            'button',
            {
              type: 'button',
              'aria-label': `${words.rotate}: ${name}`,
              onclick: () => void attempt(() => make(() => call('POST', `/api-keys/${id}/rotate`))),
            },
            words.rotate,
          ),
          el(
            'button',
            {
              type: 'button',
              class: 'danger',
              'aria-label': `${words.revoke}: ${name}`,
              onclick: sure(sentence(words.sure, { name }), () =>
                attempt(() => revoke(id), words.revokedNow),
              ),
            },
            words.revoke,
          ),
        )
      : null,
  )
}

async function make(act) {
  const made = await withProof(me, act)
  shown = made.text
  await draw()
}

async function revoke(id) {
  await call('DELETE', `/api-keys/${id}`)
  await draw()
}

function drawCreate(scopes) {
  return el(
    'section',
    {},
    el('h2', {}, words.create),
    form(
      async ({ name, days }, node) => {
        const chosen = new FormData(node).getAll('scopes')
        if (chosen.length === 0) throw Object.assign(new Error('scopes'), { code: 'no_scopes' })
        const expiresAt = new Date(Date.now() + Number(days) * dayMs).toISOString()
        const body = { name, scopes: chosen, expiresAt }
        await make(() => call('POST', '/api-keys', { body }))
      },
      field(words.name, { name: 'name', required: true, maxlength: '120', dir: 'auto' }),
      field(words.days, {
        name: 'days',
        type: 'number',
        min: '1',
        max: '365',
        value: '90',
        required: true,
        dir: 'ltr',
      }),
      el(
        'fieldset',
        {},
        el('legend', {}, words.scopes),
        el(
          'div',
          { class: 'checks', dir: 'ltr' },
          scopes.map((scope) =>
            el(
              'label',
              { class: 'check' },
              el('input', { type: 'checkbox', name: 'scopes', value: scope }),
              el('span', {}, scope),
            ),
          ),
        ),
      ),
      el('button', { class: 'primary' }, words.create),
    ),
  )
}
