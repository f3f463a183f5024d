import type { MailTexts } from './mail-texts.ts'

/** English. */
export const en: MailTexts = {
  code: (code, minutes) => ({
    subject: 'Your sign-in code',
    lines: [
      `Your code is ${code}`,
      `Type it in the window where you asked for it, or use the button in that same browser. It is good for ${minutes} minutes and for one use.`,
      'If you did not ask for it, ignore this mail. Never tell the code to anybody.',
    ],
    button: 'Sign in',
  }),
  invitation: ({ business, inviter, role, days }) => ({
    subject: `Invitation to ${business}`,
    lines: [
      `${inviter} invites you to work with ${business} as ${role}.`,
      `The invitation is good for ${days} days and for this address only.`,
      'If you do not know the sender, ignore this mail.',
    ],
    button: 'View the invitation',
  }),
  sessionEnded: {
    subject: 'You were signed out for safety',
    lines: [
      'An old sign-in token of yours was used a second time, so we ended that session.',
      'This can happen when a browser was restored from a backup. If you see sessions you do not know, end all of them.',
    ],
  },
  roles: { owner: 'owner', admin: 'administrator', agent: 'agent', viewer: 'viewer' },
}
