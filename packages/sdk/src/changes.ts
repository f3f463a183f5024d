import type { TenantId } from './kernel/index.ts'

/** A hint that something changed in this process; ask again for what you show. */
export interface Change {
  readonly tenantId: TenantId
  readonly kind: 'conversation' | 'outbox' | 'order' | 'channel'
  readonly id?: string
}

/** Hints for live pages of the same process. */
export interface Changes {
  /** Calls `listener` until the returned function is called. A listener must not throw. */
  subscribe(listener: (change: Change) => void): () => void
  publish(change: Change): void
}

/** Creates a channel of hints with no listeners. */
export function createChanges(): Changes {
  const listeners = new Set<(change: Change) => void>()
  return {
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    publish(change) {
      for (const listener of listeners) listener(change)
    },
  }
}
