import type { Desk } from './assistant.fixture.ts'

/** Timers that follow the clock of a desk instead of the platform's. */
export interface SimulatedTime {
  timeout(ms: number): AbortSignal
  wait(ms: number, signal: AbortSignal): Promise<void>
  /** Time goes by in small steps, and everything that falls due on the way happens. */
  pass(desk: Desk, ms: number): Promise<void>
  /** The process that set them is gone: no timer of now ever fires. */
  kill(): void
}

const stepMs = 250

interface Timer {
  readonly atMs: number
  readonly fire: () => void
}

/** Time that stands still until it passes. */
export function createSimulatedTime(): SimulatedTime {
  let nowMs = 0
  let timers: readonly Timer[] = []
  const set = (ms: number, fire: () => void): void => {
    timers = [...timers, { atMs: nowMs + ms, fire }]
  }
  const step = async (desk: Desk): Promise<void> => {
    nowMs += stepMs
    desk.clock.advance(stepMs)
    const due = timers.filter(({ atMs }) => atMs <= nowMs)
    timers = timers.filter(({ atMs }) => atMs > nowMs)
    for (const { fire } of due) fire()
    // Not awaited: a turn may think for longer than this step.
    void desk.pass(0)
    for (let turn = 0; turn < 8; turn += 1) await new Promise((resolve) => setImmediate(resolve))
  }
  return {
    timeout(ms) {
      const controller = new AbortController()
      set(ms, () => controller.abort())
      return controller.signal
    },
    wait: (ms, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) resolve()
        signal.addEventListener('abort', () => resolve())
        set(ms, resolve)
      }),
    async pass(desk, ms) {
      for (let passed = 0; passed < ms; passed += stepMs) await step(desk)
    },
    kill() {
      timers = []
    },
  }
}
