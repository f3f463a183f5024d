/** Values a log line may carry: ids, counts, codes and durations. Never names, numbers of people, bodies or secrets. */
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>

/** Structured log. Fields are an allow-list by type: flat and scalar, so that nothing nested slips through. */
export interface Logger {
  debug(message: string, fields?: LogFields): void
  info(message: string, fields?: LogFields): void
  warn(message: string, fields?: LogFields): void
  /** Something that a person must look at. */
  error(message: string, fields?: LogFields): void
}

/** A logger that says nothing. */
export const silentLogger: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
}
