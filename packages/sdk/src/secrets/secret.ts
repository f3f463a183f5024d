const hidden = '[secret]'

/**
 * A value that never shows itself: printing, JSON, string conversion and `util.inspect` give `[secret]`. Only
 * {@link Secret.reveal} returns it; call that where the value is used, and keep nothing of it.
 */
export interface Secret<Value = string> {
  /** The value itself. */
  reveal(): Value
  toString(): string
  toJSON(): string
}

/** Wraps a value, which from then on stands in the closure only and in no property. */
export function createSecret<Value>(value: Value): Secret<Value> {
  const show = (): string => hidden
  const secret = {
    reveal: () => value,
    toString: show,
    toJSON: show,
    [Symbol.toPrimitive]: show,
    [Symbol.for('nodejs.util.inspect.custom')]: show,
  }
  return Object.freeze(secret)
}
