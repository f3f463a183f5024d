import { call } from './api.js'
import { el } from './dom.js'
import { attempt, field, form, say, sentence, show, signedInFrame, sure } from './frame.js'
import { texts } from './texts.js'

const words = texts.numbers
const me = await signedInFrame(words.title)
await attempt(draw)

async function draw() {
  const { data: items, webhookUrl } = await call('GET', '/channels')
  const mayChange = me.permissions.includes('channel:write')
  show(
    words.title,
    items.length === 0
      ? el('p', { class: 'empty' }, words.none)
      : el(
          'ul',
          { class: 'rows' },
          items.map((item) => drawNumber(item, mayChange)),
        ),
    mayChange ? drawConnect(webhookUrl) : null,
  )
}

function drawNumber({ id, displayPhoneNumber, phoneNumberId, status, stoppedReason }, mayChange) {
  const number = `+${displayPhoneNumber.replace(/^\+/, '')}`
  const check = async () => {
    const { status: there = '?', quality = '?' } = await call('GET', `/channels/${id}/health`)
    say(sentence(words.good, { status: there, quality }))
  }
  const disconnect = async () => {
    const { left } = await call('POST', `/channels/${id}/disconnect`)
    await draw()
    say(
      [words.done, ...left.map((one) => one.words)].join(' '),
      left.length === 0 ? 'good' : 'error',
    )
  }
  return el(
    'li',
    {},
    el(
      'div',
      { class: 'grow' },
      el('strong', { dir: 'ltr' }, number),
      status === 'active'
        ? el('span', { class: 'tag' }, words.active)
        : el('span', { class: 'tag alarm' }, words.stopped),
      el(
        'p',
        { class: 'soft' },
        el('bdi', {}, [phoneNumberId, stoppedReason].filter(Boolean).join(' · ')),
      ),
    ),
    mayChange
      ? el(
          'div',
          { class: 'row' },
          el(
            'button',
            {
              type: 'button',
              'aria-label': `${words.check}: ${number}`,
              onclick: () => void attempt(check),
            },
            words.check,
          ),
          el(
            'button',
            {
              type: 'button',
              class: 'danger',
              'aria-label': `${words.disconnect}: ${number}`,
              onclick: sure(sentence(words.sure, { number }), () => attempt(disconnect)),
            },
            words.disconnect,
          ),
        )
      : null,
  )
}

function drawConnect(webhookUrl) {
  const { phoneNumberId, businessAccountId, appId, accessToken, appSecret, verifyToken, pin } =
    words.fields
  const digits = {
    inputmode: 'numeric',
    required: true,
    maxlength: '32',
    dir: 'ltr',
    autocomplete: 'off',
  }
  const secret = {
    type: 'password',
    required: true,
    maxlength: '1000',
    dir: 'ltr',
    autocomplete: 'off',
  }
  return el(
    'section',
    {},
    el('h2', {}, words.connect),
    el('p', { class: 'soft' }, words.connectIntro),
    el('p', { class: 'soft' }, words.webhook, ' ', el('code', { dir: 'ltr' }, webhookUrl)),
    form(
      async ({ pin: six, ...rest }) => {
        const body = { ...rest, ...(six === '' ? {} : { pin: six }) }
        await call('POST', '/channels', { body })
        await draw()
        say(words.connected)
      },
      field(phoneNumberId, { name: 'phoneNumberId', ...digits }),
      field(businessAccountId, { name: 'businessAccountId', ...digits }),
      field(appId, { name: 'appId', ...digits }),
      field(accessToken, { name: 'accessToken', ...secret }),
      field(appSecret, { name: 'appSecret', ...secret }),
      field(verifyToken, { name: 'verifyToken', ...secret }),
      field(pin, { name: 'pin', ...secret, required: false, inputmode: 'numeric', maxlength: '6' }),
      el('button', { class: 'primary' }, words.go),
    ),
  )
}
