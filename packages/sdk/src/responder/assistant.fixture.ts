import type { TenantSettings } from '../accounts/index.ts'

/** Settings of the tests' business. */
export const cafe: TenantSettings = {
  businessName: 'Café Sol',
  locale: 'en',
  timeZone: 'Europe/Madrid',
  currency: 'EUR',
  taxRounding: 'rate-group',
  proposalTtlMs: 3_600_000,
  reopenWithinMs: 86_400_000,
  holdOnPropose: true,
  assistant: {
    purpose: 'Coffee, tea and cake, to take away or delivered in the neighbourhood.',
    tone: 'Warm and brief.',
    linkHosts: ['cafe.example'],
    texts: {
      hours: 'Monday to Saturday, 9:00 to 18:00. Closed on public holidays.',
      delivery: 'We deliver within 2 km for €3.00, from €15.00 on for nothing.',
      returns: 'Call us at +1 415 555 0100 within 14 days.',
    },
  },
}
