import * as conversations from './app/conversations/route.ts'
import * as cron from './app/cron/route.ts'
import * as whatsapp from './app/webhooks/whatsapp/route.ts'
import type { RouteModule } from './host.ts'

/** The routes of the app by path, as a file router would find them. */
export const routes: ReadonlyMap<string, RouteModule> = new Map<string, RouteModule>([
  ['/webhooks/whatsapp', whatsapp],
  ['/conversations', conversations],
  ['/cron', cron],
])
