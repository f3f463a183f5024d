import type { Route } from './route.ts'
import { businessRoutes } from './routes/business.ts'
import { catalogRoutes } from './routes/catalog.ts'
import { channelRoutes } from './routes/channels.ts'
import { conversationRoutes } from './routes/conversations.ts'
import { eventRoutes } from './routes/events.ts'
import { orderRoutes } from './routes/orders.ts'
import { teamRoutes } from './routes/team.ts'

/** Every operation of the REST API by name. */
export const api = {
  ...catalogRoutes,
  ...orderRoutes,
  ...conversationRoutes,
  ...teamRoutes,
  ...businessRoutes,
  ...channelRoutes,
  ...eventRoutes,
} as const

/** The operations as a list, for whoever walks over all of them. */
export const routes: readonly Route[] = Object.values(api)
