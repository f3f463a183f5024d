import { AuronxError } from '@auronx/sdk'
import type { OperatorRole } from '@auronx/sdk'
import { createOperatorEnrolment } from '@auronx/sdk/auth'
import type { OperatorInvited } from '@auronx/sdk/auth'
import { passkeysOf } from '../identity.ts'
import type { Command } from './command.ts'
import { readWords } from './command.ts'
import { onFloor } from './floor.ts'
import type { Floor } from './floor.ts'

const roles: readonly OperatorRole[] = ['support', 'privacy_officer']

const refusals = {
  has_account: 'This address signs in to a business; an operator needs an address of its own',
  disabled: 'The account of this address is closed: see account enable',
} as const

/** `operator create`: how the first of the platform's own people gets in, and any other. */
export const operatorCreate: Command = {
  usage: 'operator create <e-mail> --name <name> [--role support|privacy_officer]',
  purpose:
    'Makes an operator of the platform, and a link that makes a passkey, once, within ten minutes. Again for a lost passkey: the old one ends.',
  async run(call) {
    const { given, options } = readWords(call.words, { options: ['name', 'role'] })
    const [email, ...more] = given
    const name = options.get('name')
    const role = roles.find((one) => one === (options.get('role') ?? 'support'))
    if (email === undefined || name === undefined || role === undefined || more.length > 0)
      throw new AuronxError(
        'invalid_input',
        'An e-mail address, a name and a known role are needed',
      )
    return onFloor(call, async (floor) => {
      const invited = await invite(floor, { email, name, role })
      if (invited.kind === 'refused') {
        call.terminal.error(refusals[invited.reason])
        return 1
      }
      call.terminal.out(
        `Open within ten minutes, in the browser that keeps the passkey: ${invited.link}`,
      )
      return 0
    })
  },
}

async function invite(
  floor: Floor,
  asked: { readonly email: string; readonly name: string; readonly role: OperatorRole },
): Promise<Exclude<OperatorInvited, { kind: 'invited' }> | { kind: 'invited'; link: string }> {
  const { config, storage } = floor
  const publicUrl = config.publicUrl ?? `http://localhost:${config.port}`
  const { passkeys } = passkeysOf(publicUrl)
  if (passkeys === undefined)
    throw new AuronxError(
      'invalid_config',
      'AURONX_PUBLIC_URL: passkeys need a name, no IP address',
    )
  const enrolment = createOperatorEnrolment({ ...floor, identity: storage.identity, passkeys })
  const invited = await enrolment.invite({ ...asked, locale: config.locale })
  return invited.kind === 'refused'
    ? invited
    : { kind: 'invited', link: `${publicUrl}/operator#${invited.token}` }
}
