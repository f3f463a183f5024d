import type { Clock } from '../kernel/index.ts'
import type { SimulatorEvent } from './core.ts'
import type { TranscriptEntry } from './options.ts'

const longestTranscript = 10_000

/** What happened, for listeners and for reading back. */
export interface Journal {
  emit(event: SimulatorEvent): void
  subscribe(listener: (event: SimulatorEvent) => void): () => void
  transcript(): readonly TranscriptEntry[]
}

/** An empty journal that keeps the last 10,000 events. */
export function createJournal(clock: Clock): Journal {
  const listeners = new Set<(event: SimulatorEvent) => void>()
  let log: TranscriptEntry[] = []
  return {
    emit(event) {
      log.push({ atMs: clock.now().getTime(), event })
      if (log.length > 2 * longestTranscript) log = log.slice(-longestTranscript)
      for (const listener of listeners) listener(event)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    transcript: () => log.slice(-longestTranscript),
  }
}
