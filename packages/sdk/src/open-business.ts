import { newTenantSettings } from './accounts/index.ts'
import type { AccountStore, Channel, ChannelDirectory, NewTenant } from './accounts/index.ts'
import { AuronxError, hostActor, isAuronxError } from './kernel/index.ts'
import type { Actor, Ids, Locale, UnitOfWork } from './kernel/index.ts'

/** A business, and the number it is reached under. */
export interface NewBusiness
  extends
    Omit<NewTenant, 'locale'>,
    Pick<Channel, 'appId' | 'phoneNumberId' | 'businessAccountId' | 'displayPhoneNumber'> {
  /** Language of what the business says by itself. Default `en`. */
  readonly locale?: Locale
}

/** What {@link createOpenBusiness} needs. */
export interface OpenBusinessDeps {
  readonly work: UnitOfWork<{ readonly accounts: AccountStore }>
  readonly directory: ChannelDirectory
  readonly ids: Ids
}

/** Makes what opens a business under its number, once. */
export function createOpenBusiness({
  work,
  directory,
  ids,
}: OpenBusinessDeps): (business: NewBusiness) => Promise<Actor> {
  const known = async ({ phoneNumberId, appId }: NewBusiness): Promise<Actor | undefined> => {
    const [route] = await directory.routes({ phoneNumberId })
    if (route !== undefined && route.appId !== appId) {
      throw new AuronxError('conflict', 'The number belongs to another app')
    }
    return route === undefined ? undefined : hostActor(route.tenantId)
  }
  const open = async (business: NewBusiness): Promise<Actor> => {
    const { appId, phoneNumberId, businessAccountId, displayPhoneNumber, locale = 'en' } = business
    const settings = newTenantSettings({ ...business, locale })
    const tenantId = ids.next('TenantId')
    const channel = { appId, phoneNumberId, businessAccountId, displayPhoneNumber }
    await work.run(tenantId, async ({ accounts }) => {
      await accounts.saveTenant({ id: tenantId, settings, version: 1 })
      const id = ids.next('ChannelId')
      await accounts.saveChannel({ ...channel, id, status: 'active', version: 1 })
    })
    return hostActor(tenantId)
  }
  return async (business) => {
    const actor = await known(business)
    if (actor !== undefined) return actor
    try {
      return await open(business)
    } catch (error) {
      // Another process was faster; what this one wrote was rolled back.
      if (!isAuronxError(error, 'conflict')) throw error
      const faster = await known(business)
      if (faster === undefined) throw error
      return faster
    }
  }
}
