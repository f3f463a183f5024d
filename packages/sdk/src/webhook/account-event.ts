import type { EventBase, Party } from './event.ts'
import type { MediaRef, ProviderError } from './content.ts'

/** Events without a message: they keep the value (or the item) as sent beside the members that matter. */
export interface AdministrativeBase extends EventBase {
  /** The change's value, or the item of it, as sent. */
  readonly raw: unknown
}

/** The template an event is about. Ids are opaque text. */
export interface TemplateRef {
  readonly templateId?: string
  readonly templateName?: string
  /** Language code as sent, `en_US` or `en-US`. */
  readonly language?: string
}

/**
 * A template was approved, rejected, paused, disabled …
 *
 * @see https://developers.facebook.com/docs/whatsapp/business-management-api/webhooks/components
 */
export interface TemplateStatusEvent extends AdministrativeBase, TemplateRef {
  readonly kind: 'template_status'
  /** `APPROVED`, `REJECTED`, `PAUSED`, `DISABLED`, … as sent. */
  readonly event: string
  readonly category?: string
  /** Reason code as sent, for example `INVALID_FORMAT`; absent for null. */
  readonly reason?: string
  /** Why and until when it was paused, for example `FIRST_PAUSE`. */
  readonly notice?: { readonly title?: string; readonly description?: string }
  /** Human explanation of a rejection. */
  readonly rejection?: { readonly reason?: string; readonly recommendation?: string }
}

/** A template's quality score moved. */
export interface TemplateQualityEvent extends AdministrativeBase, TemplateRef {
  readonly kind: 'template_quality'
  readonly previousScore?: string
  /** `GREEN`, `YELLOW`, `RED` or `UNKNOWN`. */
  readonly newScore?: string
}

/** A template was edited. */
export interface TemplateComponentsEvent extends AdministrativeBase, TemplateRef {
  readonly kind: 'template_components'
  readonly title?: string
  readonly body?: string
  readonly footer?: string
  readonly buttons: readonly {
    readonly type?: string
    readonly text?: string
    readonly url?: string
    readonly phoneNumber?: string
  }[]
}

/**
 * A template's category. Meta sends `new_category` with two meanings; here `currentCategory` is always what applies now.
 */
export interface TemplateCategoryEvent extends AdministrativeBase, TemplateRef {
  readonly kind: 'template_category'
  /** `announced`: it will change; `changed`: it has changed; `detected`: Meta thinks another one is right. */
  readonly phase: 'announced' | 'changed' | 'detected'
  readonly previousCategory?: string
  readonly currentCategory?: string
  /** The category Meta considers right; with `announced`, the one that will apply. */
  readonly correctCategory?: string
  /** When an announced change takes effect. */
  readonly effectiveAtMs?: number
}

/** Throughput or messaging limit of a number; it names the number by its display form only. */
export interface NumberQualityEvent extends AdministrativeBase {
  readonly kind: 'number_quality'
  /** `ONBOARDING`, `THROUGHPUT_UPGRADE`, older `FLAGGED`, `UPGRADE`, … */
  readonly event: string
  readonly oldLimit?: string
  readonly currentLimit?: string
  /** `TIER_…`: conversations the business may open a day. */
  readonly dailyLimit?: string
}

/** A decision on a display name. */
export interface NumberNameEvent extends AdministrativeBase {
  readonly kind: 'number_name'
  /** `APPROVED`, `DEFERRED`, `PENDING` or `REJECTED`. */
  readonly decision: string
  readonly requestedName?: string
  readonly rejectionReason?: string
}

/**
 * Something happened to the business account.
 *
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/reference/account_update
 */
export interface AccountEvent extends AdministrativeBase {
  readonly kind: 'account'
  /** `ACCOUNT_VIOLATION`, `PARTNER_REMOVED`, … as sent. */
  readonly event: string
  /** Our access ended: stop sending and drop the stored token. */
  readonly endsAccess: boolean
  /** `DISABLE`, `REINSTATE` or `SCHEDULE_FOR_DISABLE`. */
  readonly banState?: string
  readonly banDate?: string
  readonly violationType?: string
  readonly restrictions: readonly { readonly type?: string; readonly expiresAtMs?: number }[]
  /** The business account it is about, where it differs from `businessAccountId`. */
  readonly subjectAccountId?: string
  readonly ownerBusinessId?: string
  readonly partnerAppId?: string
  readonly country?: string
  readonly disconnection?: { readonly reason?: string; readonly initiatedBy?: string }
}

/** The outcome of the account's review. */
export interface AccountReviewEvent extends AdministrativeBase {
  readonly kind: 'account_review'
  /** `APPROVED`, `REJECTED`, `PENDING` or `DEFERRED`. */
  readonly decision: string
}

/** An alert about the account, for example on its limits. */
export interface AccountAlertEvent extends AdministrativeBase {
  readonly kind: 'account_alert'
  readonly entityType?: string
  readonly entityId?: string
  /** `CRITICAL`, `WARNING` or `INFORMATIONAL`. */
  readonly severity?: string
  readonly status?: string
  readonly alertType?: string
  readonly description?: string
}

/** Settings were changed, for example a number's calling hours. */
export interface AccountSettingsEvent extends AdministrativeBase {
  readonly kind: 'account_settings'
  /** Which settings, for example `phone_number_settings`. */
  readonly settings: string
}

/** New limits of the business. */
export interface BusinessCapabilityEvent extends AdministrativeBase {
  readonly kind: 'business_capability'
  /** A number as text or `TIER_…`, as sent. */
  readonly dailyLimit?: string
  readonly dailyLimitPerNumber?: string
  readonly maxNumbersPerBusiness?: number
  readonly maxNumbersPerAccount?: number
}

/** Two-step verification of a number was touched: a security alert for its owner. */
export interface SecurityEvent extends AdministrativeBase {
  readonly kind: 'security'
  /** `PIN_CHANGED`, `PIN_RESET_REQUEST` or `PIN_REQUEST_SUCCESS`. */
  readonly event: string
  readonly requester?: string
}

/** A customer stopped or resumed a category of messages: suppress at once. */
export interface PreferenceEvent extends AdministrativeBase {
  readonly kind: 'preference'
  readonly from: Party
  /** `marketing_messages`. */
  readonly category?: string
  readonly choice: 'stop' | 'resume' | 'unknown'
  /** The choice as sent. */
  readonly rawChoice: string
  readonly detail?: string
}

/** A Flow changed its state or its endpoint misbehaves. */
export interface FlowEvent extends AdministrativeBase {
  readonly kind: 'flow'
  /** `FLOW_STATUS_CHANGE`, `CLIENT_ERROR_RATE`, `ENDPOINT_LATENCY`, … */
  readonly event: string
  readonly flowId?: string
  readonly message?: string
  readonly oldStatus?: string
  readonly newStatus?: string
  readonly alertState?: string
}

/** A contact of the business' phone book was added, changed or removed. */
export interface ContactSyncEvent extends AdministrativeBase {
  readonly kind: 'contact_sync'
  readonly action: 'add' | 'remove' | 'unknown'
  /** Its `displayName` is the full name in the phone book. */
  readonly contact: Party
  readonly firstName?: string
}

/** A call was offered, answered, ended or recorded. An incoming call opens the customer service window. */
export interface CallEvent extends AdministrativeBase {
  readonly kind: 'call'
  readonly callId: string
  /** `connect`, `terminate`, …; `status` for a change of state, see `status`. */
  readonly event: string
  /** `RINGING`, `ACCEPTED`, `REJECTED`, `COMPLETED`, … */
  readonly status?: string
  /** `USER_INITIATED` or `BUSINESS_INITIATED`. */
  readonly direction?: string
  readonly from: Party
  readonly to: Party
  readonly durationSeconds?: number
  readonly startedAtMs?: number
  readonly endedAtMs?: number
  readonly session?: { readonly sdp?: string; readonly sdpType?: string }
  readonly recording?: MediaRef
  readonly transcript?: MediaRef
  /** `biz_opaque_callback_data`. */
  readonly opaque?: string
  readonly errors: readonly ProviderError[]
}

/** A group was created, joined, left, changed or suspended. */
export interface GroupEvent extends AdministrativeBase {
  readonly kind: 'group'
  readonly change: 'lifecycle' | 'participants' | 'settings' | 'status'
  /** `group_create`, `group_participants_add`, … as sent. */
  readonly type: string
  readonly groupId?: string
  readonly requestId?: string
  readonly subject?: string
  /** Who asked to join, where the event is about one person. */
  readonly participant?: Party
  readonly added: readonly Party[]
  readonly removed: readonly Party[]
  readonly errors: readonly ProviderError[]
}

/** A multi-partner solution changed; `businessAccountId` is the business portfolio here. */
export interface PartnerSolutionEvent extends AdministrativeBase {
  readonly kind: 'partner_solution'
  readonly event: string
  readonly solutionId?: string
  readonly solutionStatus?: string
}

/** A payment configuration changed. */
export interface PaymentConfigurationEvent extends AdministrativeBase {
  readonly kind: 'payment_configuration'
  readonly configurationName?: string
  readonly providerName?: string
  readonly providerMerchantId?: string
  /** `Active`, `Needs Connecting` or `Needs Testing`. */
  readonly status?: string
}

/** A lead or a purchase that Meta detected in a chat. */
export interface AutomaticEvent extends AdministrativeBase {
  readonly kind: 'automatic'
  readonly event?: string
}

/** A business username was approved, reserved or deleted. */
export interface UsernameEvent extends AdministrativeBase {
  readonly kind: 'username'
  /** Absent when it was deleted. */
  readonly username?: string
  readonly status?: string
}

/** The thread with a customer went from one app to another. */
export interface HandoverEvent extends AdministrativeBase {
  readonly kind: 'handover'
  /** `control_passed` or `control_taken`, as sent. */
  readonly type: string
  readonly customer: Party
  readonly previousOwner: { readonly appId?: string; readonly role?: string }
  readonly newOwner: { readonly appId?: string; readonly role?: string }
  readonly metadata?: string
  /** A summary written by a model: untrusted text. */
  readonly conversationSummary?: string
}
