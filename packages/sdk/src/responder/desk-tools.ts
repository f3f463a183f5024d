import { z } from 'zod'
import { businessTopics, locales } from '../accounts/index.ts'
import { defineTool } from './tool.ts'
import type { Tool } from './tool.ts'

const getBusinessInfo = defineTool({
  name: 'get_business_info',
  description: 'Text of the business.',
  input: z.strictObject({ topic: z.enum(businessTopics) }),
  authority: 'inform',
  run({ topic }, { turn, handles }) {
    const text = turn.settings.assistant?.texts?.[topic]?.slice(0, 3000)
    return Promise.resolve(
      text === undefined
        ? { outcome: 'none', data: { error: 'no text on this; a person can tell' } }
        : { outcome: 'found', data: { slot: handles.slot(text), text } },
    )
  },
})

const setPreference = defineTool({
  name: 'set_preference',
  description: 'Language from now on.',
  input: z.strictObject({ language: z.enum(locales) }),
  authority: 'set_preference',
  run: ({ language: locale }) =>
    Promise.resolve({
      outcome: 'setting',
      data: { set: locale },
      deferred: {
        name: 'set_preference',
        cards: 0,
        async run({ setPreference: set }) {
          await set({ kind: 'language', locale })
          return { outcome: 'set', messages: [] }
        },
      },
    }),
})

const handOff = defineTool({
  name: 'handoff_to_human',
  description: 'A person takes over; ends your turn.',
  input: z.strictObject({
    reason: z.enum(['asked', 'unsure', 'upset']),
    summary: z.string().max(500),
  }),
  authority: 'hand_off',
  run: () =>
    Promise.resolve({
      outcome: 'handed_off',
      data: { told: 'a person answers here' },
      ends: 'hand_off',
    }),
})

/** What the assistant can do without a shop. */
export const deskTools: readonly Tool[] = [getBusinessInfo, setPreference, handOff]
