import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { createSimulator } from '@auronx/sdk/simulator'
import type { Simulator } from '@auronx/sdk/simulator'
import type { Config, WhatsAppConfig } from './config.ts'
import { demoName } from './demo.ts'
import type { WhatsAppDeps } from './whatsapp.ts'

/** Where the simulated phone is mounted. */
export const phonePath = '/phone'

// Somebody to be from the first moment on; the phone offers more people.
const firstCustomer = { name: 'Alex Demo', phone: '15550100100' }
const saveAfterMs = 50

/** A running simulator and the account it plays. */
export interface StartedSimulator {
  readonly simulator: Simulator
  readonly account: WhatsAppConfig
  stop(): Promise<void>
}

/**
 * Starts the simulator with its Graph API on a free port of its own. Its state is written to the data folder shortly
 * after each change, so that the phone and the database agree after a restart.
 */
export async function startSimulator(
  config: Config,
  deps: WhatsAppDeps,
): Promise<StartedSimulator> {
  const account = {
    accessToken: randomBytes(24).toString('hex'),
    appSecret: randomBytes(24).toString('hex'),
    verifyToken: randomBytes(24).toString('hex'),
    appId: '700000000000001',
    phoneNumberId: '900000000000001',
    businessAccountId: '800000000000001',
    displayPhoneNumber: '15550100001',
  }
  const simulator = createSimulator({
    ...deps,
    appSecret: account.appSecret,
    accessToken: account.accessToken,
    appId: account.appId,
    phoneNumberId: account.phoneNumberId,
    wabaId: account.businessAccountId,
    displayPhoneNumber: account.displayPhoneNumber,
    verifiedName: demoName(config.locale),
    phonePath,
  })
  const keeper = keepState(simulator, path.join(config.dataDir, 'simulator.json'), deps)
  await keeper.restore()
  if (simulator.customers.list().length === 0) simulator.customers.create(firstCustomer)
  const { url } = await simulator.listen()
  return {
    simulator,
    account: { ...account, graphUrl: url },
    async stop() {
      await simulator.close()
      await keeper.stop()
    },
  }
}

interface Keeper {
  restore(): Promise<void>
  stop(): Promise<void>
}

function keepState(simulator: Simulator, file: string, { logger }: WhatsAppDeps): Keeper {
  let timer: NodeJS.Timeout | undefined
  let writing: Promise<void> = Promise.resolve()
  const write = async (): Promise<void> => {
    try {
      // The old file stays whole until the new one is: a kill in between loses nothing.
      await writeFile(`${file}.next`, simulator.snapshot())
      await rename(`${file}.next`, file)
    } catch (error) {
      logger.warn('simulator: its state could not be written', {
        error: error instanceof Error ? error.name : 'unknown',
      })
    }
  }
  const save = (): void => {
    clearTimeout(timer)
    timer = undefined
    writing = writing.then(write)
  }
  const unsubscribe = simulator.subscribe(() => {
    timer ??= setTimeout(save, saveAfterMs)
  })
  return {
    async restore() {
      await mkdir(path.dirname(file), { recursive: true })
      if (!existsSync(file)) return
      try {
        simulator.restore(readFileSync(file, 'utf8'))
      } catch {
        renameSync(file, `${file}.unreadable`)
        logger.warn('simulator: its stored state could not be read and was set aside')
      }
    },
    async stop() {
      unsubscribe()
      clearTimeout(timer)
      await writing
      writeFileSync(file, simulator.snapshot())
    },
  }
}
