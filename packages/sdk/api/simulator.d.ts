// @auronx/sdk/simulator exports: AcceptedMessage, CartItem, CatalogProduct, ChatMessage, Customer, CustomerFile, Customers, DeliveryAttempt, DeliveryOptions, FaultControls, GraphFault, IncomingOptions, JsonObject, LadderStatus, ManualTime, MediaItem, NewCustomer, Scheduler, Simulator, SimulatorAddress, SimulatorEvent, SimulatorOptions, StartOptions, StartedSimulator, Template, TemplateControls, TranscriptEntry, WebhookChange, WebhookFaults, createManualTime, createSimulator, createTimerScheduler, phoneAssetFolder, phoneAssets, signWireBody, startSimulator, toWireBody

export declare const phoneAssetFolder: URL;

export declare const phoneAssets: Readonly<Record<string, string>>;

export declare function createManualTime(start?: string): ManualTime;

export declare function createSimulator(options: SimulatorOptions): Simulator;

export declare function createTimerScheduler(): Scheduler;

export declare function signWireBody(body: string, appSecret: string): string;

export declare function startSimulator(options?: StartOptions): Promise<StartedSimulator>;

export declare function toWireBody(payload: Json): string;

export interface AcceptedMessage {
    readonly messageId: string;
    readonly to: string;
    readonly type: string;
    /** `biz_opaque_callback_data` as sent. */
    readonly opaque?: string;
    readonly atMs: number;
    /** The whole request body. */
    readonly body: JsonObject;
}

export interface CartItem {
    readonly retailerId: string;
    readonly quantity: number;
}

export interface CatalogProduct {
    readonly retailerId: string;
    readonly name: string;
    readonly description?: string;
    /** In major units with a decimal point, for example `3.50`. */
    readonly price: string;
    /** ISO 4217 code. */
    readonly currency: string;
}

export interface ChatMessage {
    /** Message id in Meta's form. */
    readonly id: string;
    readonly customerId: string;
    readonly from: 'customer' | 'business' | 'business_app';
    /** Milliseconds since the epoch. */
    readonly atMs: number;
    /** Meta's `type`. */
    readonly type: string;
    /** The member named after `type`, as Graph took it or as the webhook carries it. */
    readonly content: JsonObject;
    /** The message that this one answers. */
    readonly contextId?: string;
    /** For messages of the business how far they have come; for those of the customer `delivered`, then `read`. */
    readonly status: LadderStatus;
    /** Code of the failure, when `status` is `failed`. */
    readonly errorCode?: number;
    /** `biz_opaque_callback_data`. */
    readonly opaque?: string;
    /** How the business addressed it: digits or user id. */
    readonly sentTo?: {
        readonly kind: 'phone' | 'user_id';
        readonly value: string;
    };
    /** Emoji put on this message by the customer and by the business. */
    readonly reactions: {
        readonly customer?: string;
        readonly business?: string;
    };
}

export interface Customer {
    readonly id: string;
    readonly name: string;
    /** Digits with country code, without plus sign. */
    readonly phone?: string;
    /** The form in which Meta reports the number, when it differs from `phone` (Brazil, Mexico). */
    readonly waId?: string;
    readonly userId?: string;
    readonly parentUserId?: string;
    /** Without the leading `@`. */
    readonly username?: string;
    /** Whether reading is reported to the business. */
    readonly sendsReadReceipts: boolean;
    /** Whether the phone is on; messages to a phone that is off stay at `sent`. */
    readonly reachable: boolean;
    /** Milliseconds since the epoch of the last message that opened the 24-hour window. */
    readonly lastInboundMs?: number;
}

export interface CustomerFile {
    readonly bytes?: Uint8Array;
    readonly mimeType?: string;
    readonly caption?: string;
}

export interface Customers {
    create(customer: NewCustomer): Customer;
    list(): readonly Customer[];
    get(customerId: string): Customer;
    /** The chat in order. */
    messages(customerId: string): readonly ChatMessage[];
    sendText(customerId: string, body: string, options?: IncomingOptions): ChatMessage;
    /** Taps a reply button, or a template's quick reply, for which `buttonId` is the payload. */
    tapButton(messageId: string, buttonId: string): ChatMessage;
    /** Chooses a row of a list. */
    chooseRow(messageId: string, rowId: string): ChatMessage;
    /** Sends a cart; prices come from the simulator's catalog. */
    sendCart(customerId: string, items: readonly CartItem[], text?: string): ChatMessage;
    sendImage(customerId: string, file?: CustomerFile): ChatMessage;
    /** Sends a recorded voice note, Ogg with Opus. */
    sendVoice(customerId: string, file?: CustomerFile): ChatMessage;
    sendLocation(customerId: string, place?: JsonObject): ChatMessage;
    /** Sends any content under any type, also types that do not exist. */
    sendRaw(customerId: string, type: string, content: JsonObject, extra?: JsonObject): ChatMessage;
    /** Puts an emoji on a message; an empty one takes it away. */
    react(customerId: string, messageId: string, emoji: string): void;
    /** Looks at the chat: everything is read until it is closed. */
    openChat(customerId: string): void;
    closeChat(customerId: string): void;
    /** Plays a voice note of the business. */
    play(messageId: string): void;
    /** Switches the phone off or on. */
    setReachable(customerId: string, reachable: boolean): void;
    /** Moves to another number: `system` message `user_changed_number`, and a new user id. */
    changeNumber(customerId: string, phone: string): Customer;
    /** Gets a new user id: `system` message `user_changed_user_id`. */
    changeUserId(customerId: string): Customer;
    /** Hides the phone number behind a username, so that only the user id is shown. */
    hidePhone(customerId: string, username: string): Customer;
    /** Stops or resumes marketing: webhook `user_preferences`. */
    setMarketing(customerId: string, value: 'stop' | 'resume'): void;
}

export interface DeliveryAttempt {
    /** Milliseconds since the epoch. */
    readonly atMs: number;
    /** HTTP status; 0 for no answer. */
    readonly status: number;
    /** From 1. */
    readonly attempt: number;
    readonly fields: readonly string[];
    /** Size of the body. */
    readonly bytes: number;
}

export interface DeliveryOptions {
    /** Most updates in one POST. Default 1; Meta goes up to 1,000. */
    readonly batchSize?: number;
    /** POSTs at the same time. Default 1, which keeps the order while nothing fails. */
    readonly concurrency?: number;
    /** Pauses before each further attempt, in milliseconds; after the last the update is given up. Default: 1 s to 1 h, nine attempts. */
    readonly retryDelaysMs?: readonly number[];
    /** How long an answer may take, in milliseconds. Default 10,000. */
    readonly timeoutMs?: number;
}

export interface FaultControls {
    /** Adds a fault. Several are tried in the order they were added; the first that hits decides. */
    next(fault: GraphFault): void;
    /** Replaces the webhook faults. */
    webhooks(faults: WebhookFaults): void;
    /** Removes all faults. */
    clear(): void;
    /** Faults that can still hit. */
    pending(): readonly GraphFault[];
}

export interface ManualTime extends Scheduler {
    readonly clock: Clock;
    /** Moves the clock by `ms` and ends every wait that has become due, earliest first. */
    advance(ms: number): void;
    /** How many waits are pending. */
    pending(): number;
}

export interface MediaItem {
    readonly id: string;
    readonly mimeType: string;
    readonly bytes: Uint8Array;
    /** Lower-case hex. */
    readonly sha256: string;
    readonly storedMs: number;
    readonly from: 'business' | 'customer';
}

export interface Simulator {
    /** Listens on loopback. Port 0, the default, takes a free one. */
    listen(options?: {
        readonly port?: number;
    }): Promise<SimulatorAddress>;
    /** Stops listening and delivering; pending webhooks stay in the snapshot. */
    close(): Promise<void>;
    /**
     * Answers a request of another server when its path belongs to Graph or to the phone, and says whether it did. The
     * other server sees to it that only this machine can reach it.
     */
    handler(request: IncomingMessage, response: ServerResponse): boolean;
    /** Sets where webhooks go; `undefined` makes them wait. */
    setWebhook(url: string | undefined): void;
    /** Sends any update, signed like the others. */
    publish(change: WebhookChange): void;
    /** Resolves when every webhook is delivered or given up; at once without an address. */
    idle(): Promise<void>;
    /** The last 1,000 webhook POSTs. */
    deliveries(): readonly DeliveryAttempt[];
    readonly customers: Customers;
    readonly faults: FaultControls;
    readonly templates: TemplateControls;
    /** Someone answers in the business app on the shop's own phone: webhook `smb_message_echoes`. Throws `not_found`. */
    echo(customerId: string, body: string): ChatMessage;
    /** Products for carts and product messages. */
    setCatalog(catalogId: string, products: readonly CatalogProduct[]): void;
    /** From now on Graph answers 401 with code 190, until {@link Simulator.renewToken}. */
    expireToken(): void;
    /** Makes `token` (default: the one in use) good. */
    renewToken(token?: string): void;
    /** Every message that Graph accepted, in order: compare it with the sender's own books. */
    accepted(): readonly AcceptedMessage[];
    /** The last 10,000 events. */
    transcript(): readonly TranscriptEntry[];
    /** Calls `listener` for every event until the returned function is called. */
    subscribe(listener: (event: SimulatorEvent) => void): () => void;
    /** State and pending webhooks as JSON text. Open chats, faults and the transcript are not part of it. */
    snapshot(): string;
    /** Replaces the state by a snapshot. Throws `invalid_input`. */
    restore(snapshot: string): void;
}

export interface SimulatorOptions {
    readonly clock: Clock;
    readonly ids: Ids;
    readonly random: Random;
    /** Key of the webhook signatures. */
    readonly appSecret: string;
    /** The token that Graph requests must carry. */
    readonly accessToken: string;
    /** Id of the Meta app that the token and the secret belong to. Default `1550000000000001`. */
    readonly appId?: string;
    /** Permissions of the token. Default the two that a business number needs. */
    readonly tokenScopes?: readonly string[];
    readonly phoneNumberId: string;
    readonly wabaId: string;
    /** For example `15550100001`. */
    readonly displayPhoneNumber: string;
    /** Name of the business on the phone. Default `Simulated shop`. */
    readonly verifiedName?: string;
    /** Graph version in `graphUrl`; requests may use any. Default `v25.0`. */
    readonly version?: string;
    /** Where webhooks go; they wait until it is known. */
    readonly webhookUrl?: string;
    /** How webhooks are delivered. */
    readonly webhooks?: DeliveryOptions;
    /** Whether new templates are approved at once. Default `true`. */
    readonly approvesTemplates?: boolean;
    /** Path under which Graph is mounted. Default none. */
    readonly graphPath?: string;
    /** Path under which the phone is mounted. Default `/phone`. */
    readonly phonePath?: string;
    /** Address of Graph with its path, for media addresses; by default as the client reached it. */
    readonly publicUrl?: string;
    /** Default: the platform's timers. */
    readonly scheduler?: Scheduler;
    /** Default: silent. */
    readonly logger?: Logger;
}

export interface StartOptions extends Partial<SimulatorOptions> {
    /** Where Graph and the phone listen on loopback. Default: a free port. */
    readonly port?: number;
}

export interface StartedSimulator {
    readonly appId: string;
    readonly appSecret: string;
    readonly verifyToken: string;
    readonly accessToken: string;
    readonly phoneNumberId: string;
    readonly businessAccountId: string;
    readonly displayPhoneNumber: string;
    /** Where Graph is, instead of `https://graph.facebook.com`. */
    readonly baseUrl: string;
    /** A page to play the customers on. */
    readonly phoneUrl: string;
    readonly simulator: Simulator;
    /** Stops listening and delivering. */
    stop(): Promise<void>;
}

// named by the above

declare const brandName: unique symbol;

export interface Clock {
    /** The current instant, in UTC with millisecond precision. */
    now(): Date;
}

export interface GraphFault {
    readonly kind: 'timeout_before' | 'timeout_after' | 'reset_before' | 'reset_after' | 'http_500_before' | 'http_500_after' | 'error' | 'slow';
    /** Graph error code, for `error`. Default 131000. */
    readonly code?: number;
    /** For `slow`, in milliseconds. Default 1,000. */
    readonly delayMs?: number;
    /** Body of an `http_500`: Graph's JSON, or the HTML or nothing of a gateway. Default `json`. */
    readonly body?: 'json' | 'html' | 'empty';
    /** How many requests it hits. Default 1; `Infinity` for all. */
    readonly times?: number;
    /** Chance for each request, 0 to 1. Default 1. */
    readonly probability?: number;
    /** Seed of that chance; drawn from the injected `Random` when left out. */
    readonly seed?: number;
    /** Which requests: sends, media, or every one. Default `messages`. */
    readonly on?: 'messages' | 'media' | 'any';
}

export interface IdKinds {
    readonly TenantId: TenantId;
    readonly ChannelId: ChannelId;
    readonly ContactId: ContactId;
    readonly ConversationId: ConversationId;
    readonly MessageId: MessageId;
    readonly InboxEventId: InboxEventId;
    readonly OutboxId: OutboxId;
    readonly OrderId: OrderId;
    readonly ProductId: ProductId;
    readonly VariantId: VariantId;
    readonly PriceId: PriceId;
    readonly MemberId: MemberId;
    readonly UserId: UserId;
    readonly SessionId: SessionId;
    readonly JobId: JobId;
    readonly TurnId: TurnId;
    readonly BlobId: BlobId;
}

export interface Ids {
    /** A new UUIDv7 (RFC 9562 §5.7) of the named kind; later ids of one process sort after earlier ones. */
    next<Kind extends keyof IdKinds>(kind: Kind): IdKinds[Kind];
}

export interface IncomingOptions {
    /** Id of the message that is quoted. */
    readonly replyTo?: string;
}

export interface Logger {
    debug(message: string, fields?: LogFields): void;
    info(message: string, fields?: LogFields): void;
    warn(message: string, fields?: LogFields): void;
    /** Something that a person must look at. */
    error(message: string, fields?: LogFields): void;
}

export interface NewCustomer {
    readonly name: string;
    /** Digits with country code, with or without plus sign. */
    readonly phone?: string;
    /** How Meta reports the number, when it differs from `phone`. */
    readonly waId?: string;
    readonly username?: string;
    /** A business-scoped user id to use instead of a new one. */
    readonly userId?: string;
    readonly parentUserId?: string;
    /** `false` makes a person from before business-scoped ids: phone number only. Default `true`. */
    readonly hasUserId?: boolean;
    /** Default `true`. */
    readonly sendsReadReceipts?: boolean;
}

export interface Random {
    /** `length` random bytes, cryptographically strong in production. */
    bytes(length: number): Uint8Array;
}

export interface Scheduler {
    /** Resolves after `ms` milliseconds, or at once when `signal` aborts; it never rejects. */
    wait(ms: number, signal?: AbortSignal): Promise<void>;
}

export interface SimulatorAddress {
    readonly url: string;
    /** Base of Graph requests with the version. */
    readonly graphUrl: string;
    readonly phoneUrl: string;
}

export interface Template {
    readonly id: string;
    readonly name: string;
    /** For example `en_US`. */
    readonly language: string;
    readonly category: string;
    readonly status: 'PENDING' | 'APPROVED' | 'REJECTED' | 'PAUSED' | 'DISABLED';
    readonly parameterFormat: 'POSITIONAL' | 'NAMED';
    readonly components: readonly JsonObject[];
}

export interface TemplateControls {
    list(): readonly Template[];
    /** Adds an approved template without a webhook. */
    add(template: Omit<Template, 'id' | 'status'>): Template;
    /** Sets a review status and sends `message_template_status_update`. Throws `not_found`. */
    review(templateId: string, status: Template['status'], reason?: string): void;
}

export interface TranscriptEntry {
    /** Milliseconds since the epoch. */
    readonly atMs: number;
    readonly event: SimulatorEvent;
}

export interface WebhookChange {
    /** For example `messages`. */
    readonly field: string;
    readonly value: JsonObject;
    /** Seconds since the epoch; account fields carry it, `messages` does not. */
    readonly time?: number;
}

export interface WebhookFaults {
    /** Chance that an update is delivered twice. */
    readonly duplicate?: number;
    /** Chance that an update is overtaken by up to three later ones. */
    readonly reorder?: number;
    /** Chance that an update waits between `delayMs[0]` and `delayMs[1]` milliseconds. */
    readonly delay?: number;
    /** Default `[100, 2000]`. */
    readonly delayMs?: readonly [number, number];
    /** Chance that a status is never delivered, by status. */
    readonly drop?: {
        readonly [status: string]: number;
    };
    /** Drawn from the injected `Random` when left out. */
    readonly seed?: number;
}

export type BlobId = Brand<'BlobId'>;

export type Brand<Name extends string> = string & {
    readonly [brandName]: Name;
};

export type ChannelId = Brand<'ChannelId'>;

export type ContactId = Brand<'ContactId'>;

export type ConversationId = Brand<'ConversationId'>;

export type InboxEventId = Brand<'InboxEventId'>;

export type JobId = Brand<'JobId'>;

export type Json = string | number | boolean | null | readonly Json[] | {
    readonly [key: string]: Json;
};

export type JsonObject = {
    readonly [key: string]: Json;
};

export type LadderStatus = 'accepted' | 'sent' | 'delivered' | 'read' | 'played' | 'failed';

export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

export type MemberId = Brand<'MemberId'>;

export type MessageId = Brand<'MessageId'>;

export type OrderId = Brand<'OrderId'>;

export type OutboxId = Brand<'OutboxId'>;

export type PriceId = Brand<'PriceId'>;

export type ProductId = Brand<'ProductId'>;

export type SessionId = Brand<'SessionId'>;

export type SimulatorEvent = {
    readonly kind: 'customer';
    readonly customer: Customer;
} | {
    readonly kind: 'message';
    readonly message: ChatMessage;
} | {
    readonly kind: 'typing';
    readonly customerId: string;
    readonly untilMs: number;
} | {
    readonly kind: 'delivery';
    readonly attempt: DeliveryAttempt;
} | {
    readonly kind: 'catalog';
} | {
    readonly kind: 'graph';
    readonly method: string;
    readonly path: string;
    readonly status: number;
};

export type TenantId = Brand<'TenantId'>;

export type TurnId = Brand<'TurnId'>;

export type UserId = Brand<'UserId'>;

export type VariantId = Brand<'VariantId'>;
