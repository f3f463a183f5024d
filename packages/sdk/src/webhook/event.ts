import type { MessageContent, ProviderError } from './content.ts'
import type {
  AccountAlertEvent,
  AccountEvent,
  AccountReviewEvent,
  AccountSettingsEvent,
  AutomaticEvent,
  BusinessCapabilityEvent,
  CallEvent,
  ContactSyncEvent,
  FlowEvent,
  GroupEvent,
  HandoverEvent,
  NumberNameEvent,
  NumberQualityEvent,
  PartnerSolutionEvent,
  PaymentConfigurationEvent,
  PreferenceEvent,
  SecurityEvent,
  TemplateCategoryEvent,
  TemplateComponentsEvent,
  TemplateQualityEvent,
  TemplateStatusEvent,
  UsernameEvent,
} from './account-event.ts'

/**
 * A person on WhatsApp, by the identifiers that came along. Each may be absent: people with a username have no phone
 * here, old payloads have no user id. Never an empty string.
 *
 * @see https://developers.facebook.com/docs/whatsapp/business-scoped-user-ids
 */
export interface Party {
  /** WhatsApp id of the phone number as received, usually digits without `+`. */
  readonly phone?: string
  /** Business-scoped user id, opaque; keep its case and prefix. */
  readonly userId?: string
  /** The id in the parent portfolio, opaque. */
  readonly parentUserId?: string
  /** As received, with or without a leading `@`. */
  readonly username?: string
  /** The name the person chose to show: untrusted text. */
  readonly displayName?: string
}

/** What every event carries. Events are plain data that survives `JSON.stringify` and `JSON.parse` unchanged. */
export interface EventBase {
  /**
   * Identifies what happened: the same text for every redelivery, different texts for different events, also between
   * the owner's copy and a standby copy. At most 300 characters, printable ASCII. Keep keys for at least 8 days.
   */
  readonly key: string
  /** `entry.id`: the WhatsApp business account; for partner solutions the business portfolio. Empty when missing. */
  readonly businessAccountId: string
  /** The webhook field as sent, for example `messages`. Empty when missing. */
  readonly field: string
  /** The business number it came to. Route by this; account events do not have it. */
  readonly phoneNumberId?: string
  /** For people; it has no fixed form. */
  readonly displayPhoneNumber?: string
  /** Whether another app owns the thread: observe only, do not answer. */
  readonly standby: boolean
  /** When it happened by Meta's clock, in milliseconds; may lie up to seven days before arrival. */
  readonly timestampMs?: number
}

/** What a message answers, or how often it was forwarded. */
export interface MessageContext {
  /** Id of the message it answers. */
  readonly messageId?: string
  /** Author of that message. */
  readonly from?: Party
  readonly forwarded: boolean
  /** Forwarded more than five times. */
  readonly frequentlyForwarded: boolean
  /** The product the customer asks about. */
  readonly product?: { readonly catalogId?: string; readonly retailerId?: string }
}

/** The ad or post a customer came from. */
export interface Referral {
  readonly sourceUrl?: string
  readonly sourceId?: string
  /** `ad` or `post`. */
  readonly sourceType?: string
  readonly headline?: string
  readonly body?: string
  readonly mediaType?: string
  readonly imageUrl?: string
  readonly videoUrl?: string
  readonly thumbnailUrl?: string
  /** Click id for conversion reports (`ctwa_clid`). */
  readonly clickId?: string
  readonly welcomeText?: string
}

/** A customer wrote (or tapped, reacted, edited, deleted: see `content`). */
export interface MessageEvent extends EventBase {
  readonly kind: 'message'
  /** Meta's message id. It embeds the phone number: personal data. */
  readonly messageId: string
  readonly from: Party
  /** Set for messages of a group: keep them apart from one-to-one chats. */
  readonly groupId?: string
  readonly context?: MessageContext
  readonly referral?: Referral
  readonly content: MessageContent
  /** Problems Meta reports beside the content, for example media that could not be fetched. Empty normally. */
  readonly errors: readonly ProviderError[]
  /** A summary written by a model of another app: untrusted text. */
  readonly conversationSummary?: string
}

/** The business wrote by other means: a person in the Business app, or the app that owns the thread. */
export interface EchoEvent extends EventBase {
  readonly kind: 'echo'
  readonly messageId: string
  readonly to: Party
  readonly groupId?: string
  readonly context?: MessageContext
  readonly content: MessageContent
  readonly errors: readonly ProviderError[]
}

/** Progress of a message we sent. Order is not guaranteed, `delivered` may be skipped: apply monotonically. */
export interface StatusEvent extends EventBase {
  readonly kind: 'status'
  readonly messageId: string
  readonly status: 'sent' | 'delivered' | 'read' | 'played' | 'failed' | 'unknown'
  /** The status as sent. */
  readonly rawStatus: string
  /** Who it was sent to; for a group only its id is known, see `groupId`. */
  readonly recipient: Party
  /** Set for a message to a group; then `participant` is the member this status is about. */
  readonly groupId?: string
  readonly participant?: Party
  /** Our own correlation text (`biz_opaque_callback_data`). */
  readonly opaque?: string
  readonly errors: readonly ProviderError[]
  readonly pricing?: {
    /** `PMP`, before July 2025 `CBP`. */
    readonly model?: string
    /** `regular`, `free_customer_service`, `free_entry_point`, … */
    readonly type?: string
    readonly category?: string
    readonly billable?: boolean
  }
  readonly conversation?: {
    readonly id?: string
    readonly origin?: string
    readonly expiresAtMs?: number
  }
}

/** A customer's phone number or user id changed: the same person from now on has the current identifiers. */
export interface IdentityEvent extends EventBase {
  readonly kind: 'identity'
  readonly change: 'number' | 'user_id'
  readonly previous: Party
  readonly current: Party
  /** Present when it came as a system message. */
  readonly messageId?: string
  /** Human text that came along. */
  readonly detail?: string
}

/** One message of the synchronised history. */
export interface HistoryItem {
  readonly messageId?: string
  /** `in`: the customer wrote it; `out`: the business did; `unknown` when it cannot be told. */
  readonly direction: 'in' | 'out' | 'unknown'
  readonly timestampMs?: number
  /** State of an outgoing message at the time, as sent. */
  readonly status?: string
  readonly context?: MessageContext
  readonly content: MessageContent
  readonly errors: readonly ProviderError[]
}

/**
 * Old messages of a number that was connected with its Business app: one event per thread, or one per piece that has no
 * thread. Kept apart from `message` on purpose, so that nobody answers six months of old chats. Retention and consent
 * apply to it.
 */
export interface HistoryEvent extends EventBase {
  readonly kind: 'history'
  /** The customer of the thread, as far as known. */
  readonly customer: Party
  readonly items: readonly HistoryItem[]
  readonly phase?: number
  readonly chunkOrder?: number
  /** Percent of the synchronisation that is done. */
  readonly progress?: number
  /** For example: the business declined to share its history. */
  readonly errors: readonly ProviderError[]
}

/** A problem of the app or account that Meta reports instead of a message. One event per error. */
export interface ProviderErrorEvent extends EventBase {
  readonly kind: 'provider_error'
  readonly error: ProviderError
  /** The error as sent. */
  readonly raw: unknown
}

/** Why something could not be read. */
export type UnknownReason =
  | 'object_unknown'
  | 'envelope_malformed'
  | 'field_unknown'
  | 'member_unknown'
  | 'value_malformed'
  | 'item_malformed'
  | 'item_without_id'

/** Something this version does not know, or something malformed. Kept as sent, for people to see. */
export interface UnknownEvent extends EventBase {
  readonly kind: 'unknown'
  readonly reason: UnknownReason
  /** Name of the list it stood in, for example `messages`. */
  readonly member?: string
  /** The item as sent. */
  readonly raw: unknown
}

/**
 * Everything a webhook can tell, tagged by `kind`.
 *
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/reference
 */
export type InboundEvent =
  | MessageEvent
  | EchoEvent
  | StatusEvent
  | IdentityEvent
  | HistoryEvent
  | ContactSyncEvent
  | PreferenceEvent
  | CallEvent
  | GroupEvent
  | HandoverEvent
  | TemplateStatusEvent
  | TemplateQualityEvent
  | TemplateComponentsEvent
  | TemplateCategoryEvent
  | NumberQualityEvent
  | NumberNameEvent
  | AccountEvent
  | AccountReviewEvent
  | AccountAlertEvent
  | AccountSettingsEvent
  | BusinessCapabilityEvent
  | SecurityEvent
  | FlowEvent
  | PartnerSolutionEvent
  | PaymentConfigurationEvent
  | AutomaticEvent
  | UsernameEvent
  | ProviderErrorEvent
  | UnknownEvent
