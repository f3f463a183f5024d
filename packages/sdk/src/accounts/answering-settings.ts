/** How the assistant's answers are timed and bounded for a business. Everything has a default. */
export interface AnsweringSettings {
  /** Whether the assistant answers at all, where the host has one; the menus do otherwise. Default `true`. */
  readonly enabled?: boolean
  /** Quiet after a customer's last message before the assistant answers, in milliseconds. Default 1,500; 0 answers at once. */
  readonly quietMs?: number
  /** Longest wait after the first unanswered message, however many follow, in milliseconds. Default 5,000. */
  readonly quietCapMs?: number
  /**
   * Time after the first unanswered message within which the customer has an answer, the menus or a person, in
   * milliseconds, quiet included. Default 30,000.
   */
  readonly answerWithinMs?: number
  /** Turns of the assistant per contact and day (UTC); the menus answer beyond. Default 100. */
  readonly turnsPerContactDay?: number
  /** Tokens of all turns per month (UTC); the menus answer beyond. Default 50,000,000. */
  readonly tokensPerMonth?: number
  /** Minutes within which a person usually answers; told to customers who wait for one. Default: nothing is told. */
  readonly personWithinMinutes?: number
}

/** {@link AnsweringSettings} with every number that has a default. */
export type Answering = Required<Omit<AnsweringSettings, 'personWithinMinutes'>>

/** Fills in the defaults. */
export function answeringOf({
  enabled = true,
  quietMs = 1_500,
  quietCapMs = 5_000,
  answerWithinMs = 30_000,
  turnsPerContactDay = 100,
  tokensPerMonth = 50_000_000,
}: AnsweringSettings = {}): Answering {
  return { enabled, quietMs, quietCapMs, answerWithinMs, turnsPerContactDay, tokensPerMonth }
}
