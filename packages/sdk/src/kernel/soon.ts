/**
 * Calls `act` once the platform has delivered what arrived together: after the present round of the event loop where
 * there is `setImmediate` (Node, Bun, Deno), otherwise after the present task. It waits for no timer.
 */
export function soon(act: () => void): void {
  const immediate: unknown = Reflect.get(globalThis, 'setImmediate')
  if (typeof immediate === 'function') immediate(act)
  else queueMicrotask(act)
}
