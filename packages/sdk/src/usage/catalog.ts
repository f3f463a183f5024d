/** Pages and features that are counted. The list is closed, public and only added to; nothing else about their use is kept. */
export const usageNames = [
  'page.live',
  'page.team',
  'page.numbers',
  'page.keys',
  'page.account',
  'feature.conversation-read',
  'feature.conversation-taken-over',
  'feature.conversation-given-back',
  'feature.conversation-resolved',
  'feature.reply',
  'feature.send-resent',
  'feature.send-discarded',
  'feature.event-replayed',
  'feature.member-invited',
  'feature.member-changed',
  'feature.number-connected',
  'feature.number-checked',
  'feature.number-disconnected',
  'feature.key-created',
  'feature.key-rotated',
  'feature.key-revoked',
  'feature.passkey-added',
  'feature.sign-out',
] as const

/** One of {@link usageNames}. */
export type UsageName = (typeof usageNames)[number]

/** Whether a text is one of {@link usageNames}. */
export function isUsageName(text: string): text is UsageName {
  return usageNames.some((name) => name === text)
}
