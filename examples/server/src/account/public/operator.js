import { command, read } from './api.js'
import { el } from './dom.js'
import { attempt, field, form, openFrame, show } from './frame.js'
import { enrolOperator, signInOperator } from './passkey.js'
import { texts } from './texts.js'

const words = texts.operator
openFrame(words.title)
// The token stands behind the #, which no server and no log sees; it leaves the address bar at once.
const token = /^#(axp_[0-9a-f]{64})$/.exec(location.hash)?.[1]
history.replaceState(null, '', location.pathname)
await (token === undefined ? attempt(draw) : drawEnrolment())

function drawEnrolment() {
  show(
    words.title,
    el('p', { class: 'soft' }, words.enrolIntro),
    form(
      async ({ name }) => {
        await enrolOperator(token, name)
        await draw()
      },
      field(texts.security.passkeyName, {
        name: 'name',
        required: true,
        maxlength: '120',
        dir: 'auto',
      }),
      el('button', { class: 'primary' }, texts.security.addPasskey),
    ),
  )
}

async function draw() {
  const me = await read('/operator/me')
  if (me.kind === 'nobody') return drawSignIn()
  const leave = async () => {
    await command('/operator/sign-out', {})
    drawSignIn()
  }
  show(
    words.title,
    el('p', {}, words.roles[me.role]),
    el('p', { class: 'soft', dir: 'ltr' }, me.permissions.join(', ')),
    el('button', { type: 'button', onclick: () => void attempt(leave) }, texts.signOut),
  )
}

function drawSignIn() {
  const enter = async () => {
    await signInOperator()
    await draw()
  }
  show(
    words.title,
    el('p', { class: 'soft' }, words.signInIntro),
    el(
      'button',
      { type: 'button', class: 'primary', onclick: () => void attempt(enter) },
      texts.signIn.passkey,
    ),
  )
}
