import type { Route } from './route.ts'
import { businessRoutes } from './routes/business.ts'
import { catalogRoutes } from './routes/catalog.ts'
import { channelRoutes } from './routes/channels.ts'
import { contactRoutes } from './routes/contacts.ts'
import { conversationRoutes } from './routes/conversations.ts'
import { eventRoutes } from './routes/events.ts'
import { orderRoutes } from './routes/orders.ts'
import { teamRoutes } from './routes/team.ts'
import { usageRoutes } from './routes/usage.ts'

/** Every operation of the REST API by name. */
export const api = {
  ...catalogRoutes,
  ...orderRoutes,
  ...conversationRoutes,
  ...contactRoutes,
  ...teamRoutes,
  ...businessRoutes,
  ...channelRoutes,
  ...eventRoutes,
  ...usageRoutes,
} as const

/** The operations as a list, for whoever walks over all of them. */
export const routes: readonly Route[] = Object.values(api)
