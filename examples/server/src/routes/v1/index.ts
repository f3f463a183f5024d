import { routes } from '@auronx/sdk/api'
import type { Bound } from '../../api/call.ts'
import { businessBounds } from './business.ts'
import { catalogBounds } from './catalog.ts'
import { contactBounds } from './contacts.ts'
import { conversationBounds } from './conversations.ts'
import { eventBounds } from './events.ts'
import { orderBounds } from './orders.ts'
import { teamBounds } from './team.ts'
import { usageBounds } from './usage.ts'

const answered: readonly Bound[] = [
  ...catalogBounds,
  ...orderBounds,
  ...conversationBounds,
  ...contactBounds,
  ...teamBounds,
  ...businessBounds,
  ...eventBounds,
  ...usageBounds,
]

// Streams are answered by the router itself; they have no body to return.
const streamed = routes
  .filter(({ kind }) => kind === 'events' || kind === 'lines')
  .map((route): Bound => ({ route, handle: () => Promise.resolve({}) }))

/** Every operation of the route table with what answers it. */
export const boundRoutes: readonly Bound[] = [...answered, ...streamed]
