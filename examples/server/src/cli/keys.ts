import { AuronxError } from '@auronx/sdk'
import type { KeyStatus } from '@auronx/sdk'
import { createKeyRing, signingKeyMs } from '@auronx/sdk/auth'
import type { KeyRing, SigningKey } from '@auronx/sdk/auth'
import type { Command, Terminal } from './command.ts'
import { readWords } from './command.ts'
import { onFloor } from './floor.ts'
import type { Floor } from './floor.ts'

/** `keys status`: where every key stands. */
export const keysStatus: Command = {
  usage: 'keys status',
  purpose: 'Shows which root keys are needed, how old the signing keys are, and what waits.',
  async run(call) {
    readWords(call.words, {})
    return onFloor(call, async (floor) => {
      sayRoots(call.terminal, await floor.vault.upkeep.status())
      const keys = await floor.storage.identity.run(({ signingKeys }) => signingKeys.list())
      for (const key of keys) call.terminal.out(signingLine(key, floor.clock.now()))
      return 0
    })
  },
}

/** `keys rotate`: what the server does once a day, now. */
export const keysRotate: Command = {
  usage: 'keys rotate [--renew]',
  purpose:
    'Moves everything under the newest root key and signing keys on when they are due; --renew gives every business a new key.',
  async run(call) {
    const { options } = readWords(call.words, { flags: ['renew'] })
    return onFloor(call, async (floor) => {
      const { upkeep } = floor.vault
      const age = options.has('renew') ? { olderThanMs: 0 } : {}
      const done = await upkeep.keep(call.signal, age)
      await ringOf(floor).rotate()
      const { rewrapped, renewed, resealed, destroyed, failed } = done
      call.terminal.out(
        `${rewrapped} keys wrapped under the newest root key, ${renewed} made, ${resealed} values sealed anew, ${destroyed} old keys destroyed`,
      )
      sayRoots(call.terminal, await upkeep.status())
      if (failed > 0) call.terminal.error(`${failed} do not open and were left as they are`)
      return failed > 0 || call.signal.aborted ? 1 : 0
    })
  },
}

/** `keys revoke`: for a signing key that somebody else may have. */
export const keysRevoke: Command = {
  usage: 'keys revoke <signing key>',
  purpose: 'Ends a signing key at once: every token of it is refused from the next request on.',
  async run(call) {
    const [kid, ...more] = readWords(call.words, {}).given
    if (kid === undefined || more.length > 0)
      throw new AuronxError('invalid_input', 'Name one signing key, as keys status shows them')
    return onFloor(call, async (floor) => {
      const keys = await floor.storage.identity.run(({ signingKeys }) => signingKeys.list())
      if (!keys.some((key) => key.kid === kid)) {
        call.terminal.error('There is no such signing key; keys status shows them')
        return 1
      }
      await ringOf(floor).revoke(kid)
      call.terminal.out(`${kid} is gone; another key signs`)
      return 0
    })
  },
}

function ringOf({ storage, vault, clock }: Floor): KeyRing {
  return createKeyRing({ identity: storage.identity, sealer: vault.sealer, clock })
}

function sayRoots(terminal: Terminal, { newestRoot, roots, scopes, retired }: KeyStatus): void {
  for (const { version, keys } of roots) {
    const isFree = keys === 0 && version !== newestRoot
    const what = isFree ? 'needed by nothing; take it away' : `needed by ${keys} keys`
    terminal.out(`root key ${version}${version === newestRoot ? ' (newest)' : ''}: ${what}`)
  }
  terminal.out(
    `${scopes} businesses and platform have keys; ${retired} retired keys wait to be destroyed, two minutes at least`,
  )
}

function signingLine({ kid, state, since }: SigningKey, now: Date): string {
  const days = Math.floor((now.getTime() - since.getTime()) / 86_400_000)
  const due = state === 'active' ? `, due after ${signingKeyMs / 86_400_000}` : ''
  return `signing key ${kid}: ${state} for ${days} days${due}`
}
