// @auronx/sdk/webhook exports: AccountAlertEvent, AccountEvent, AccountReviewEvent, AccountSettingsEvent, AdministrativeBase, AutomaticEvent, BusinessCapabilityEvent, CallEvent, ChallengeQuery, ChallengeResult, ContactSyncEvent, Delivery, EchoEvent, EventBase, EventInbox, FlowEvent, GroupEvent, HandoverEvent, HeaderValue, HistoryEvent, HistoryItem, IdentityEvent, InboundEvent, InboxWebhookOptions, MediaRef, MessageContent, MessageContext, MessageEvent, NodeRequest, NodeResponse, NumberNameEvent, NumberQualityEvent, OrderLine, ParseResult, PartnerSolutionEvent, Party, PaymentConfigurationEvent, PreferenceEvent, ProviderError, ProviderErrorEvent, Referral, RefusalCode, SecurityEvent, SharedContact, SignatureResult, StatusEvent, TemplateCategoryEvent, TemplateComponentsEvent, TemplateQualityEvent, TemplateRef, TemplateStatusEvent, UnknownEvent, UnknownReason, UnreadableReason, UsernameEvent, Webhook, WebhookListener, WebhookOptions, WebhookReply, createWebhook, createWebhookHandler, createWebhookListener, maxItemsPerChange, maxWebhookBytes, parseWebhook, signatureHeader, verifyChallenge, verifySignature, verifySignatureAsync

export declare const maxItemsPerChange = 1000;

export declare const maxWebhookBytes: number;

export declare const signatureHeader = "x-hub-signature-256";

export declare function createWebhook(given: WebhookOptions | InboxWebhookOptions): Webhook;

export declare function createWebhookHandler(options: WebhookOptions | InboxWebhookOptions): (request: Request) => Promise<Response>;

export declare function createWebhookListener(options: WebhookOptions | InboxWebhookOptions): WebhookListener;

export declare function parseWebhook(rawBody: Uint8Array | string): ParseResult;

export declare function verifyChallenge(query: ChallengeQuery, tokens: readonly string[]): ChallengeResult;

export declare function verifySignature(rawBody: Uint8Array | string, header: HeaderValue, secrets: readonly string[]): SignatureResult;

export declare function verifySignatureAsync(rawBody: Uint8Array | string, header: HeaderValue, secrets: readonly string[]): Promise<SignatureResult>;

export interface AccountAlertEvent extends AdministrativeBase {
    readonly kind: 'account_alert';
    readonly entityType?: string;
    readonly entityId?: string;
    /** `CRITICAL`, `WARNING` or `INFORMATIONAL`. */
    readonly severity?: string;
    readonly status?: string;
    readonly alertType?: string;
    readonly description?: string;
}

export interface AccountEvent extends AdministrativeBase {
    readonly kind: 'account';
    /** `ACCOUNT_VIOLATION`, `PARTNER_REMOVED`, … as sent. */
    readonly event: string;
    /** Our access ended: stop sending and drop the stored token. */
    readonly endsAccess: boolean;
    /** `DISABLE`, `REINSTATE` or `SCHEDULE_FOR_DISABLE`. */
    readonly banState?: string;
    readonly banDate?: string;
    readonly violationType?: string;
    readonly restrictions: readonly {
        readonly type?: string;
        readonly expiresAtMs?: number;
    }[];
    /** The business account it is about, where it differs from `businessAccountId`. */
    readonly subjectAccountId?: string;
    readonly ownerBusinessId?: string;
    readonly partnerAppId?: string;
    readonly country?: string;
    readonly disconnection?: {
        readonly reason?: string;
        readonly initiatedBy?: string;
    };
}

export interface AccountReviewEvent extends AdministrativeBase {
    readonly kind: 'account_review';
    /** `APPROVED`, `REJECTED`, `PENDING` or `DEFERRED`. */
    readonly decision: string;
}

export interface AccountSettingsEvent extends AdministrativeBase {
    readonly kind: 'account_settings';
    /** Which settings, for example `phone_number_settings`. */
    readonly settings: string;
}

export interface AutomaticEvent extends AdministrativeBase {
    readonly kind: 'automatic';
    readonly event?: string;
}

export interface BusinessCapabilityEvent extends AdministrativeBase {
    readonly kind: 'business_capability';
    /** A number as text or `TIER_…`, as sent. */
    readonly dailyLimit?: string;
    readonly dailyLimitPerNumber?: string;
    readonly maxNumbersPerBusiness?: number;
    readonly maxNumbersPerAccount?: number;
}

export interface CallEvent extends AdministrativeBase {
    readonly kind: 'call';
    readonly callId: string;
    /** `connect`, `terminate`, …; `status` for a change of state, see `status`. */
    readonly event: string;
    /** `RINGING`, `ACCEPTED`, `REJECTED`, `COMPLETED`, … */
    readonly status?: string;
    /** `USER_INITIATED` or `BUSINESS_INITIATED`. */
    readonly direction?: string;
    readonly from: Party;
    readonly to: Party;
    readonly durationSeconds?: number;
    readonly startedAtMs?: number;
    readonly endedAtMs?: number;
    readonly session?: {
        readonly sdp?: string;
        readonly sdpType?: string;
    };
    readonly recording?: MediaRef;
    readonly transcript?: MediaRef;
    /** `biz_opaque_callback_data`. */
    readonly opaque?: string;
    readonly errors: readonly ProviderError[];
}

export interface ContactSyncEvent extends AdministrativeBase {
    readonly kind: 'contact_sync';
    readonly action: 'add' | 'remove' | 'unknown';
    /** Its `displayName` is the full name in the phone book. */
    readonly contact: Party;
    readonly firstName?: string;
}

export interface Delivery {
    /** Position of the app secret that signed it: events must belong to that app's numbers. */
    readonly secretIndex: number;
    /** When its bytes were complete, in milliseconds. */
    readonly receivedAtMs: number;
}

export interface EchoEvent extends EventBase {
    readonly kind: 'echo';
    readonly messageId: string;
    readonly to: Party;
    readonly groupId?: string;
    readonly context?: MessageContext;
    readonly content: MessageContent;
    readonly errors: readonly ProviderError[];
}

export interface EventInbox {
    /** Resolves once the events are stored. */
    accept(events: readonly InboundEvent[], source: {
        readonly appId: string;
    }): Promise<unknown>;
    /** Keeps a body that was signed correctly and yet cannot be read. */
    keepUnreadable(bytes: Uint8Array, source: {
        readonly appId: string;
    }): Promise<void>;
}

export interface InboxWebhookOptions extends Omit<WebhookOptions, 'accept' | 'appSecrets' | 'verifyTokens' | 'onUnreadable'> {
    readonly inbox: EventInbox;
    /** Id of the app. Events of numbers that belong to another app are refused. */
    readonly appId: string;
    readonly appSecret: string;
    /** What was typed at Meta beside the address of this endpoint. */
    readonly verifyToken: string;
}

export interface NodeRequest {
    readonly method?: string | undefined;
    readonly url?: string | undefined;
    readonly headers: {
        readonly [name: string]: string | string[] | undefined;
    };
    /** Each value of each header: a signature that came twice is refused. */
    readonly headersDistinct: {
        readonly [name: string]: string[] | undefined;
    };
    /** Whether somebody has read the body already. */
    readonly readableDidRead: boolean;
    [Symbol.asyncIterator](): AsyncIterator<Uint8Array>;
}

export interface NodeResponse {
    writeHead(status: number, headers: Record<string, string>): {
        end(body: string): unknown;
    };
}

export interface ParseResult {
    /** Everything in the body, in its order; what is not known is among it as `unknown`. */
    readonly events: readonly InboundEvent[];
    /** Present when the body as a whole could not be read; there are no events then. Keep the bytes and raise an alarm. */
    readonly unreadable?: {
        readonly reason: UnreadableReason;
    };
    /** Limits of Meta that the body exceeds. Its events are complete nevertheless. */
    readonly exceeded?: readonly ('bytes' | 'items')[];
}

export interface Webhook {
    /** Largest body to read, in bytes. */
    readonly maxBytes: number;
    /**
     * Looks at a request before its body: the answer to a challenge (200 or 403), to another method (405) or to a body
     * announced as too large (413); undefined when the body is to be read and handed to `receive`.
     */
    begin(request: {
        readonly method: string;
        readonly query: URLSearchParams;
        /** The `Content-Length` header. */
        readonly contentLength?: string | null | undefined;
    }): WebhookReply | undefined;
    /** The answer to a body that turned out larger than `maxBytes` while it was read: 413. */
    tooLarge(): WebhookReply;
    /**
     * Verifies, reads and accepts one body: 200 once its events are stored, 401 for a bad signature, 503 with `Retry-After`
     * when `accept` failed and may succeed later, 500 when it failed otherwise. Never throws.
     *
     * @param rawBody the bytes as received
     * @param signature the value or values of the `X-Hub-Signature-256` header
     */
    receive(rawBody: Uint8Array, signature: HeaderValue): Promise<WebhookReply>;
}

export type ChallengeQuery = URLSearchParams | {
    readonly [name: string]: string | readonly string[] | undefined;
};

export type ChallengeResult = {
    readonly kind: 'verified';
    /** What to answer, as `text/plain`, unchanged. */
    readonly challenge: string;
} | {
    readonly kind: 'refused';
    readonly reason: 'malformed' | 'wrong_token';
};

export type HeaderValue = string | readonly string[] | null | undefined;

export type SignatureResult = {
    readonly kind: 'verified';
    /** Position of the secret that signed the body. */
    readonly secretIndex: number;
} | {
    readonly kind: 'refused';
    readonly code: 'signature_missing' | 'signature_malformed' | 'signature_mismatch';
};

export type WebhookListener = (request: NodeRequest, response: NodeResponse) => void;

// named by the above

export declare const errorCodes: readonly ["invalid_input", "invalid_config", "not_found", "conflict", "not_permitted", "illegal_transition", "version_conflict", "idempotency_mismatch", "idempotency_in_progress", "money_out_of_range", "currency_mismatch", "unknown_currency", "unknown_time_zone", "signature_missing", "signature_malformed", "signature_mismatch", "payload_too_large", "payload_unreadable", "message_invalid", "window_closed", "lease_lost", "storage_unavailable", "storage_constraint", "storage_role", "overloaded", "egress_denied", "network_failed", "timeout", "aborted", "graph_error", "media_invalid", "unauthenticated", "reauthentication_required", "seal_broken", "refused", "precondition_required", "rate_limited", "internal"];

export interface AdministrativeBase extends EventBase {
    /** The change's value, or the item of it, as sent. */
    readonly raw: unknown;
}

export interface Clock {
    /** The current instant, in UTC with millisecond precision. */
    now(): Date;
}

export interface EventBase {
    /**
     * Identifies what happened: the same text for every redelivery, different texts for different events, also between
     * the owner's copy and a standby copy. At most 300 characters, printable ASCII. Keep keys for at least 8 days.
     */
    readonly key: string;
    /** `entry.id`: the WhatsApp business account; for partner solutions the business portfolio. Empty when missing. */
    readonly businessAccountId: string;
    /** The webhook field as sent, for example `messages`. Empty when missing. */
    readonly field: string;
    /** The business number it came to. Route by this; account events do not have it. */
    readonly phoneNumberId?: string;
    /** For people; it has no fixed form. */
    readonly displayPhoneNumber?: string;
    /** Whether another app owns the thread: observe only, do not answer. */
    readonly standby: boolean;
    /** When it happened by Meta's clock, in milliseconds; may lie up to seven days before arrival. */
    readonly timestampMs?: number;
}

export interface FlowEvent extends AdministrativeBase {
    readonly kind: 'flow';
    /** `FLOW_STATUS_CHANGE`, `CLIENT_ERROR_RATE`, `ENDPOINT_LATENCY`, … */
    readonly event: string;
    readonly flowId?: string;
    readonly message?: string;
    readonly oldStatus?: string;
    readonly newStatus?: string;
    readonly alertState?: string;
}

export interface GroupEvent extends AdministrativeBase {
    readonly kind: 'group';
    readonly change: 'lifecycle' | 'participants' | 'settings' | 'status';
    /** `group_create`, `group_participants_add`, … as sent. */
    readonly type: string;
    readonly groupId?: string;
    readonly requestId?: string;
    readonly subject?: string;
    /** Who asked to join, where the event is about one person. */
    readonly participant?: Party;
    readonly added: readonly Party[];
    readonly removed: readonly Party[];
    readonly errors: readonly ProviderError[];
}

export interface HandoverEvent extends AdministrativeBase {
    readonly kind: 'handover';
    /** `control_passed` or `control_taken`, as sent. */
    readonly type: string;
    readonly customer: Party;
    readonly previousOwner: {
        readonly appId?: string;
        readonly role?: string;
    };
    readonly newOwner: {
        readonly appId?: string;
        readonly role?: string;
    };
    readonly metadata?: string;
    /** A summary written by a model: untrusted text. */
    readonly conversationSummary?: string;
}

export interface HistoryEvent extends EventBase {
    readonly kind: 'history';
    /** The customer of the thread, as far as known. */
    readonly customer: Party;
    readonly items: readonly HistoryItem[];
    readonly phase?: number;
    readonly chunkOrder?: number;
    /** Percent of the synchronisation that is done. */
    readonly progress?: number;
    /** For example: the business declined to share its history. */
    readonly errors: readonly ProviderError[];
}

export interface HistoryItem {
    readonly messageId?: string;
    /** `in`: the customer wrote it; `out`: the business did; `unknown` when it cannot be told. */
    readonly direction: 'in' | 'out' | 'unknown';
    readonly timestampMs?: number;
    /** State of an outgoing message at the time, as sent. */
    readonly status?: string;
    readonly context?: MessageContext;
    readonly content: MessageContent;
    readonly errors: readonly ProviderError[];
}

export interface IdentityEvent extends EventBase {
    readonly kind: 'identity';
    readonly change: 'number' | 'user_id';
    readonly previous: Party;
    readonly current: Party;
    /** Present when it came as a system message. */
    readonly messageId?: string;
    /** Human text that came along. */
    readonly detail?: string;
}

export interface Logger {
    debug(message: string, fields?: LogFields): void;
    info(message: string, fields?: LogFields): void;
    warn(message: string, fields?: LogFields): void;
    /** Something that a person must look at. */
    error(message: string, fields?: LogFields): void;
}

export interface MediaRef {
    /** Media id, to ask Graph for a fresh download address. */
    readonly id: string;
    /** MIME type as sent, possibly with parameters (`audio/ogg; codecs=opus`). */
    readonly mimeType?: string;
    /** SHA-256 of the file, base64 as sent. */
    readonly sha256?: string;
    /** Download address, dead about five minutes after the message's timestamp; needs the access token. */
    readonly url?: string;
    /** Size in bytes, when sent. */
    readonly sizeBytes?: number;
}

export interface MessageContext {
    /** Id of the message it answers. */
    readonly messageId?: string;
    /** Author of that message. */
    readonly from?: Party;
    readonly forwarded: boolean;
    /** Forwarded more than five times. */
    readonly frequentlyForwarded: boolean;
    /** The product the customer asks about. */
    readonly product?: {
        readonly catalogId?: string;
        readonly retailerId?: string;
    };
}

export interface MessageEvent extends EventBase {
    readonly kind: 'message';
    /** Meta's message id. It embeds the phone number: personal data. */
    readonly messageId: string;
    readonly from: Party;
    /** Set for messages of a group: keep them apart from one-to-one chats. */
    readonly groupId?: string;
    readonly context?: MessageContext;
    readonly referral?: Referral;
    readonly content: MessageContent;
    /** Problems Meta reports beside the content, for example media that could not be fetched. Empty normally. */
    readonly errors: readonly ProviderError[];
    /** A summary written by a model of another app: untrusted text. */
    readonly conversationSummary?: string;
}

export interface NumberNameEvent extends AdministrativeBase {
    readonly kind: 'number_name';
    /** `APPROVED`, `DEFERRED`, `PENDING` or `REJECTED`. */
    readonly decision: string;
    readonly requestedName?: string;
    readonly rejectionReason?: string;
}

export interface NumberQualityEvent extends AdministrativeBase {
    readonly kind: 'number_quality';
    /** `ONBOARDING`, `THROUGHPUT_UPGRADE`, older `FLAGGED`, `UPGRADE`, … */
    readonly event: string;
    readonly oldLimit?: string;
    readonly currentLimit?: string;
    /** `TIER_…`: conversations the business may open a day. */
    readonly dailyLimit?: string;
}

export interface OrderLine {
    /** Our own product id in the Meta catalog (`product_retailer_id`). */
    readonly retailerId: string;
    /** Number of units; 0 when it was missing or no number. */
    readonly quantity: number;
    /** Decimal text as shown to the customer, in major units. */
    readonly itemPrice?: string;
    /** ISO 4217 code as sent. */
    readonly currency?: string;
}

export interface PartnerSolutionEvent extends AdministrativeBase {
    readonly kind: 'partner_solution';
    readonly event: string;
    readonly solutionId?: string;
    readonly solutionStatus?: string;
}

export interface Party {
    /** WhatsApp id of the phone number as received, usually digits without `+`. */
    readonly phone?: string;
    /** Business-scoped user id, opaque; keep its case and prefix. */
    readonly userId?: string;
    /** The id in the parent portfolio, opaque. */
    readonly parentUserId?: string;
    /** As received, with or without a leading `@`. */
    readonly username?: string;
    /** The name the person chose to show: untrusted text. */
    readonly displayName?: string;
}

export interface PaymentConfigurationEvent extends AdministrativeBase {
    readonly kind: 'payment_configuration';
    readonly configurationName?: string;
    readonly providerName?: string;
    readonly providerMerchantId?: string;
    /** `Active`, `Needs Connecting` or `Needs Testing`. */
    readonly status?: string;
}

export interface PreferenceEvent extends AdministrativeBase {
    readonly kind: 'preference';
    readonly from: Party;
    /** `marketing_messages`. */
    readonly category?: string;
    readonly choice: 'stop' | 'resume' | 'unknown';
    /** The choice as sent. */
    readonly rawChoice: string;
    readonly detail?: string;
}

export interface ProviderError {
    /** Meta's error number; absent when it was missing or no number. */
    readonly code?: number;
    readonly title?: string;
    readonly message?: string;
    /** Longer text, from `error_data.details`. */
    readonly details?: string;
    readonly href?: string;
}

export interface ProviderErrorEvent extends EventBase {
    readonly kind: 'provider_error';
    readonly error: ProviderError;
    /** The error as sent. */
    readonly raw: unknown;
}

export interface Referral {
    readonly sourceUrl?: string;
    readonly sourceId?: string;
    /** `ad` or `post`. */
    readonly sourceType?: string;
    readonly headline?: string;
    readonly body?: string;
    readonly mediaType?: string;
    readonly imageUrl?: string;
    readonly videoUrl?: string;
    readonly thumbnailUrl?: string;
    /** Click id for conversion reports (`ctwa_clid`). */
    readonly clickId?: string;
    readonly welcomeText?: string;
}

export interface SecurityEvent extends AdministrativeBase {
    readonly kind: 'security';
    /** `PIN_CHANGED`, `PIN_RESET_REQUEST` or `PIN_REQUEST_SUCCESS`. */
    readonly event: string;
    readonly requester?: string;
}

export interface SharedContact {
    readonly formattedName?: string;
    readonly firstName?: string;
    readonly lastName?: string;
    readonly phones: readonly {
        readonly phone?: string;
        readonly type?: string;
        /** The number's WhatsApp id, digits, when it has one. */
        readonly waId?: string;
    }[];
    readonly emails: readonly {
        readonly email?: string;
        readonly type?: string;
    }[];
    readonly organization?: string;
    readonly birthday?: string;
    readonly vcard?: string;
    /** `contact_request` when the customer answers our request for contact details. */
    readonly origin?: string;
    /** The card as sent, with addresses, links and what else it holds. */
    readonly raw: unknown;
}

export interface StatusEvent extends EventBase {
    readonly kind: 'status';
    readonly messageId: string;
    readonly status: 'sent' | 'delivered' | 'read' | 'played' | 'failed' | 'unknown';
    /** The status as sent. */
    readonly rawStatus: string;
    /** Who it was sent to; for a group only its id is known, see `groupId`. */
    readonly recipient: Party;
    /** Set for a message to a group; then `participant` is the member this status is about. */
    readonly groupId?: string;
    readonly participant?: Party;
    /** Our own correlation text (`biz_opaque_callback_data`). */
    readonly opaque?: string;
    readonly errors: readonly ProviderError[];
    readonly pricing?: {
        /** `PMP`, before July 2025 `CBP`. */
        readonly model?: string;
        /** `regular`, `free_customer_service`, `free_entry_point`, … */
        readonly type?: string;
        readonly category?: string;
        readonly billable?: boolean;
    };
    readonly conversation?: {
        readonly id?: string;
        readonly origin?: string;
        readonly expiresAtMs?: number;
    };
}

export interface TemplateCategoryEvent extends AdministrativeBase, TemplateRef {
    readonly kind: 'template_category';
    /** `announced`: it will change; `changed`: it has changed; `detected`: Meta thinks another one is right. */
    readonly phase: 'announced' | 'changed' | 'detected';
    readonly previousCategory?: string;
    readonly currentCategory?: string;
    /** The category Meta considers right; with `announced`, the one that will apply. */
    readonly correctCategory?: string;
    /** When an announced change takes effect. */
    readonly effectiveAtMs?: number;
}

export interface TemplateComponentsEvent extends AdministrativeBase, TemplateRef {
    readonly kind: 'template_components';
    readonly title?: string;
    readonly body?: string;
    readonly footer?: string;
    readonly buttons: readonly {
        readonly type?: string;
        readonly text?: string;
        readonly url?: string;
        readonly phoneNumber?: string;
    }[];
}

export interface TemplateQualityEvent extends AdministrativeBase, TemplateRef {
    readonly kind: 'template_quality';
    readonly previousScore?: string;
    /** `GREEN`, `YELLOW`, `RED` or `UNKNOWN`. */
    readonly newScore?: string;
}

export interface TemplateRef {
    readonly templateId?: string;
    readonly templateName?: string;
    /** Language code as sent, `en_US` or `en-US`. */
    readonly language?: string;
}

export interface TemplateStatusEvent extends AdministrativeBase, TemplateRef {
    readonly kind: 'template_status';
    /** `APPROVED`, `REJECTED`, `PAUSED`, `DISABLED`, … as sent. */
    readonly event: string;
    readonly category?: string;
    /** Reason code as sent, for example `INVALID_FORMAT`; absent for null. */
    readonly reason?: string;
    /** Why and until when it was paused, for example `FIRST_PAUSE`. */
    readonly notice?: {
        readonly title?: string;
        readonly description?: string;
    };
    /** Human explanation of a rejection. */
    readonly rejection?: {
        readonly reason?: string;
        readonly recommendation?: string;
    };
}

export interface UnknownEvent extends EventBase {
    readonly kind: 'unknown';
    readonly reason: UnknownReason;
    /** Name of the list it stood in, for example `messages`. */
    readonly member?: string;
    /** The item as sent. */
    readonly raw: unknown;
}

export interface UsernameEvent extends AdministrativeBase {
    readonly kind: 'username';
    /** Absent when it was deleted. */
    readonly username?: string;
    readonly status?: string;
}

export interface WebhookOptions {
    /** Secrets of the apps that may deliver here, at least one. */
    readonly appSecrets: readonly string[];
    /** Verify tokens that are configured at Meta for this address, at least one. */
    readonly verifyTokens: readonly string[];
    /** Default: the platform's clock. */
    readonly clock?: Clock;
    /**
     * Stores the events of a verified webhook; only after it resolves, with whatever value, is the webhook acknowledged. Not
     * called without events. When it throws, Meta is asked to deliver again.
     */
    readonly accept: (events: readonly InboundEvent[], delivery: Delivery) => Promise<unknown>;
    /** Keeps a body that is signed correctly and yet cannot be read. Default: it is logged as an error, without content. */
    readonly onUnreadable?: (rawBody: Uint8Array, reason: UnreadableReason, delivery: Delivery) => Promise<void>;
    /** Counts what was turned away. Default: nothing. */
    readonly onRefused?: (code: RefusalCode) => void;
    readonly logger?: Logger;
    /** Largest body to read, in bytes. Default 3 MiB, the most Meta sends. */
    readonly maxBytes?: number;
    /** What `Retry-After` says while events cannot be stored, in seconds. Default 10. */
    readonly retryAfterSeconds?: number;
}

export interface WebhookReply {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
}

export type ErrorCode = (typeof errorCodes)[number];

export type InboundEvent = MessageEvent | EchoEvent | StatusEvent | IdentityEvent | HistoryEvent | ContactSyncEvent | PreferenceEvent | CallEvent | GroupEvent | HandoverEvent | TemplateStatusEvent | TemplateQualityEvent | TemplateComponentsEvent | TemplateCategoryEvent | NumberQualityEvent | NumberNameEvent | AccountEvent | AccountReviewEvent | AccountAlertEvent | AccountSettingsEvent | BusinessCapabilityEvent | SecurityEvent | FlowEvent | PartnerSolutionEvent | PaymentConfigurationEvent | AutomaticEvent | UsernameEvent | ProviderErrorEvent | UnknownEvent;

export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

export type MessageContent = {
    readonly type: 'text';
    readonly body: string;
} | {
    readonly type: 'image';
    readonly media: MediaRef;
    readonly caption?: string;
} | {
    readonly type: 'video';
    readonly media: MediaRef;
    readonly caption?: string;
} | {
    readonly type: 'audio';
    readonly media: MediaRef;
    /** `true` for a recorded voice note. */
    readonly voice: boolean;
    readonly caption?: string;
} | {
    readonly type: 'document';
    readonly media: MediaRef;
    readonly filename?: string;
    readonly caption?: string;
} | {
    readonly type: 'sticker';
    readonly media: MediaRef;
    readonly animated: boolean;
} | {
    readonly type: 'location';
    /** Degrees, absent when it was no number. */
    readonly latitude?: number;
    readonly longitude?: number;
    readonly name?: string;
    readonly address?: string;
    readonly url?: string;
} | {
    readonly type: 'contacts';
    readonly contacts: readonly SharedContact[];
    /** `contact_request` when the customer answers our request for contact details. */
    readonly origin?: string;
}
/** A tapped reply button. The id is what we sent, yet comes from the client: authorise it. */
 | {
    readonly type: 'button_reply';
    readonly id: string;
    readonly title: string;
}
/** A chosen list row. The id is what we sent, yet comes from the client: authorise it. */
 | {
    readonly type: 'list_reply';
    readonly id: string;
    readonly title: string;
    readonly description?: string;
}
/** A tapped quick reply of a template, for example "Stop promotions". */
 | {
    readonly type: 'template_button';
    readonly payload: string;
    readonly text: string;
}
/** A submitted Flow. `responseJson` is JSON text with our `flow_token`: parse defensively, check the token. */
 | {
    readonly type: 'flow_reply';
    readonly name: string;
    readonly body?: string;
    readonly responseJson: string;
}
/** A submitted address form; `responseJson` as for a Flow. */
 | {
    readonly type: 'address_reply';
    readonly body?: string;
    readonly responseJson: string;
} | {
    readonly type: 'call_permission_reply';
    readonly response: 'accept' | 'reject' | 'unknown';
    readonly permanent?: boolean;
    readonly expiresAtMs?: number;
    /** `user_action` or `automatic`. */
    readonly source?: string;
} | {
    readonly type: 'order';
    readonly catalogId?: string;
    readonly text?: string;
    readonly items: readonly OrderLine[];
}
/** A reaction to one of our messages; without `emoji` it was taken back. */
 | {
    readonly type: 'reaction';
    readonly messageId: string;
    readonly emoji?: string;
}
/** A notice of the platform that is not an identity change (those are `identity` events). */
 | {
    readonly type: 'system';
    readonly systemType?: string;
    readonly body?: string;
}
/** The customer changed an earlier message; `content` replaces it. */
 | {
    readonly type: 'edit';
    readonly originalMessageId: string;
    readonly content: MessageContent;
    /** Id of the message the edited one answers. */
    readonly contextId?: string;
}
/** The customer deleted an earlier message. */
 | {
    readonly type: 'revoke';
    readonly originalMessageId: string;
}
/** Something the Cloud API cannot deliver, for example a poll. */
 | {
    readonly type: 'unsupported';
    readonly errors: readonly ProviderError[];
    readonly unsupportedType?: string;
} | {
    readonly type: 'errors';
    readonly errors: readonly ProviderError[];
}
/** The chat was opened for the first time; Meta withdrew this in March 2026. */
 | {
    readonly type: 'request_welcome';
}
/** A media message of the synchronised history whose file follows later. */
 | {
    readonly type: 'media_placeholder';
} | {
    readonly type: 'unknown';
    /** The message's `type` as sent; empty when there was none. */
    readonly rawType: string;
    /** The message as sent. */
    readonly raw: unknown;
};

export type RefusalCode = Extract<ErrorCode, 'signature_missing' | 'signature_malformed' | 'signature_mismatch' | 'payload_too_large'>;

export type UnknownReason = 'object_unknown' | 'envelope_malformed' | 'field_unknown' | 'member_unknown' | 'value_malformed' | 'item_malformed' | 'item_without_id';

export type UnreadableReason = 'empty' | 'not_json' | 'not_an_object' | 'no_entries';
