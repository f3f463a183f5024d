// @auronx/sdk/whatsapp exports: BlobRequest, Egress, EgressFetch, EgressHost, EgressInit, EgressOptions, EncodedRecipient, GraphDeps, GraphError, GraphErrorRule, GraphJson, GraphNotice, GraphNoticeContent, GraphQuota, PaceReservation, PaceRule, PaceState, SendPace, UploadedBlobs, WhatsAppAccess, WhatsAppAdminDeps, WhatsAppDeps, adviseOn, blobsOf, createEgress, createSendPacing, createWhatsApp, createWhatsAppAdmin, createWhatsAppMessenger, defaultMediaHosts, encodeMessage, encodeRecipient, graphErrorRule, graphErrorRules, isDefinite, isRested, maxMediaBytes, metaHosts, numberPace, pairPace, reserve, reserveSend

export declare const defaultMediaHosts: readonly string[];

export declare const graphErrorRules: readonly GraphErrorRule[];

export declare const maxMediaBytes: number;

export declare const metaHosts: readonly EgressHost[];

export declare const pairPace: PaceRule;

export declare function adviseOn(error: GraphError): Advice;

export declare function blobsOf(message: OutboundMessage): readonly BlobId[];

export declare function createEgress(options: EgressOptions): Egress;

export declare function createSendPacing(perSecond?: (phoneNumberId: string) => number): PaceBook;

export declare function createWhatsApp({ accessToken, baseUrl }: WhatsAppAccess): Messenger;

export declare function createWhatsAppAdmin(deps: WhatsAppAdminDeps): NumberAdmin;

export declare function createWhatsAppMessenger(deps: WhatsAppDeps): Messenger;

export declare function encodeMessage(message: OutboundMessage, blobs?: UploadedBlobs): GraphJson;

export declare function encodeRecipient(to: Recipient): EncodedRecipient | undefined;

export declare function graphErrorRule(code: number): GraphErrorRule | undefined;

export declare function isDefinite(code: number, status: number): boolean;

export declare function isRested(state: PaceState, nowMs: number): boolean;

export declare function numberPace(perSecond?: number): PaceRule;

export declare function reserve(rule: PaceRule, state: PaceState | undefined, nowMs: number): PaceReservation;

export declare function reserveSend(state: SendPace, nowMs: number, rules: {
    readonly number: PaceRule;
    readonly pair: PaceRule;
}): {
    readonly state: Required<SendPace>;
    readonly waitMs: number;
};

export interface BlobRequest {
    readonly phoneNumberId: string;
    readonly blobId: BlobId;
    readonly signal: AbortSignal;
}

export interface Egress {
    /**
     * Throws `egress_denied` before anything leaves when the host is not listed, the scheme is not `https` or the address
     * carries credentials; `timeout` and `aborted`; `network_failed` otherwise, whose detail `sent` is `false` only when
     * the request surely never reached the other side.
     */
    readonly fetch: EgressFetch;
    /** The listed hosts: this is the sub-processor register. */
    register(): readonly EgressHost[];
}

export interface EgressOptions {
    readonly hosts: readonly EgressHost[];
    /** Transport; a keep-alive client fits here. Default: the platform's `fetch`. */
    readonly fetch?: (input: Request, init: RequestInit) => Promise<Response>;
    /** Lets `http` and `https` reach this machine on any port, for a simulator or a local model. Default `false`. */
    readonly allowLoopback?: boolean;
    /** Time for one exchange in milliseconds. Default 60,000. */
    readonly timeoutMs?: number;
}

export interface GraphDeps {
    readonly egress: Egress;
    /** The access token for a business number. A rejection that is not retryable stops the number. */
    readonly tokens: (phoneNumberId: string) => Promise<string>;
    /** Default `https://graph.facebook.com`. */
    readonly baseUrl?: string;
    /** Graph API version, `v` and a number. Default `v25.0`, which Meta keeps until 2028-07-29. */
    readonly version?: string;
    /** Told about used-up quotas and version warnings in answers. Must not throw. */
    readonly onNotice?: (notice: GraphNotice) => void;
}

export interface GraphError {
    readonly code: number;
    readonly subcode?: number;
    /** Graph's own word that another try may work. */
    readonly isTransient?: boolean;
    /** How long Graph asks us to wait. */
    readonly waitMs?: number;
}

export interface GraphErrorRule {
    /** Codes, and inclusive ranges of codes. */
    readonly codes: readonly (number | readonly [from: number, to: number])[];
    /** What Meta says by it, in our words. */
    readonly meaning: string;
    readonly advice: Advice;
}

export interface PaceReservation {
    readonly state: PaceState;
    readonly waitMs: number;
}

export interface PaceRule {
    readonly intervalMs: number;
    readonly burst: number;
}

export interface SendPace {
    readonly number?: PaceState;
    readonly pair?: PaceState;
}

export interface WhatsAppAccess {
    readonly accessToken: string;
    /** A simulator on this machine. Default `https://graph.facebook.com`. */
    readonly baseUrl?: string;
}

export interface WhatsAppAdminDeps extends Omit<GraphDeps, 'tokens'> {
    /** Time for one call in milliseconds. Default 20,000. */
    readonly timeoutMs?: number;
}

export interface WhatsAppDeps extends GraphDeps {
    /** Reads a blob that a message names, so that it can be uploaded. Without it such messages are refused. */
    readonly readBlob?: (request: BlobRequest) => Promise<MediaContent | undefined>;
    /** Time for a send or a read receipt in milliseconds. Default 20,000. */
    readonly timeoutMs?: number;
    /** Time for one step of a media transfer in milliseconds. Default 30,000. */
    readonly mediaTimeoutMs?: number;
    /** Hosts that media may be fetched from, besides being listed in the egress. Default `lookaside.fbsbx.com`. */
    readonly mediaHosts?: readonly string[];
    /** Lets media be fetched from this machine, for a simulator; the egress must allow it too. Default `false`. */
    readonly allowLoopbackMedia?: boolean;
}

export type EncodedRecipient = {
    readonly to: string;
} | {
    readonly recipient: string;
};

export type GraphJson = {
    readonly [key: string]: Json;
};

export type UploadedBlobs = ReadonlyMap<BlobId, string>;

// named by the above

declare const brandName: unique symbol;

export interface AdminRefusal {
    readonly kind: 'refused';
    readonly problem: 'token-invalid' | 'permission-missing' | 'not-found' | 'pin-wrong' | 'too-many-registrations' | 'unreachable' | 'other';
    /** Meta's number, or one of our own words. */
    readonly code: number | string;
    /** What it means, in a sentence for the person who connects the number. */
    readonly words: string;
}

export interface AudioMessage {
    readonly kind: 'audio';
    readonly media: MediaSource;
    readonly voice?: boolean;
}

export interface ButtonsMessage {
    readonly kind: 'buttons';
    readonly header?: MessageHeader;
    readonly body: string;
    readonly footer?: string;
    readonly buttons: readonly ReplyButton[];
}

export interface CallOptions {
    readonly signal: AbortSignal;
}

export interface CatalogMessage {
    readonly kind: 'catalog';
    readonly body: string;
    readonly footer?: string;
    /** Product whose picture is shown; Meta takes the first one otherwise. */
    readonly thumbnailRetailerId?: string;
}

export interface ContactCard {
    readonly name: {
        readonly formatted: string;
        readonly first?: string;
        readonly middle?: string;
        readonly last?: string;
        readonly prefix?: string;
        readonly suffix?: string;
    };
    readonly phones?: readonly {
        readonly phone: string;
        readonly type?: string;
        readonly waId?: string;
    }[];
    readonly emails?: readonly {
        readonly email: string;
        readonly type?: string;
    }[];
    readonly urls?: readonly {
        readonly url: string;
        readonly type?: string;
    }[];
    readonly addresses?: readonly {
        readonly street?: string;
        readonly city?: string;
        readonly state?: string;
        readonly zip?: string;
        readonly country?: string;
        readonly countryCode?: string;
        readonly type?: string;
    }[];
    readonly organisation?: {
        readonly company?: string;
        readonly department?: string;
        readonly title?: string;
    };
    /** `YYYY-MM-DD`. */
    readonly birthday?: string;
}

export interface ContactsMessage {
    readonly kind: 'contacts';
    readonly contacts: readonly ContactCard[];
}

export interface DocumentMessage {
    readonly kind: 'document';
    readonly media: MediaSource;
    readonly caption?: string;
    readonly filename?: string;
}

export interface DownloadRequest {
    readonly phoneNumberId: string;
    readonly mediaId: string;
    /** Most bytes to accept. Default 100 MB, the platform's largest. */
    readonly maxBytes?: number;
    /** SHA-256 as the inbound event states it, base64 or hex; checked besides the provider's own. */
    readonly sha256?: string;
}

export interface EgressHost {
    /** Host name as in a URL, with a port only when it is not 443; for example `graph.facebook.com`. */
    readonly host: string;
    /** Why we talk to it, in one sentence a data subject would understand. */
    readonly purpose: string;
    /** The company that runs it. */
    readonly subProcessor: string;
}

export interface EgressInit extends RequestInit {
    /** Time for the whole exchange, body included, in milliseconds. Default: the egress' own. */
    readonly timeoutMs?: number;
}

export interface GraphQuota {
    readonly callPercent?: number;
    readonly cpuPercent?: number;
    readonly timePercent?: number;
}

export interface ImageOrVideoMessage {
    readonly kind: 'image' | 'video';
    readonly media: MediaSource;
    readonly caption?: string;
}

export interface LinkMessage {
    readonly kind: 'link';
    readonly header?: MessageHeader;
    readonly body: string;
    readonly footer?: string;
    readonly label: string;
    readonly url: string;
}

export interface ListMessage {
    readonly kind: 'list';
    readonly header?: string;
    readonly body: string;
    readonly footer?: string;
    /** Label of the button that opens the list. */
    readonly button: string;
    readonly sections: readonly ListSection[];
}

export interface ListRow {
    readonly id: string;
    readonly title: string;
    readonly description?: string;
}

export interface ListSection {
    readonly title?: string;
    readonly rows: readonly ListRow[];
}

export interface LocationMessage {
    readonly kind: 'location';
    readonly latitude: number;
    readonly longitude: number;
    readonly name?: string;
    readonly address?: string;
}

export interface MediaContent {
    readonly bytes: Uint8Array<ArrayBuffer>;
    readonly mimeType: string;
    readonly filename?: string;
}

export interface Messenger {
    /** What to do about an error code that came later, in a status. Without it such codes only fail their message. */
    adviseOn?(code: number): Advice;
    /** Hands one message over, once. */
    send(request: SendRequest, options: CallOptions): Promise<SendOutcome>;
    /** Marks a received message as read. `failed` needs no action. */
    markRead(request: ReadRequest, options: CallOptions): Promise<'done' | 'failed'>;
    /** Uploads a file for one business number. */
    upload(phoneNumberId: string, media: MediaContent, options: CallOptions): Promise<UploadOutcome>;
    /** Fetches a received file. */
    download(request: DownloadRequest, options: CallOptions): Promise<DownloadOutcome>;
    /** Deletes an uploaded or received file at the provider; `failed` also when it is already gone. */
    deleteMedia(phoneNumberId: string, mediaId: string, options: CallOptions): Promise<'done' | 'failed'>;
}

export interface NumberAccess {
    readonly accessToken: Secret;
    /** Adds a proof that the call comes from the app itself, which an app can be set to ask for. */
    readonly appSecret: Secret;
}

export interface NumberAdmin {
    /** Asks what a token is good for, on behalf of the app, which proves the app's secret as well. */
    inspectToken(app: {
        readonly appId: string;
    } & NumberAccess, signal: AbortSignal): Promise<AdminOutcome<TokenFacts>>;
    /** Ids of an account's numbers. */
    numbersOf(access: NumberAccess, businessAccountId: string, signal: AbortSignal): Promise<AdminOutcome<readonly string[]>>;
    readNumber(access: NumberAccess, phoneNumberId: string, signal: AbortSignal): Promise<AdminOutcome<NumberFacts>>;
    /** Turns the account's webhooks for the token's app on, or off. */
    subscribe(access: NumberAccess, request: {
        readonly businessAccountId: string;
        readonly on: boolean;
    }, signal: AbortSignal): Promise<AdminOutcome<undefined>>;
    /** Registers a number with its two-step PIN, which becomes its PIN when it had none. A wrong one is not tried again. */
    register(access: NumberAccess, request: {
        readonly phoneNumberId: string;
        readonly pin: Secret;
    }, signal: AbortSignal): Promise<AdminOutcome<undefined>>;
    deregister(access: NumberAccess, phoneNumberId: string, signal: AbortSignal): Promise<AdminOutcome<undefined>>;
}

export interface NumberFacts {
    readonly displayPhoneNumber: string;
    readonly verifiedName?: string;
    /** For example `CONNECTED`, `PENDING`, `DISCONNECTED`. */
    readonly status?: string;
    /** `GREEN`, `YELLOW`, `RED` or `UNKNOWN`. */
    readonly quality?: string;
    /** `STANDARD` (80 messages a second) or `HIGH` (1,000). */
    readonly throughput?: string;
    readonly nameStatus?: string;
    readonly canSend: SendAbility;
    /** What is in the way of sending, in Meta's own words. */
    readonly obstacles: readonly string[];
}

export interface PaceBook {
    /**
     * Takes a place and returns 0 when a message may go now; otherwise takes none and returns the wait in milliseconds.
     */
    reserve(phoneNumberId: string, recipient: string, now: Date): number;
}

export interface PaceState {
    readonly paidBackAtMs: number;
}

export interface ProductListMessage {
    readonly kind: 'product_list';
    readonly catalogId: string;
    readonly header: string;
    readonly body: string;
    readonly footer?: string;
    readonly sections: readonly {
        readonly title?: string;
        readonly retailerIds: readonly string[];
    }[];
}

export interface ProductMessage {
    readonly kind: 'product';
    readonly catalogId: string;
    /** The product's content id (SKU) in the Meta catalog. */
    readonly retailerId: string;
    readonly body?: string;
    readonly footer?: string;
}

export interface ReactionMessage {
    readonly kind: 'reaction';
    /** Provider id of the message reacted to. */
    readonly messageId: string;
    readonly emoji: string;
}

export interface ReadRequest {
    readonly phoneNumberId: string;
    /** Provider id of the inbound message; earlier ones count as read too. */
    readonly messageId: string;
    /** Also shows "typing" for up to 25 seconds or until the next message. Default `false`. */
    readonly typing?: boolean;
}

export interface Recipient {
    /** `wa_id` digits, without a plus sign. */
    readonly phone?: string;
    /** Business-scoped user id, for example `US.13491208655302741918`; opaque. */
    readonly userId?: string;
}

export interface ReplyButton {
    readonly id: string;
    readonly title: string;
}

export interface RequestMessage {
    readonly kind: 'location_request' | 'contact_request';
    readonly body: string;
}

export interface Secret<Value = string> {
    /** The value itself. */
    reveal(): Value;
    toString(): string;
    toJSON(): string;
}

export interface SendRequest {
    /** Meta's id of the business number that sends. */
    readonly phoneNumberId: string;
    readonly to: Recipient;
    readonly message: OutboundMessage;
    /** Random correlation id, echoed in every status (`biz_opaque_callback_data`); at most 512 characters, never personal. */
    readonly opaque: string;
    /** Provider id of the message this one quotes. */
    readonly replyTo?: string;
}

export interface StickerMessage {
    readonly kind: 'sticker';
    readonly media: MediaSource;
}

export interface TemplateMessage {
    readonly kind: 'template';
    readonly name: string;
    /** Language code as Graph spells it, for example `en_US`. */
    readonly language: string;
    readonly components: readonly TemplateComponent[];
    /**
     * What Meta approved it as. Customers who stopped marketing get no template that is marketing or does not say what it
     * is. Not sent along.
     */
    readonly category?: 'marketing' | 'utility' | 'authentication';
}

export interface TextMessage {
    readonly kind: 'text';
    readonly body: string;
    readonly previewUrl?: boolean;
}

export interface TokenFacts {
    readonly isValid: boolean;
    readonly appId: string;
    readonly scopes: readonly string[];
    /** Business accounts it is good for; absent when it is not limited to some. */
    readonly businessAccountIds?: readonly string[];
    /** Absent when it does not expire. */
    readonly expiresAt?: Date;
}

export type AdminOutcome<Value> = {
    readonly kind: 'done';
    readonly value: Value;
} | AdminRefusal;

export type Advice = {
    readonly action: 'retry';
    readonly afterMs: number;
    readonly factor: number;
    readonly attempts: number;
    readonly scope: 'message' | 'recipient' | 'number';
} | {
    readonly action: 'hold';
    readonly afterMs: number;
    readonly alert?: AlertTopic;
} | {
    readonly action: 'template';
} | {
    readonly action: 'stop_channel';
    readonly topic: AlertTopic;
} | {
    readonly action: 'suppress';
    readonly what: 'everything' | 'marketing';
    readonly afterTimes: number;
} | {
    readonly action: 'fail';
} | {
    readonly action: 'alert';
    readonly topic: AlertTopic;
};

export type AlertTopic = 'credentials' | 'permission' | 'account' | 'payment' | 'quality' | 'template' | 'setup' | 'identity';

export type BlobId = Brand<'BlobId'>;

export type Brand<Name extends string> = string & {
    readonly [brandName]: Name;
};

export type DownloadOutcome = {
    readonly kind: 'downloaded';
    readonly media: MediaContent;
    readonly sha256Hex: string;
} | {
    readonly kind: 'failed';
    readonly reason: 'gone' | 'too_large' | 'corrupt' | 'denied' | 'unreachable';
    readonly detail: string;
};

export type EgressFetch = (input: string | URL | Request, init?: EgressInit) => Promise<Response>;

export type GraphNotice = GraphNoticeContent & {
    readonly phoneNumberId: string;
};

export type GraphNoticeContent = {
    readonly kind: 'version_upgraded';
    readonly served?: string;
} | {
    readonly kind: 'app_usage';
    readonly quota: GraphQuota;
} | {
    readonly kind: 'account_usage';
    readonly type?: string;
    readonly quota: GraphQuota;
    readonly regainAccessMs?: number;
};

export type Json = string | number | boolean | null | readonly Json[] | {
    readonly [key: string]: Json;
};

export type MediaSource = {
    readonly id: string;
} | {
    readonly link: string;
} | {
    readonly blobId: BlobId;
};

export type MessageHeader = {
    readonly kind: 'text';
    readonly text: string;
} | {
    readonly kind: 'image' | 'video';
    readonly media: MediaSource;
} | {
    readonly kind: 'document';
    readonly media: MediaSource;
    readonly filename?: string;
};

export type OutboundMessage = TextMessage | ImageOrVideoMessage | DocumentMessage | AudioMessage | StickerMessage | ButtonsMessage | ListMessage | LinkMessage | ProductMessage | ProductListMessage | CatalogMessage | TemplateMessage | LocationMessage | ContactsMessage | ReactionMessage | RequestMessage;

export type SendAbility = 'available' | 'limited' | 'blocked' | 'unknown';

export type SendOutcome = {
    readonly kind: 'accepted';
    readonly providerMessageId: string;
    readonly waId?: string;
    readonly userId?: string;
} | {
    readonly kind: 'refused';
    readonly code: number | string;
    readonly advice: Advice;
    readonly detail: string;
} | {
    readonly kind: 'unknown';
    readonly reason: string;
};

export type TemplateButtonKind = 'quick_reply' | 'url' | 'copy_code' | 'flow' | 'catalog' | 'mpm' | 'voice_call';

export type TemplateComponent = {
    readonly kind: 'header';
    readonly parameters: readonly TemplateParameter[];
} | {
    readonly kind: 'body';
    readonly parameters: readonly TemplateParameter[];
} | {
    readonly kind: 'button';
    readonly button: TemplateButtonKind;
    readonly index: number;
    readonly parameters: readonly TemplateParameter[];
} | {
    readonly kind: 'limited_time_offer';
    readonly expirationTimeMs: number;
} | {
    readonly kind: 'carousel';
    readonly cards: readonly {
        readonly index: number;
        readonly components: readonly TemplateComponent[];
    }[];
};

export type TemplateParameter = {
    readonly kind: 'text';
    readonly text: string;
    readonly name?: string;
} | {
    readonly kind: 'currency';
    readonly fallback: string;
    /** ISO 4217 code. */
    readonly currency: string;
    /** Amount in thousandths of the currency's unit. */
    readonly amount1000: number;
    readonly name?: string;
} | {
    readonly kind: 'date_time';
    readonly fallback: string;
    readonly name?: string;
} | {
    readonly kind: 'image' | 'video';
    readonly media: MediaSource;
} | {
    readonly kind: 'document';
    readonly media: MediaSource;
    readonly filename?: string;
} | {
    readonly kind: 'location';
    readonly latitude: number;
    readonly longitude: number;
    readonly name: string;
    readonly address: string;
} | {
    readonly kind: 'payload';
    readonly payload: string;
} | {
    readonly kind: 'coupon';
    readonly code: string;
} | {
    readonly kind: 'action';
    readonly action: {
        readonly [key: string]: Json;
    };
};

export type UploadOutcome = {
    readonly kind: 'uploaded';
    readonly mediaId: string;
} | {
    readonly kind: 'refused';
    readonly code: number | string;
    readonly advice: Advice;
    readonly detail: string;
};
