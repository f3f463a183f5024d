import { api } from '@auronx/sdk/api'
import { bind } from '../../api/call.ts'
import type { Bound } from '../../api/call.ts'

/** Usage data and the objection to it. */
export const usageBounds: readonly Bound[] = [
  bind(api.listUsage, async ({ deps, actor }) => ({
    data: (await deps.usage.totals(actor)).map((total) => ({ ...total })),
  })),
  bind(api.getUsageObjection, async ({ deps, actor }) => ({
    isObjected: await deps.usage.isObjected(actor),
  })),
  bind(api.setUsageObjection, async ({ deps, actor }, { body: { isObjected } }) => {
    await deps.usage.setObjected(actor, isObjected)
    return { isObjected }
  }),
]
