import { startAuthentication, startRegistration } from './passkeys/index.js'
import { command } from './api.js'
import { language } from './texts.js'

/** Signs in with a passkey; returns where the person may go. */
export async function signInWithPasskey() {
  const { options } = await command('/auth/passkey/begin', { locale: language })
  const response = await ceremony(() => startAuthentication({ optionsJSON: options }))
  return command('/auth/passkey/verify', { response })
}

/** Adds a passkey to who is signed in. */
export async function addPasskey(name) {
  const { options } = await command('/account/passkeys/begin', {})
  const response = await ceremony(() => startRegistration({ optionsJSON: options }))
  return command('/account/passkeys/add', { name, response })
}

/** Makes the passkey that an operator's one-time token is good for. */
export async function enrolOperator(token, name) {
  const { options } = await command('/operator/enrol/begin', { token })
  const response = await ceremony(() => startRegistration({ optionsJSON: options }))
  return command('/operator/enrol', { token, name, response })
}

/** Signs an operator in. */
export async function signInOperator() {
  const { options } = await command('/operator/sign-in/begin', { locale: language })
  const response = await ceremony(() => startAuthentication({ optionsJSON: options }))
  return command('/operator/sign-in', { response })
}

async function ceremony(run) {
  try {
    return await run()
  } catch (error) {
    throw Object.assign(new Error('passkey', { cause: error }), { code: 'cancelled' })
  }
}
