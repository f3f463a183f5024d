/** Tells open streams that somebody's rights may have changed, so that they look again at once. */
export interface Rechecks {
  /** Calls `look` whenever something changed until the returned function is called. */
  subscribe(look: () => void): () => void
  /** Something changed in this process; streams of other processes notice with their next beat. */
  ask(): void
}

/** Creates the bell. */
export function createRechecks(): Rechecks {
  const lookers = new Set<() => void>()
  return {
    subscribe(look) {
      lookers.add(look)
      return () => lookers.delete(look)
    },
    ask() {
      for (const look of lookers) look()
    },
  }
}
