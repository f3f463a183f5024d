import { createHmac, timingSafeEqual } from 'node:crypto'
import { createWhatsAppAdapter } from '@chat-adapter/whatsapp'
import { parseWebhook, verifySignature } from '../../packages/sdk/src/webhook/index.ts'
import type { Measured } from './report.ts'
import { interleave, median, ratio } from './rounds.ts'
import { appSecret, burstBody, burstUpdates, messageBody, phoneNumberId } from './webhooks.ts'
import type { SignedBody } from './webhooks.ts'

/** T1 and T2: reading a signed webhook into events, beside the bare platform calls and beside the Chat SDK's adapter. */
export async function measureParse(rounds: number, scale: number): Promise<readonly Measured[]> {
  const small = await compare('S', messageBody(1, 'one'), 4_000 * scale, rounds)
  const large = await compare('B', burstBody(), 150 * scale, rounds)
  const { events } = parseWebhook(burstBody().bytes)
  return [
    toMeasured('T1', 'verify+parse vs bare HMAC+JSON.parse', small, 'floor', 0.88),
    toMeasured('T1', 'verify+parse vs bare HMAC+JSON.parse', large, 'floor', 0.92),
    toMeasured('T2', 'verify+parse vs chat adapter handleWebhook', small, 'chat', 1.5),
    toMeasured('T2', 'verify+parse vs chat adapter handleWebhook', large, 'chat', 2.8),
    {
      id: 'T2',
      what: 'updates of B that arrive as events',
      value: events.length,
      target: burstUpdates,
      better: 'exact',
      unit: '',
      figures: 'the chat adapter leaves the 56 statuses out',
    },
  ]
}

interface Compared {
  readonly body: string
  readonly times: (name: string) => readonly number[]
}

function toMeasured(
  id: string,
  what: string,
  { body, times }: Compared,
  other: string,
  target: number,
): Measured {
  const [own, theirs] = [times('own'), times(other)]
  return {
    id,
    what: `${what}, ${body}`,
    value: ratio(theirs, own),
    target,
    better: 'higher',
    unit: 'x',
    figures: `${median(own).toFixed(1)} us CPU, other ${median(theirs).toFixed(1)} us CPU`,
    why: other === 'chat' ? whyChat : whyFloor,
  }
}

const whyFloor =
  'the prototype narrowed to flat rows; the product builds complete typed events with parties, contexts, keys and raw values'
const whyChat =
  'the target was set against a peer that reads statuses; this one leaves them out, and the prototype itself was 1.5x this one at B'

async function compare(
  body: string,
  { bytes, signature }: SignedBody,
  times: number,
  rounds: number,
): Promise<Compared> {
  const adapter = createWhatsAppAdapter({
    appSecret,
    accessToken: 'bench',
    phoneNumberId,
    verifyToken: 'bench',
    logger: quiet,
  })
  const headers = { 'x-hub-signature-256': signature }
  const text = bytes.toString('latin1')
  const digest = Buffer.from(signature.slice(7), 'hex')
  const floor = (): void => {
    const made = createHmac('sha256', appSecret).update(bytes).digest()
    if (!timingSafeEqual(made, digest)) throw new Error('The signature does not match')
    JSON.parse(bytes.toString('utf8'))
  }
  const own = (): void => {
    const checked = verifySignature(bytes, signature, [appSecret])
    if (checked.kind !== 'verified' || parseWebhook(bytes).unreadable !== undefined)
      throw new Error('The body was refused')
  }
  const chat = async (): Promise<void> => {
    const request = new Request('http://localhost/', { method: 'POST', headers, body: text })
    const response = await adapter.handleWebhook(request)
    if (response.status !== 200) throw new Error('The chat adapter refused the body')
  }
  const found = await interleave(
    [
      { name: 'floor', run: async () => perCall(times, floor) },
      { name: 'own', run: async () => perCall(times, own) },
      { name: 'chat', run: () => perAsyncCall(Math.ceil(times / 2), chat) },
    ],
    rounds,
  )
  return { body, times: found }
}

function perCall(times: number, act: () => void): number {
  const from = process.cpuUsage()
  for (let index = 0; index < times; index += 1) act()
  return microseconds(from) / times
}

async function perAsyncCall(times: number, act: () => Promise<void>): Promise<number> {
  const from = process.cpuUsage()
  for (let index = 0; index < times; index += 1) await act()
  return microseconds(from) / times
}

// CPU time instead of wall time: what else runs on the machine counts less.
function microseconds(from: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(from)
  return user + system
}

const quiet = {
  child: () => quiet,
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
}
