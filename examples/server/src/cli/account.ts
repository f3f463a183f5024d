import { AuronxError } from '@auronx/sdk'
import { createPeople } from '@auronx/sdk/auth'
import type { People } from '@auronx/sdk/auth'
import type { Command } from './command.ts'
import { readWords } from './command.ts'
import { onFloor } from './floor.ts'

/** `account disable`: for an account that somebody else got into, of a business or of the platform. */
export const accountDisable: Command = {
  usage: 'account disable <e-mail>',
  purpose:
    'Closes the account of an address: its sessions and keys end with their next request, its passkeys are deleted.',
  async run(call) {
    return onAccount(call, async (people, email) => {
      const ended = await people.disable(email)
      return ended === undefined
        ? undefined
        : `closed; ${ended} sessions ended, with its keys and passkeys`
    })
  },
}

/** `account enable`: opens it again. */
export const accountEnable: Command = {
  usage: 'account enable <e-mail>',
  purpose: 'Opens a closed account again.',
  async run(call) {
    return onAccount(call, async (people, email) =>
      (await people.enable(email)) ? 'open again' : undefined,
    )
  },
}

function onAccount(
  call: Parameters<Command['run']>[0],
  act: (people: People, email: string) => Promise<string | undefined>,
): Promise<number> {
  const [email, ...more] = readWords(call.words, {}).given
  if (email === undefined || more.length > 0)
    throw new AuronxError('invalid_input', 'Name one e-mail address')
  return onFloor(call, async ({ storage, clock, random }) => {
    const said = await act(createPeople({ ...storage, clock, random }), email)
    if (said === undefined) call.terminal.error('There is no account of this address')
    else call.terminal.out(said)
    return said === undefined ? 1 : 0
  })
}
