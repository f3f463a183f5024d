export type { Mail, Mailer, MailOutcome } from './mailer.ts'
