import { AuronxError } from '@auronx/sdk'

/**
 * Reads a value that this package wrote to a column of its own from the same type. The database keeps it under a check
 * constraint or as the JSON we gave it; an absent value throws `internal`.
 */
export function stored<Value>(value: unknown): Value {
  if (!isStored<Value>(value)) throw new AuronxError('internal', 'A stored value is missing')
  return value
}

function isStored<Value>(value: unknown): value is Value {
  return value !== null && value !== undefined
}

type Present<Shape> = { [Key in keyof Shape]?: Exclude<Shape[Key], undefined> }

/** The members that have a value: an absent column becomes an absent property. */
export function present<Shape extends object>(shape: Shape): Present<Shape> {
  return stored<Present<Shape>>(
    Object.fromEntries(Object.entries(shape).filter(([, value]) => value !== undefined)),
  )
}
