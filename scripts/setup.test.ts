import { expect, test } from 'vitest'
import { setupArguments } from './setup.mjs'

test('the server alone gets a production install', () => {
  expect(setupArguments('server', false)).toContain('--prod')
})

test('starting the server never removes the test tools of a full install', () => {
  expect(setupArguments('server', true)).not.toContain('--prod')
})

test('the lockfile is the law in every mode', () => {
  for (const mode of ['server', 'all'] as const)
    expect(setupArguments(mode, false)).toContain('--frozen-lockfile')
})
