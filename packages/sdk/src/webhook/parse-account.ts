import type { AccountEvent } from './account-event.ts'
import type { InboundEvent } from './event.ts'
import type { Fields } from './narrow.ts'
import {
  defined,
  isFields,
  readFields,
  readInstantMs,
  readList,
  readNumber,
  readText,
} from './narrow.ts'
import { parseNumberName, parseNumberQuality, parseSecurity } from './parse-number.ts'
import { parseHandover } from './parse-people.ts'
import { parseTemplate } from './parse-template.ts'
import type { Scope } from './scope.ts'
import { accountBase } from './scope.ts'

type Parse = (value: Fields, scope: Scope) => InboundEvent | undefined

const parsers: ReadonlyMap<string, Parse> = new Map<string, Parse>([
  ['message_template_status_update', parseTemplate],
  ['message_template_quality_update', parseTemplate],
  ['message_template_components_update', parseTemplate],
  ['template_category_update', parseTemplate],
  ['template_correct_category_detection', parseTemplate],
  ['template_status_update', parseTemplate],
  ['phone_number_quality_update', parseNumberQuality],
  ['phone_number_name_update', parseNumberName],
  ['security', parseSecurity],
  ['account_update', parseAccountUpdate],
  ['account_review_update', parseReview],
  ['account_alerts', parseAlert],
  ['account_settings_update', parseSettings],
  ['business_capability_update', parseCapability],
  ['flows', parseFlow],
  ['partner_solutions', parsePartnerSolution],
  ['payment_configuration_update', parsePaymentConfiguration],
  ['automatic_events', parseAutomatic],
  ['business_username_update', parseUsername],
  ['business_username_updates', parseUsername],
  ['messaging_handovers', parseHandover],
])

/** Whether a field's value is about the account, a number or a template as a whole, not a list of items. */
export function isAccountField(field: string): boolean {
  return parsers.has(field)
}

/** Narrows the value of an account field into its one event; undefined when it lacks what makes it one. */
export function parseAccount(value: Fields, scope: Scope): InboundEvent | undefined {
  return parsers.get(scope.base.field)?.(value, scope)
}

/**
 * Events after which the business account is no longer ours to act for.
 *
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/reference/account_update
 */
const accessEndingEvents: readonly string[] = [
  'PARTNER_REMOVED',
  'PARTNER_APP_UNINSTALLED',
  'ACCOUNT_DELETED',
]

function parseAccountUpdate(value: Fields, scope: Scope): AccountEvent | undefined {
  const event = readText(value['event'])
  if (event === undefined) return undefined
  const ban = readFields(value['ban_info'])
  const subject = readFields(value['waba_info'])
  const disconnection = value['disconnection_info']
  return {
    kind: 'account',
    ...accountBase(scope, 'account', value),
    event,
    endsAccess: accessEndingEvents.includes(event),
    restrictions: readList(value['restriction_info']).map(parseRestriction),
    ...defined({
      displayPhoneNumber: readText(value['phone_number']) ?? scope.base.displayPhoneNumber,
      banState: readText(ban['waba_ban_state']),
      banDate: readText(ban['waba_ban_date']),
      violationType: readText(readFields(value['violation_info'])['violation_type']),
      subjectAccountId: readText(subject['waba_id']),
      ownerBusinessId: readText(subject['owner_business_id']),
      partnerAppId: readText(subject['partner_app_id']),
      country: readText(value['country']),
      disconnection: isFields(disconnection)
        ? defined({
            reason: readText(disconnection['reason']),
            initiatedBy: readText(disconnection['initiated_by']),
          })
        : undefined,
    }),
  }
}

function parseRestriction(value: unknown): AccountEvent['restrictions'][number] {
  const restriction = readFields(value)
  return defined({
    type: readText(restriction['restriction_type']),
    expiresAtMs: readInstantMs(restriction['expiration']),
  })
}

function parseReview(value: Fields, scope: Scope): InboundEvent | undefined {
  const decision = readText(value['decision'])
  if (decision === undefined) return undefined
  return { kind: 'account_review', ...accountBase(scope, 'account_review', value), decision }
}

function parseAlert(value: Fields, scope: Scope): InboundEvent {
  // Older payloads have the alert's members on the value itself.
  const alert = isFields(value['alert_info']) ? value['alert_info'] : value
  return {
    kind: 'account_alert',
    ...accountBase(scope, 'account_alert', value),
    ...defined({
      entityType: readText(value['entity_type']),
      entityId: readText(value['entity_id']),
      severity: readText(alert['alert_severity']),
      status: readText(alert['alert_status']),
      alertType: readText(alert['alert_type']),
      description: readText(alert['alert_description']),
    }),
  }
}

function parseSettings(value: Fields, scope: Scope): InboundEvent | undefined {
  const settings = readText(value['type'])
  if (settings === undefined) return undefined
  const number = readFields(value['phone_number_settings'])
  const phoneNumberId = readText(number['phone_number_id']) ?? scope.base.phoneNumberId
  return {
    kind: 'account_settings',
    ...accountBase(scope, 'account_settings', value),
    settings,
    ...defined({ phoneNumberId }),
  }
}

function parseCapability(value: Fields, scope: Scope): InboundEvent {
  return {
    kind: 'business_capability',
    ...accountBase(scope, 'business_capability', value),
    ...defined({
      dailyLimit: readText(value['max_daily_conversations_per_business']),
      dailyLimitPerNumber: readText(value['max_daily_conversation_per_phone']),
      maxNumbersPerBusiness: readNumber(value['max_phone_numbers_per_business']),
      maxNumbersPerAccount: readNumber(value['max_phone_numbers_per_waba']),
    }),
  }
}

function parseFlow(value: Fields, scope: Scope): InboundEvent | undefined {
  const event = readText(value['event'])
  if (event === undefined) return undefined
  return {
    kind: 'flow',
    ...accountBase(scope, 'flow', value),
    event,
    ...defined({
      flowId: readText(value['flow_id']),
      message: readText(value['message']),
      oldStatus: readText(value['old_status']),
      newStatus: readText(value['new_status']),
      alertState: readText(value['alert_state']),
    }),
  }
}

function parsePartnerSolution(value: Fields, scope: Scope): InboundEvent | undefined {
  const event = readText(value['event'])
  if (event === undefined) return undefined
  return {
    kind: 'partner_solution',
    ...accountBase(scope, 'partner_solution', value),
    event,
    ...defined({
      solutionId: readText(value['solution_id']),
      solutionStatus: readText(value['solution_status']),
    }),
  }
}

function parsePaymentConfiguration(value: Fields, scope: Scope): InboundEvent {
  return {
    kind: 'payment_configuration',
    ...accountBase(scope, 'payment_configuration', value),
    ...defined({
      configurationName: readText(value['configuration_name']),
      providerName: readText(value['provider_name']),
      providerMerchantId: readText(value['provider_mid']),
      status: readText(value['status']),
    }),
  }
}

function parseAutomatic(value: Fields, scope: Scope): InboundEvent {
  const event = readText(value['event']) ?? readText(value['event_name'])
  return { kind: 'automatic', ...accountBase(scope, 'automatic', value), ...defined({ event }) }
}

function parseUsername(value: Fields, scope: Scope): InboundEvent {
  return {
    kind: 'username',
    ...accountBase(scope, 'username', value),
    ...defined({ username: readText(value['username']), status: readText(value['status']) }),
  }
}
