import { asId, createAuditLog, createSecret, createTimeZones } from '@auronx/sdk'
import type { Channel, Tenant } from '@auronx/sdk'
import { api } from '@auronx/sdk/api'
import { bind } from '../../api/call.ts'
import type { Bound } from '../../api/call.ts'
import { refused, undone } from '../../api/problem.ts'
import { iso, isoOr } from './views.ts'

interface ById {
  readonly params: { readonly id: string }
}

const channelId = ({ params }: ById) => asId('ChannelId', params.id)

/** Settings, numbers, the audit log. */
export const businessBounds: readonly Bound[] = [
  bind(api.getSettings, async ({ services, actor }) =>
    settingsView(await services.accounts.tenant(actor)),
  ),
  bind(
    api.changeSettings,
    async ({ services, actor }, { body }) => {
      const tenant = await services.accounts.tenant(actor)
      if (body.timeZone !== undefined && !createTimeZones().isZone(body.timeZone)) {
        const detail = 'Not an IANA time zone'
        return refused('invalid_input', {
          errors: [{ pointer: '/timeZone', code: 'unknown_time_zone', detail }],
        })
      }
      const given = Object.entries(body).filter(([, value]) => value !== undefined)
      const settings = { ...tenant.settings, ...Object.fromEntries(given) }
      const next = { ...tenant, settings, version: tenant.version + 1 }
      await services.accounts.saveTenant(actor, next)
      return settingsView(next)
    },
    async ({ services, actor }) => (await services.accounts.tenant(actor)).version,
  ),
  bind(api.listChannels, async ({ deps, services, actor }) => ({
    data: (await services.accounts.channels(actor)).map(channelView),
    webhookUrl: deps.webhookUrl,
  })),
  bind(api.connectChannel, async ({ deps, actor, signal }, { body }) => {
    const { phoneNumberId, businessAccountId, appId, appSecret, verifyToken, pin } = body
    const request = {
      phoneNumberId,
      businessAccountId,
      appId,
      accessToken: createSecret(body.accessToken),
      ...(appSecret === undefined ? {} : { appSecret: createSecret(appSecret) }),
      ...(verifyToken === undefined ? {} : { verifyToken: createSecret(verifyToken) }),
      ...(pin === undefined ? {} : { pin: createSecret(pin) }),
    }
    const outcome = await deps.numbers.connect(actor, request, signal)
    return outcome.kind === 'refused' ? numberRefused(outcome) : channelView(outcome.channel)
  }),
  bind(api.getChannelHealth, async ({ deps, actor, signal }, input) => {
    const outcome = await deps.numbers.health(actor, channelId(input), signal)
    if (outcome.kind === 'refused') return numberRefused(outcome)
    const { canSend, status, quality, throughput, obstacles } = outcome.facts
    const tokenExpiresAt = isoOr(outcome.expiresAt)
    return { canSend, status, quality, throughput, obstacles: [...obstacles], tokenExpiresAt }
  }),
  bind(api.replaceChannelToken, async ({ deps, actor, signal }, input) => {
    const request = { id: channelId(input), accessToken: createSecret(input.body.accessToken) }
    const outcome = await deps.numbers.replaceToken(actor, request, signal)
    return outcome.kind === 'refused' ? numberRefused(outcome) : channelView(outcome.channel)
  }),
  bind(api.resumeChannel, async ({ services, actor }, input) => {
    const isResumed = await services.accounts.resumeChannel(actor, channelId(input))
    const channels = await services.accounts.channels(actor)
    const channel = channels.find(({ id }) => id === input.params.id)
    if (channel === undefined) return refused('not_found')
    return isResumed ? channelView(channel) : refused('illegal_transition')
  }),
  bind(api.disconnectChannel, async ({ deps, actor, signal }, input) => {
    const { left } = await deps.numbers.disconnect(actor, channelId(input), signal)
    return { id: input.params.id, left: left.map(({ step, words }) => ({ step, words })) }
  }),
  bind(api.listAudit, async ({ work, actor, place, page }, { query }) => {
    const after = Number(place ?? 0)
    if (!Number.isSafeInteger(after)) throw undone('cursor_invalid')
    const records = await createAuditLog(work).page(actor, { after, limit: query.limit + 1 })
    const shown = records.slice(0, query.limit)
    const last = shown.at(-1)?.entry.sequence
    const entries = shown.map(({ entry, personal }) => {
      const { sequence, at, actor: by, action, target, facts, hash } = entry
      const { kind, id, via } = by
      const values = personal === undefined ? undefined : { ...personal.values }
      const who = { kind, id, via }
      return {
        sequence,
        at: iso(at),
        actor: who,
        action,
        target,
        facts: { ...facts },
        personal: values,
        hash,
      }
    })
    return page(entries, records.length > query.limit && last !== undefined ? `${last}` : undefined)
  }),
]

function settingsView({ settings, version }: Tenant) {
  return {
    ...settings,
    agentsRevealIdentifiers: settings.agentsRevealIdentifiers === true,
    agentsReach: settings.agentsReach ?? 'all',
    version,
  }
}

function channelView(channel: Channel) {
  return { ...channel }
}

function numberRefused({ words, problem }: { readonly words: string; readonly problem: string }) {
  return refused('number_refused', {
    detail: words,
    errors: [{ pointer: '', code: problem, detail: words }],
  })
}
