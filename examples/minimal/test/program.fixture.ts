import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { setTimeout } from 'node:timers/promises'
import { expect } from 'vitest'

/** A program of an example, running, with the address of its simulated phone. */
export interface Program {
  readonly phoneUrl: string
  /** Asks it to stop and resolves to its exit code; `null` when the signal ended it. */
  stop(): Promise<number | null>
}

const children: ChildProcess[] = []

/** Starts a program and waits until it says where its phone is. */
export async function startProgram(
  main: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Program> {
  const child = spawn(process.execPath, ['--conditions=source', main], {
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  const phoneUrl = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`${main} ended with ${code}`)))
    child.stdout.on('data', (chunk: Buffer) => {
      const found = /http:\S+\/phone\/\S*/.exec(chunk.toString())?.[0]
      if (found !== undefined) resolve(found)
    })
  })
  return {
    phoneUrl,
    stop() {
      const ended = new Promise<number | null>((resolve) => {
        child.once('exit', resolve)
      })
      child.kill('SIGINT')
      return ended
    },
  }
}

/** Ends what a test left running. */
export function stopPrograms(): void {
  for (const child of children.splice(0)) child.kill('SIGKILL')
}

/** Writes as a new customer on the simulated phone, and resolves to the chat once it contains `wanted`. */
export async function sayHello(phoneUrl: string, wanted: string): Promise<string> {
  const post = (pathname: string, body: object): Promise<Response> =>
    fetch(new URL(pathname, phoneUrl), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        origin: new URL(phoneUrl).origin,
        'sec-fetch-site': 'same-origin',
      },
      body: JSON.stringify(body),
    })
  const created = await post('api/customers', { name: 'Ana', phone: '15550100150' })
  const { id }: { readonly id: string } = await created.json()
  expect((await post(`api/customers/${id}/text`, { text: 'hello' })).status).toBe(204)
  const until = Date.now() + 50_000
  let chat = ''
  while (!chat.includes(wanted) && Date.now() < until) {
    await setTimeout(50)
    chat = await (await fetch(new URL(`api/customers/${id}/messages`, phoneUrl))).text()
  }
  expect(chat).toContain(wanted)
  return chat
}
