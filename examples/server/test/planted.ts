import { channel } from 'node:diagnostics_channel'

// The recorder of the run listens: nothing of this may show in what a server logs.
const secrets = channel('auronx.test.secret')
const outputs = channel('auronx.test.server-output')

/** Says that a secret of this kind was given out. */
export function plant(kind: string, value: string): void {
  secrets.publish({ kind, value })
}

/** Hands what a server in a process of its own printed to the recorder. */
export function publishOutput(text: string): void {
  outputs.publish(text)
}
