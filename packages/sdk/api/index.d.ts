// @auronx/sdk exports: AcceptItem, AcceptReport, AcceptResult, AccountStore, Accounts, Acted, ActionChoice, ActionCommand, ActionDirectory, ActionResult, ActionStore, ActionToken, Actor, Auronx, AuronxError, AuronxOptions, BlobId, BlobStore, CartOutcome, Catalog, CatalogRefusal, CatalogStore, Change, Channel, ChannelDirectory, ChannelId, ChannelRoute, Clock, Confirmation, Contact, ContactId, ContactStore, Contacts, Conversation, ConversationId, ConversationOwner, ConversationStore, Conversations, DeadEvent, DeliveryStatus, DomainEvent, Drafted, ErrorCode, EventStore, Evidence, IdKinds, IdempotencyClaim, IdempotencyStore, IdempotentRequest, Identity, Ids, Inbox, InboxEventId, InboxStore, Job, JobGrant, JobId, JobQueue, JobStore, Json, LaneGrant, LaneQueue, LaneStore, Locale, LogFields, Logger, MemberId, Message, MessageId, Messenger, Money, NewBlob, Offer, OfferQuery, Order, OrderCommand, OrderId, OrderLine, OrderLineFacts, OrderOf, OrderQuery, OrderRefusal, OrderStatus, OrderStore, OrderStores, OrderTotals, Orders, OutboundMessage, OutboxEntry, OutboxId, OutboxQueue, OutboxState, OutboxStore, Page, ParkedOutcome, ParkedSends, Price, PriceId, PriceInput, Product, ProductId, ProductInput, Proposed, Random, Recipient, Replies, ReplyOutcome, Reservation, ResolvePriceOutcome, SaveProductOutcome, SendGrant, SendOutcome, Services, Settled, Settlement, Shortage, StockChange, StockInput, StockItem, StockLevel, StockMovement, Storage, StoredBlob, Stores, TaxBehavior, TaxCategory, TaxRounding, Tenant, TenantId, TenantSettings, TimeZones, TraceStep, Traces, UnitCode, UnitOfWork, Variant, VariantId, Viewed, WaitingEvent, allowedActions, asId, createAuronx, createCatalog, createIds, createOrderExpiry, createOrders, createRandom, createShop, createSystemClock, createTimeZones, defaultMaxBlobBytes, errorCodes, foldOrder, formatMoney, formatQuantity, hashToken, idempotencyInProgress, idempotencyKeepMs, idempotencyMismatch, isAuronxError, joinWork, locales, money, orderStatuses, parseMoney, priceInputSchema, productInputSchema, runOnce, silentLogger, sleep, stockInputSchema, systemActor, titleOf

export declare class AuronxError extends Error {
    /** Stable code to branch on. */
    readonly code: ErrorCode;
    /** Whether the same call may succeed later without a change by the caller. */
    readonly retryable: boolean;
    /** Facts that are safe to log. */
    readonly details: Readonly<Record<string, ErrorDetail>>;
    constructor(code: ErrorCode, message: string, options?: ErrorOptions);
}

export declare const defaultMaxBlobBytes: number;

export declare const idempotencyKeepMs: number;

export declare const silentLogger: Logger;

export declare function allowedActions(order: Judged, actor: Actor, now: Date): readonly OrderCommand[];

export declare function asId<Kind extends keyof IdKinds>(_kind: Kind, value: string): IdKinds[Kind];

export declare function createAuronx(options: AuronxOptions): Auronx;

export declare function createCatalog(deps: CatalogDeps): Catalog;

export declare function createIds(clock: Clock, random: Random): Ids;

export declare function createOrderExpiry(deps: Omit<OrdersDeps, 'work'>): JobHandler<OrderStores>;

export declare function createOrders(deps: OrdersDeps): Orders;

export declare function createRandom(): Random;

export declare function createShop(deps: ShopDeps): ShopPort;

export declare function createSystemClock(): Clock;

export declare function createTimeZones(): TimeZones;

export declare function foldOrder(events: readonly DomainEvent[]): OrderOf<OrderLineFacts> | undefined;

export declare function formatMoney(value: Money, locale: string): string;

export declare function formatQuantity(quantity: number, unit: UnitCode, locale: string): string;

export declare function hashToken(token: string): Promise<string>;

export declare function idempotencyInProgress(): AuronxError;

export declare function idempotencyMismatch(): AuronxError;

export declare function isAuronxError(value: unknown, code?: ErrorCode): value is AuronxError;

export declare function joinWork<Stores>(tenantId: TenantId, stores: Stores): UnitOfWork<Stores>;

export declare function money(amount: bigint | number, currency: string): Money;

export declare function parseMoney(text: string, currency: string): Money;

export declare function runOnce(store: IdempotencyStore, request: IdempotentRequest, body: () => Promise<Json>): Promise<{
    readonly replayed: boolean;
    readonly response: Json;
}>;

export declare function sleep(ms: number, signal: AbortSignal): Promise<void>;

export declare function systemActor(tenantId: TenantId, via?: ActorVia): Actor;

export declare function titleOf({ product, variant }: Offer): string;

export interface AcceptItem {
    readonly tenantId: TenantId;
    readonly channelId: ChannelId;
    readonly id: InboxEventId;
    /** SHA-256 (hex) of the number and the event's key; the same event delivered again has the same hash. */
    readonly dedupHash: string;
    readonly laneKey: string;
    readonly kind: string;
    readonly payload: Uint8Array;
    readonly receivedAt: Date;
}

export interface AcceptReport {
    readonly accepted: number;
    readonly duplicates: number;
    readonly refused: number;
}

export interface AcceptResult {
    /** Ids of the events that are new; the others were delivered before. */
    readonly accepted: readonly InboxEventId[];
    /**
     * Lanes that were idle and are now leased to the caller, because it asked for it; each with the ids of its events in
     * order. A lane that had events waiting already is not granted.
     */
    readonly grants: readonly {
        readonly grant: LaneGrant;
        readonly eventIds: readonly InboxEventId[];
    }[];
}

export interface AccountStore {
    /** The tenant of this transaction. Throws `not_found`. */
    tenant(): Promise<Tenant>;
    /** Creates or replaces the tenant of this transaction; `version` must follow the stored one. Throws `version_conflict`. */
    saveTenant(tenant: Tenant): Promise<void>;
    channel(id: ChannelId): Promise<Channel | undefined>;
    channels(): Promise<readonly Channel[]>;
    /** Creates or replaces a number and its directory entry. Throws `conflict` when another tenant has the number. */
    saveChannel(channel: Channel): Promise<void>;
}

export interface Accounts {
    saveTenant(actor: Actor, tenant: Tenant): Promise<void>;
    tenant(actor: Actor): Promise<Tenant>;
    saveChannel(actor: Actor, channel: Channel): Promise<void>;
    channels(actor: Actor): Promise<readonly Channel[]>;
    /** Lets a stopped number send again. Returns false when there is no such stopped number. */
    resumeChannel(actor: Actor, id: ChannelId): Promise<boolean>;
}

export interface Acted {
    readonly kind: 'acted';
    readonly result: ActionResult;
    /** The order as it is now. */
    readonly order: Order;
    readonly repeated: boolean;
}

export interface ActionDirectory {
    /** The tenant of an `open` token by its hash, or nothing. */
    tenantOf(hash: string): Promise<TenantId | undefined>;
}

export interface ActionStore {
    insert(tokens: readonly ActionToken[]): Promise<void>;
    find(hash: string): Promise<ActionToken | undefined>;
    /** Marks a token as used. Throws `conflict` when it was used before. */
    settle(hash: string, use: {
        readonly at: Date;
        readonly result: ActionResult;
    }): Promise<void>;
    /** Voids every unused token of an order. */
    voidAll(orderId: OrderId, at: Date): Promise<void>;
}

export interface Auronx extends Services {
    readonly inbox: Inbox;
    readonly accounts: Accounts;
    readonly replies: Replies;
    readonly sends: ParkedSends;
    /** Intents as stored, for showing how far a message came. */
    readonly outbox: {
        list(actor: Actor, query: Parameters<OutboxStore['list']>[0]): Promise<readonly OutboxEntry[]>;
    };
    readonly traces: Traces;
    readonly changes: Pick<Changes, 'subscribe'>;
    /** The services on a unit of work of the caller: what they do commits or rolls back with the caller's transaction. */
    within(work: UnitOfWork<Stores>): Services;
    /** Works until the signal aborts, then finishes what is in hand. */
    work(options: {
        readonly signal: AbortSignal;
    }): Promise<void>;
    /** Works until nothing is due or `maxMs` passed; returns when to call again. */
    drain(options: {
        readonly maxMs: number;
        readonly signal?: AbortSignal;
    }): Promise<{
        readonly nextDue?: Date;
    }>;
}

export interface AuronxOptions {
    readonly storage: Storage;
    readonly messenger: Messenger;
    /** Default: no pause between messages. */
    readonly pacing?: SendPacing;
    /** Default: the platform's clock. */
    readonly clock?: Clock;
    readonly ids?: Ids;
    readonly random?: Random;
    /** Default: silent. */
    readonly logger?: Logger;
    /** Lanes, jobs and sends at once. Default 32. */
    readonly slots?: number;
    /** Accepting statements at once. Default 2; PGlite wants 1. */
    readonly acceptFlights?: number;
    /** How long an unknown send waits for an echo, in milliseconds. Default two minutes. */
    readonly parkAfterMs?: number;
    /** Safety poll in milliseconds. Default 1,000. */
    readonly pollMs?: number;
    /** Address of this host's public pages, for links to a proposal. Without it no links are sent. */
    readonly publicUrl?: string;
}

export interface BlobStore {
    /**
     * Keeps a file and returns what was kept. Throws `conflict` when the id is taken, `payload_too_large` when the body is
     * longer than allowed, and what the body throws; nothing is kept then.
     */
    put(tenantId: TenantId, blob: NewBlob): Promise<StoredBlob>;
    /** What is known of a file, or nothing. */
    get(tenantId: TenantId, id: BlobId): Promise<StoredBlob | undefined>;
    /** The bytes of a file, or nothing. Iterating throws `not_found` when the file is deleted meanwhile. */
    read(tenantId: TenantId, id: BlobId): Promise<AsyncIterable<Uint8Array> | undefined>;
    /** Deletes a file. Returns whether there was one. */
    delete(tenantId: TenantId, id: BlobId): Promise<boolean>;
    /** Deletes what writers that died before `startedBefore` left unfinished. Returns how many. */
    sweep(tenantId: TenantId, startedBefore: Date): Promise<number>;
}

export interface IdempotencyStore {
    /**
     * Takes a key, or returns the response of the command that took it before. A caller with a key that is being used
     * waits until that transaction ends, at most 2 seconds.
     *
     * Throws `idempotency_mismatch` for another fingerprint, `idempotency_in_progress` (retryable) after the wait.
     */
    claim(request: IdempotentRequest): Promise<IdempotencyClaim>;
    /** Stores the response of a key that this transaction took. */
    settle(request: IdempotentRequest, response: Json): Promise<void>;
    /** Deletes keys that expired before `before`, at most `limit`. Returns how many. */
    prune(before: Date, limit: number): Promise<number>;
}

export interface Money {
    readonly amount: bigint;
    readonly currency: string;
}

export interface OrderStores {
    readonly accounts: AccountStore;
    readonly catalog: CatalogStore;
    readonly orders: OrderStore;
    readonly actions: ActionStore;
    readonly jobs: JobStore;
    readonly events: EventStore;
}

export interface TimeZones {
    /** Whether `zone` is a known IANA zone id; fixed offsets such as `+02:00` are not. */
    isZone(zone: string): boolean;
    /** The civil time at `instant` in `zone`. Throws `unknown_time_zone`. */
    toCivil(instant: Date, zone: string): CivilDateTime;
    /**
     * The instant of a civil time in `zone`. A time that a clock change skips moves forward by the gap; a time that
     * occurs twice is the earlier one. Throws `unknown_time_zone`.
     */
    toInstant(civil: CivilDateTime, zone: string): Date;
}

export type ActionChoice = Exclude<ActionCommand, 'open'>;

export type IdempotencyClaim = {
    readonly kind: 'first';
} | {
    readonly kind: 'replay';
    readonly response: Json;
};

export type OrderCommand = 'set_lines' | 'propose' | 'edit' | 'confirm' | 'cancel' | 'expire';

// named by the above

declare const brandName: unique symbol;

export declare const errorCodes: readonly ["invalid_input", "invalid_config", "not_found", "conflict", "not_permitted", "illegal_transition", "version_conflict", "idempotency_mismatch", "idempotency_in_progress", "money_out_of_range", "currency_mismatch", "unknown_currency", "unknown_time_zone", "signature_missing", "signature_malformed", "signature_mismatch", "payload_too_large", "payload_unreadable", "message_invalid", "window_closed", "lease_lost", "storage_unavailable", "storage_constraint", "storage_role", "overloaded", "egress_denied", "network_failed", "timeout", "aborted", "graph_error", "media_invalid", "internal"];

export declare const locales: readonly ["en", "es", "pt", "ar"];

export declare const orderStatuses: readonly ["draft", "awaiting_customer", "confirmed", "cancelled", "expired"];

export declare const priceInputSchema: z.ZodObject<{
    amount: z.ZodInt;
    currency: z.ZodString;
    taxBehavior: z.ZodEnum<{
        inclusive: "inclusive";
        exclusive: "exclusive";
    }>;
}, z.core.$strict>;

export declare const productInputSchema: z.ZodObject<{
    title: z.ZodString;
    description: z.ZodExactOptional<z.ZodString>;
    status: z.ZodExactOptional<z.ZodEnum<{
        active: "active";
        draft: "draft";
        archived: "archived";
    }>>;
    position: z.ZodExactOptional<z.ZodInt>;
    variants: z.ZodArray<z.ZodObject<{
        sku: z.ZodString;
        title: z.ZodExactOptional<z.ZodString>;
        unitCode: z.ZodExactOptional<z.ZodEnum<{
            C62: "C62";
            KGM: "KGM";
            LTR: "LTR";
            MTR: "MTR";
            HUR: "HUR";
            DAY: "DAY";
        }>>;
        taxCode: z.ZodString;
        status: z.ZodExactOptional<z.ZodEnum<{
            active: "active";
            archived: "archived";
        }>>;
        maxPerOrder: z.ZodExactOptional<z.ZodInt>;
        price: z.ZodExactOptional<z.ZodObject<{
            amount: z.ZodInt;
            currency: z.ZodString;
            taxBehavior: z.ZodEnum<{
                inclusive: "inclusive";
                exclusive: "exclusive";
            }>;
        }, z.core.$strict>>;
        stock: z.ZodExactOptional<z.ZodObject<{
            onHand: z.ZodInt;
            policy: z.ZodEnum<{
                deny: "deny";
                backorder: "backorder";
                untracked: "untracked";
            }>;
        }, z.core.$strict>>;
    }, z.core.$strict>>;
}, z.core.$strict>;

export declare const stockInputSchema: z.ZodObject<{
    onHand: z.ZodInt;
    policy: z.ZodEnum<{
        deny: "deny";
        backorder: "backorder";
        untracked: "untracked";
    }>;
}, z.core.$strict>;

export declare const unitScales: {
    readonly C62: 0;
    readonly KGM: 3;
    readonly LTR: 3;
    readonly MTR: 3;
    readonly HUR: 2;
    readonly DAY: 2;
};

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

export interface ActionResult {
    readonly command: Exclude<ActionCommand, 'open'>;
    readonly number?: string;
}

export interface ActionToken {
    /** SHA-256 of the token, lower-case hex. */
    readonly hash: string;
    readonly command: ActionCommand;
    readonly orderId: OrderId;
    readonly contactId: ContactId;
    readonly revision: number;
    /** What the customer saw; the order must still be that. */
    readonly contentHash: string;
    readonly expiresAt: Date;
    readonly usedAt?: Date;
    /** What its use did. */
    readonly result?: ActionResult;
    /** Set when the order went on without it. */
    readonly voidedAt?: Date;
}

export interface Actor {
    readonly tenantId: TenantId;
    readonly kind: 'customer' | 'ai' | 'staff' | 'system' | 'integration';
    /** Id of the contact, member, key or job; `'system'` for our own jobs. */
    readonly id: string;
    /** The contact an `ai` actor speaks for. */
    readonly onBehalfOf?: string;
    readonly via: ActorVia;
    readonly evidence?: Evidence;
}

export interface AddInput {
    readonly contactId: ContactId;
    readonly conversationId?: ConversationId;
    readonly variantId: VariantId;
    /** Steps of the variant's unit to add; 0 takes the variant out. */
    readonly quantity: number;
}

export interface AdministrativeBase extends EventBase {
    /** The change's value, or the item of it, as sent. */
    readonly raw: unknown;
}

export interface ArrivedMessage {
    readonly contactId: ContactId;
    readonly channelId: ChannelId;
    readonly content: MessageContent;
    /** Meta's message id; personal data. */
    readonly providerMessageId: string;
    /** When it was written by Meta's clock, in milliseconds. */
    readonly timestampMs?: number;
    readonly eventId: InboxEventId;
    /** A conversation resolved longer ago than this is left alone and a new one starts. Default 24 hours; a setting of the tenant. */
    readonly reopenWithinMs?: number;
}

export interface AudioMessage {
    readonly kind: 'audio';
    readonly media: MediaSource;
    readonly voice?: boolean;
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

export interface ButtonsMessage {
    readonly kind: 'buttons';
    readonly header?: MessageHeader;
    readonly body: string;
    readonly footer?: string;
    readonly buttons: readonly ReplyButton[];
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

export interface CallOptions {
    readonly signal: AbortSignal;
}

export interface CartInput {
    readonly contactId: ContactId;
    readonly conversationId?: ConversationId;
    readonly items: readonly {
        readonly retailerId: string;
        readonly quantity: number;
    }[];
    readonly cartMessageId: string;
}

export interface CartReport {
    /** Retailer ids that we do not sell. */
    readonly unknown: readonly string[];
    /** Lines with less than was asked for. */
    readonly reduced: readonly VariantId[];
    /** Known, but not to be had now. */
    readonly unavailable: readonly VariantId[];
}

export interface Catalog {
    /**
     * Creates a product or changes the one that has its SKUs, with prices and stock where given; safe to repeat. A price
     * that did not change adds no row. Throws `not_permitted`, `unknown_currency`, `storage_constraint` (unknown tax code).
     */
    saveProduct(actor: Actor, input: ProductInput): Promise<SaveProductOutcome>;
    /** Adds or changes a tax category; confirmed orders keep their copy. Throws `not_permitted`. */
    saveTaxCategory(actor: Actor, tax: TaxCategory): Promise<void>;
    /** Sets a price from now or from a later time on, for a quantity and above. Throws `not_permitted`, `invalid_input`. */
    setPrice(actor: Actor, variantId: VariantId, price: PriceInput, options?: PriceTimes): Promise<{
        readonly kind: 'set';
        readonly price: Price;
    } | CatalogRefusal>;
    /** Counts stock. Throws `not_permitted`, `invalid_input`. */
    setStock(actor: Actor, variantId: VariantId, stock: StockInput): Promise<{
        readonly kind: 'counted';
    } | CatalogRefusal>;
    /** What is on sale in the tenant's currency, in the order of its places; sold out ones included. `limit` defaults to 100. */
    browse(actor: Actor, page?: {
        readonly after?: VariantId;
        readonly limit?: number;
    }): Promise<readonly Offer[]>;
    /** One variant in any state, or nothing. */
    offer(actor: Actor, variantId: VariantId): Promise<Offer | undefined>;
    product(actor: Actor, id: ProductId): Promise<Product | undefined>;
    /** The price row for a quantity in steps of the variant's unit, now. */
    resolvePrice(actor: Actor, variantId: VariantId, quantity: number): Promise<ResolvePriceOutcome>;
}

export interface CatalogDeps {
    readonly work: UnitOfWork<CatalogStores>;
    readonly clock: Clock;
    readonly ids: Ids;
}

export interface CatalogMessage {
    readonly kind: 'catalog';
    readonly body: string;
    readonly footer?: string;
    /** Product whose picture is shown; Meta takes the first one otherwise. */
    readonly thumbnailRetailerId?: string;
}

export interface CatalogRefusal {
    readonly kind: 'refused';
    readonly reason: 'sku_taken' | 'not_found' | 'price_overlap' | 'below_reserved';
}

export interface CatalogStore {
    offers(query: OfferQuery): Promise<readonly Offer[]>;
    product(id: ProductId): Promise<Product | undefined>;
    /** Adds version 1, or replaces the version before. Variants are added and replaced, never removed. Throws `version_conflict`. */
    saveProduct(product: Product): Promise<void>;
    /** Adds a tax category or replaces the one with its code. */
    saveTaxCategory(tax: TaxCategory): Promise<void>;
    /** Adds a price behind all others of its variant, currency and quantity, and ends the open one at its `validFrom`. */
    addPrice(price: Price): Promise<void>;
    /** Locks the stock items of the variants in one fixed order and reads them after that. Uncounted ones are left out. */
    lockStock(request: {
        readonly variantIds: readonly VariantId[];
        readonly ownerId: string;
        readonly now: Date;
    }): Promise<readonly StockLevel[]>;
    /** Writes a decision made on locked levels. Throws `version_conflict` when an item was not locked before. */
    saveStock(change: StockChange): Promise<void>;
}

export interface CatalogStores {
    readonly accounts: AccountStore;
    readonly catalog: CatalogStore;
    readonly events: EventStore;
}

export interface Change {
    readonly tenantId: TenantId;
    readonly kind: 'conversation' | 'outbox' | 'order' | 'channel';
    readonly id?: string;
}

export interface Changes {
    /** Calls `listener` until the returned function is called. A listener must not throw. */
    subscribe(listener: (change: Change) => void): () => void;
    publish(change: Change): void;
}

export interface Channel {
    readonly id: ChannelId;
    /** Meta app whose secret must have verified a webhook that names this number. */
    readonly appId: string;
    readonly phoneNumberId: string;
    readonly businessAccountId: string;
    readonly displayPhoneNumber: string;
    /** `stopped`: nothing is sent until a person acts (token expired, number removed, account locked). */
    readonly status: 'active' | 'stopped';
    /** Why it was stopped; a code, never a text from outside. */
    readonly stoppedReason?: string;
    readonly version: number;
}

export interface ChannelDirectory {
    /** The route of a number, or of every number of a business account. */
    routes(lookup: {
        readonly phoneNumberId: string;
    } | {
        readonly businessAccountId: string;
    }): Promise<readonly ChannelRoute[]>;
}

export interface ChannelRoute {
    readonly tenantId: TenantId;
    readonly channelId: ChannelId;
    readonly appId: string;
    readonly phoneNumberId: string;
}

export interface Clock {
    /** The current instant, in UTC with millisecond precision. */
    now(): Date;
}

export interface ClosedConversation {
    readonly id: ConversationId;
    /** Its version after it was resolved. */
    readonly version: number;
}

export interface Confirmation {
    readonly by: 'customer' | 'staff';
    readonly evidence: Evidence;
}

export interface Contact {
    readonly id: ContactId;
    /** Untrusted text from the provider; absent after erasure. */
    readonly displayName?: string;
    readonly locale?: Locale;
    /** Kept when another contact turned out to be the same person. */
    readonly mergedIntoId?: ContactId;
    readonly blockedAt?: Date;
    /** Set when an identity moved to a new number or id: the old history must not be shown to its new holder. */
    readonly identityChangedAt?: Date;
    readonly createdAt: Date;
    readonly updatedAt: Date;
    readonly version: number;
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

export interface ContactStore {
    get(id: ContactId): Promise<Contact | undefined>;
    /** Contacts that own any of the identities, each once, oldest first. Identities of merged contacts are their survivor's. */
    findByIdentities(identities: readonly Identity[]): Promise<readonly KnownContact[]>;
    /** Identities of a contact, oldest first. */
    identities(id: ContactId): Promise<readonly Identity[]>;
    /** Adds a contact with its identities. Throws `conflict` (retryable) when an identity belongs to somebody already. */
    insert(contact: Contact, identities: readonly Identity[]): Promise<void>;
    /** Replaces a contact whose stored version is one less. Throws `version_conflict`. */
    update(contact: Contact): Promise<void>;
    /**
     * Gives identities to a contact; one that another contact has moves over. A username replaces the contact's earlier
     * one in the same scope.
     */
    assign(id: ContactId, identities: readonly Identity[]): Promise<void>;
    /**
     * Moves identities, conversations and messages of `from` to `to` and marks `from` as merged, one version up. Where both
     * have an open conversation on a number, the one a person owns stays open, else the one written in last; the others are
     * resolved and returned. Contacts that were merged into `from` point to `to`.
     */
    merge(from: ContactId, to: ContactId, at: Date): Promise<readonly ClosedConversation[]>;
}

export interface ContactStores {
    readonly contacts: ContactStore;
    readonly events: EventStore;
}

export interface ContactSyncEvent extends AdministrativeBase {
    readonly kind: 'contact_sync';
    readonly action: 'add' | 'remove' | 'unknown';
    /** Its `displayName` is the full name in the phone book. */
    readonly contact: Party;
    readonly firstName?: string;
}

export interface Contacts {
    /** Finds or creates the contact of a person and keeps what is new about them. Throws `conflict` (retryable) when another process created it at the same time. */
    identify(actor: Actor, party: Party, options?: IdentifyOptions): Promise<IdentifyOutcome>;
    /**
     * A customer's number or user id changed: the same person has the current identifiers from now on; the earlier ones
     * stay as aliases, and `identityChangedAt` is set, because numbers are handed on to other people.
     */
    changeIdentity(actor: Actor, event: IdentityEvent, options?: IdentifyOptions): Promise<ChangeIdentityOutcome>;
    /** Makes two contacts one; `to` survives with all identities. For staff and integrations. */
    merge(actor: Actor, from: ContactId, to: ContactId): Promise<MergeOutcome>;
    /** A contact; a merged one leads to its survivor. */
    get(actor: Actor, id: ContactId): Promise<KnownContact | undefined>;
}

export interface ContactsMessage {
    readonly kind: 'contacts';
    readonly contacts: readonly ContactCard[];
}

export interface Conversation {
    readonly id: ConversationId;
    readonly contactId: ContactId;
    readonly channelId: ChannelId;
    readonly owner: ConversationOwner;
    /** Member who took over, or `'phone'` when the answer came from the business' own phone. */
    readonly assigneeId?: string;
    /** Grows with every change of owner; a reply prepared under an older epoch is dropped. */
    readonly ownerEpoch: number;
    readonly status: 'open' | 'resolved';
    /** When it was resolved; absent while it is open. */
    readonly resolvedAt?: Date;
    /** The customer's last message, by the provider's time. */
    readonly lastInboundAt?: Date;
    /** The customer's last message in the order of acceptance. */
    readonly lastInboundMessageId?: MessageId;
    /** The provider's time of the last message that opens the window, plus 24 hours. Ask `isWindowOpen`, which closes it a little early. */
    readonly windowExpiresAt?: Date;
    /** Last event that came from the customer; retention counts from here. Never decreases. */
    readonly lastInteractionAt: Date;
    /** Newest message in either direction, for lists. */
    readonly lastMessageAt: Date;
    /** First characters of the newest message; personal data, erased with the conversation. */
    readonly preview: string;
    readonly unreadCount: number;
    readonly createdAt: Date;
    readonly updatedAt: Date;
    readonly version: number;
}

export interface ConversationStore {
    get(id: ConversationId): Promise<Conversation | undefined>;
    /** The open conversation of a contact on a number, else its newest one, locked for this transaction. */
    lockLatest(contactId: ContactId, channelId: ChannelId): Promise<Conversation | undefined>;
    /** Locks one conversation for this transaction. */
    lock(id: ConversationId): Promise<Conversation | undefined>;
    /**
     * Inserts a conversation of version 1, replaces one whose stored version is one less. Throws `version_conflict`;
     * `conflict` (retryable) when the contact already has another open conversation on that number.
     */
    save(conversation: Conversation): Promise<void>;
    /** Conversations, newest message first. `limit` 1 to 100. Throws `invalid_input` for a cursor that is not ours. */
    list(query: {
        readonly status?: Conversation['status'];
        readonly limit: number;
        readonly cursor?: string;
    }): Promise<Page<Conversation>>;
    /**
     * Adds messages to stored conversations and returns the ids of those it stored. One whose provider id is already stored
     * on that number is left out; one that has both ids of a stored message replaces that message's content.
     */
    append(messages: readonly Message[]): Promise<readonly MessageId[]>;
    /**
     * Messages of a contact's thread on one number over all its conversations, newest first by time, then id. `limit` 1 to
     * 200. With `providerMessageId` only the message of that provider id. Throws `invalid_input` for a cursor that is not
     * ours.
     */
    thread(query: {
        readonly contactId: ContactId;
        readonly channelId: ChannelId;
        readonly limit: number;
        readonly cursor?: string;
        readonly providerMessageId?: string;
    }): Promise<Page<Message>>;
}

export interface ConversationStores {
    readonly conversations: ConversationStore;
    readonly events: EventStore;
}

export interface Conversations {
    /** Stores a customer's message in its conversation, which it starts or reopens. Throws `conflict` (retryable) when another process started one at the same time. */
    receive(actor: Actor, message: ArrivedMessage): Promise<ArriveOutcome>;
    /** Stores what a colleague wrote on the business' phone; that colleague owns the thread from then on. */
    noteEcho(actor: Actor, message: ArrivedMessage): Promise<ArriveOutcome>;
    /** Stores replies of ours in the thread. A reply by staff takes the conversation over. */
    noteReplies(actor: Actor, noted: NotedReplies): Promise<NoteOutcome>;
    /** A member takes over; the assistant is silent from now on. */
    takeOver(actor: Actor, id: ConversationId): Promise<ActionOutcome>;
    /** Gives the conversation back to the menus or the assistant. */
    giveBack(actor: Actor, id: ConversationId): Promise<ActionOutcome>;
    /** Asks for a person. `reason` is a code: lower-case letters, digits and `_`, at most 40. Throws `invalid_input`. */
    handOff(actor: Actor, id: ConversationId, reason: string): Promise<ActionOutcome>;
    /** Closes the conversation. `reason` as for `handOff`; default `asked`. */
    resolve(actor: Actor, id: ConversationId, reason?: string): Promise<ActionOutcome>;
    /** A member has seen everything. */
    markRead(actor: Actor, id: ConversationId): Promise<ActionOutcome>;
    get(actor: Actor, id: ConversationId): Promise<Conversation | undefined>;
    /** As the store's `list`. */
    list(actor: Actor, query: Parameters<ConversationStore['list']>[0]): Promise<Page<Conversation>>;
    /** As the store's `thread`. */
    thread(actor: Actor, query: Parameters<ConversationStore['thread']>[0]): Promise<Page<Message>>;
}

export interface DeadEvent {
    readonly id: InboxEventId;
    readonly kind: string;
    readonly receivedAt: Date;
    readonly attempts: number;
    readonly errorCode: string;
}

export interface DocumentMessage {
    readonly kind: 'document';
    readonly media: MediaSource;
    readonly caption?: string;
    readonly filename?: string;
}

export interface DomainEvent {
    /** UUIDv7. */
    readonly id: string;
    readonly tenantId: TenantId;
    /** Dotted name in the past tense, for example `order.confirmed`. */
    readonly type: string;
    /** Version of the event's data shape, from 1. */
    readonly schema: number;
    readonly aggregateType: 'contact' | 'conversation' | 'order' | 'product' | 'outbox' | 'channel';
    readonly aggregateId: string;
    /** The aggregate's version after this event; unique per aggregate. */
    readonly aggregateVersion: number;
    readonly occurredAt: Date;
    readonly actor: Actor;
    /** Id of the inbound event or request that everything in this chain stems from. */
    readonly correlationId: string;
    readonly data: {
        readonly [key: string]: Json;
    };
}

export interface DownloadRequest {
    readonly phoneNumberId: string;
    readonly mediaId: string;
    /** Most bytes to accept. Default 100 MB, the platform's largest. */
    readonly maxBytes?: number;
    /** SHA-256 as the inbound event states it, base64 or hex; checked besides the provider's own. */
    readonly sha256?: string;
}

export interface Drafted {
    readonly kind: 'drafted';
    readonly order: Order;
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

export interface EngineStorage<Stores> {
    readonly work: UnitOfWork<Stores>;
    readonly inbox: InboxStore;
    readonly lanes: LaneQueue;
    readonly jobs: JobQueue;
    readonly outbox: OutboxQueue;
    readonly directory: ChannelDirectory;
}

export interface EngineStores extends PipelineStores {
    readonly jobs: JobStore;
}

export interface ErrorOptions {
    /** Whether the same call may succeed later without a change by the caller. Default `false`. */
    readonly retryable?: boolean;
    /** Machine-readable facts that are safe to log. Default `{}`. */
    readonly details?: Readonly<Record<string, ErrorDetail>>;
    /** The error this one translates. */
    readonly cause?: unknown;
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

export interface EventStore {
    /** Appends events. Throws `conflict` when an aggregate version is already taken. */
    append(events: readonly DomainEvent[]): Promise<void>;
    /** Events of one aggregate in the order of their versions. */
    ofAggregate(aggregateType: DomainEvent['aggregateType'], aggregateId: string): Promise<readonly DomainEvent[]>;
}

export interface Evidence {
    /** What kind of thing `id` names. */
    readonly kind: 'message' | 'action_token' | 'request' | 'verbal';
    /** Id of that thing; never a provider message id, which embeds a phone number. */
    readonly id: string;
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
    readonly JobId: JobId;
    readonly BlobId: BlobId;
}

export interface IdempotentRequest {
    /** Who repeats: the member, API key or host. Keys of two principals never meet. */
    readonly principal: string;
    /** The caller's key. */
    readonly key: string;
    /** Digest of what is asked for; the same key with another fingerprint is refused. */
    readonly fingerprint: string;
    readonly at: Date;
    /** From then on the key counts as never used. */
    readonly expiresAt: Date;
}

export interface IdentifyOptions {
    /**
     * Portfolio that user ids of the event are unique in. Default `''`, which is right while all numbers of a tenant stand
     * in one portfolio; otherwise pass the portfolio's or the business account's id.
     */
    readonly scope?: string;
    /** Id of the inbound event or request this belongs to. */
    readonly correlationId?: string;
}

export interface Identity {
    readonly kind: 'wa_phone' | 'wa_bsuid' | 'wa_parent_bsuid' | 'wa_username' | 'email' | 'external';
    readonly scope: string;
    /** As received, except usernames: without `@`, lower case. */
    readonly value: string;
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

export interface Ids {
    /** A new UUIDv7 (RFC 9562 §5.7) of the named kind; later ids of one process sort after earlier ones. */
    next<Kind extends keyof IdKinds>(kind: Kind): IdKinds[Kind];
}

export interface ImageOrVideoMessage {
    readonly kind: 'image' | 'video';
    readonly media: MediaSource;
    readonly caption?: string;
}

export interface Inbox {
    /**
     * Stores the events and resolves once they are committed: only then may the webhook be answered 200. Requests that
     * arrive together share statements. Events of unknown numbers are counted, without content.
     *
     * Throws `storage_unavailable` or `overloaded` (both retryable): answer 503, Meta delivers again.
     */
    accept(events: readonly InboundEvent[], source: {
        readonly appId: string;
    }): Promise<AcceptReport>;
    /** Keeps a correctly signed body that could not be read, for 30 days, for a person to look at. */
    keepUnreadable(bytes: Uint8Array, source: {
        readonly appId: string;
    }): Promise<void>;
}

export interface InboxStore {
    /**
     * Stores events and their lanes in one statement and one commit. An event whose hash is already stored for its tenant
     * is left out. Ordinals are assigned under the lane's lock, in the order of `items`. With `leaseMs` idle lanes are
     * granted to the caller.
     *
     * Throws `storage_constraint` when a value cannot be stored (the caller splits the batch), `storage_unavailable`
     * (retryable) when the database cannot be reached.
     */
    accept(items: readonly AcceptItem[], options: {
        readonly now: Date;
        readonly leaseMs?: number;
    }): Promise<AcceptResult>;
    /** Counts a webhook that named a number we do not serve, or whose app may not speak for it. No content is kept. */
    countRefused(refusal: {
        readonly appId: string;
        readonly phoneNumberId: string;
        readonly reason: 'unknown_number' | 'foreign_app' | 'too_old' | 'unstorable';
        readonly at: Date;
        readonly count: number;
    }): Promise<void>;
    /** Keeps the bytes of a correctly signed body that could not be read, until `keepUntil`. */
    keepUnreadable(body: {
        readonly appId: string;
        readonly bytes: Uint8Array;
        readonly at: Date;
        readonly keepUntil: Date;
    }): Promise<void>;
    /** Deletes handled events and unreadable bodies older than `before`, at most `limit`. Returns how many. */
    prune(before: Date, limit: number): Promise<number>;
}

export interface Job {
    readonly id: JobId;
    /** Name of the handler. */
    readonly kind: string;
    readonly naturalKey: string;
    readonly runAt: Date;
    /** Ids and numbers only. */
    readonly data: {
        readonly [key: string]: Json;
    };
}

export interface JobGrant {
    readonly tenantId: TenantId;
    readonly jobId: JobId;
    readonly epoch: number;
    readonly attempts: number;
}

export interface JobQueue {
    /** Grants at most `limit` due jobs. Concurrent callers never get the same one. */
    claim(request: {
        readonly limit: number;
        readonly leaseMs: number;
        readonly now: Date;
    }): Promise<readonly JobGrant[]>;
    /** When the next job is due, or nothing. */
    nextDue(now: Date): Promise<Date | undefined>;
}

export interface JobStore {
    /** Schedules a job, or moves the waiting one with the same natural key. */
    schedule(job: Job): Promise<void>;
    /** Removes a waiting job. Returns whether there was one. */
    cancel(naturalKey: string): Promise<boolean>;
    /** The job of a grant, locked. Throws `lease_lost` when the grant is stale. */
    take(grant: JobGrant): Promise<Job>;
    /** Removes a job that ran. Throws `lease_lost`. */
    complete(grant: JobGrant): Promise<void>;
    /** Records a failure; without `retryAt` the job is dead. Throws `lease_lost`. */
    fail(grant: JobGrant, failure: {
        readonly errorCode: string;
        readonly retryAt?: Date;
    }): Promise<void>;
}

export interface KnownContact extends Contact {
    readonly identities: readonly Identity[];
}

export interface LaneGrant {
    readonly tenantId: TenantId;
    readonly laneKey: string;
    readonly epoch: number;
    readonly leaseUntil: Date;
}

export interface LaneQueue {
    /**
     * Grants at most `limit` lanes that have waiting events, are due, and are leased to nobody (or whose lease ran out),
     * longest-waiting first. Concurrent callers never get the same lane.
     */
    claim(request: {
        readonly limit: number;
        readonly leaseMs: number;
        readonly now: Date;
    }): Promise<readonly LaneGrant[]>;
    /** Gives lanes back; one that still has waiting events goes to the back of the line. A stale grant is ignored. */
    release(grants: readonly LaneGrant[], now: Date): Promise<void>;
    /** Extends the lease and returns the renewed grant, or nothing when the lane was taken over. */
    extend(grant: LaneGrant, leaseMs: number, now: Date): Promise<LaneGrant | undefined>;
    /** When the next lane becomes due, or nothing when none waits. */
    nextDue(now: Date): Promise<Date | undefined>;
}

export interface LaneStore {
    /** The oldest waiting events of the lane that are due, at most `limit`, in order. */
    waiting(grant: LaneGrant, limit: number): Promise<readonly WaitingEvent[]>;
    /**
     * Marks an event handled, drops its payload and keeps its trace. With `release` also gives the lane back when nothing
     * waits any more; returns whether it was given back.
     */
    complete(grant: LaneGrant, eventId: InboxEventId, outcome: {
        readonly trace: readonly TraceStep[];
        readonly at: Date;
        readonly release: boolean;
    }): Promise<boolean>;
    /**
     * Records a failure: with `retryAt` the lane waits until then (order is kept, so later events wait too); without it
     * the event is dead and the lane goes on with the next one.
     */
    fail(grant: LaneGrant, eventId: InboxEventId, failure: {
        readonly errorCode: string;
        readonly at: Date;
        readonly retryAt?: Date;
    }): Promise<void>;
    /** Dead events, newest first. */
    dead(limit: number): Promise<readonly DeadEvent[]>;
    /** Puts a dead event back in front of its lane. Returns false when it is not dead. */
    replay(eventId: InboxEventId, at: Date): Promise<boolean>;
    /** What happened to events, by id; absent ids are left out. */
    traces(eventIds: readonly InboxEventId[]): Promise<ReadonlyMap<InboxEventId, readonly TraceStep[]>>;
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

export interface Logger {
    debug(message: string, fields?: LogFields): void;
    info(message: string, fields?: LogFields): void;
    warn(message: string, fields?: LogFields): void;
    /** Something that a person must look at. */
    error(message: string, fields?: LogFields): void;
}

export interface MediaContent {
    readonly bytes: Uint8Array<ArrayBuffer>;
    readonly mimeType: string;
    readonly filename?: string;
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

export interface Message {
    readonly id: MessageId;
    readonly conversationId: ConversationId;
    readonly direction: 'in' | 'out';
    /** Who wrote it. `phone`: a colleague in the WhatsApp Business app. */
    readonly author: 'customer' | 'menu' | 'ai' | 'staff' | 'phone' | 'system';
    readonly content: {
        readonly kind: 'inbound';
        readonly content: MessageContent;
    } | {
        readonly kind: 'outbound';
        readonly message: OutboundMessage;
    };
    /** Provider message id; personal data, because it embeds a phone number. Unique per business number. */
    readonly providerMessageId?: string;
    /** The stored event this message came from. */
    readonly eventId?: InboxEventId;
    /** The intent this message left by. */
    readonly outboxId?: OutboxId;
    /** Provider's time for inbound, ours for outbound. */
    readonly at: Date;
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

export interface Messenger {
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

export interface NewBlob {
    readonly id: BlobId;
    readonly contentType: string;
    /** The bytes, in pieces of any size. Read once. */
    readonly body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
    /** Refuses a longer body. Default 100 MiB. */
    readonly maxBytes?: number;
}

export interface NotedReplies {
    readonly conversationId: ConversationId;
    readonly author: 'menu' | 'ai' | 'staff' | 'system';
    readonly replies: readonly {
        readonly outboxId: OutboxId;
        readonly message: OutboundMessage;
    }[];
    /** State of the conversation the replies were prepared from; when it moved on, they are refused as `stale`. */
    readonly fence?: {
        readonly ownerEpoch: number;
        readonly lastInboundMessageId?: MessageId;
    };
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

export interface Offer {
    readonly product: Omit<Product, 'variants' | 'createdAt' | 'updatedAt'>;
    readonly variant: Variant;
    readonly tax: TaxCategory;
    /** Rows of the asked currency that are valid at the asked time or will be later. */
    readonly prices: readonly Price[];
    /** Absent when stock was never counted, which sells like `untracked`. */
    readonly stock?: StockItem;
}

export interface OfferQuery {
    readonly at: Date;
    readonly currency: string;
    readonly variantIds?: readonly VariantId[];
    readonly skus?: readonly string[];
    /** Continue behind this variant. */
    readonly after?: VariantId;
    readonly limit: number;
}

export interface OrderLine extends OrderLineFacts {
    readonly sku: string;
    readonly title: string;
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

export interface OrderLineFacts extends PricedLine {
    readonly variantId: VariantId;
    readonly productId: ProductId;
    readonly unitCode: UnitCode;
    /** Steps of the unit. */
    readonly quantity: number;
    readonly unitAmount: bigint;
    /** The price row it comes from. */
    readonly priceId: PriceId;
    readonly taxCategory: string;
    /** Parts per million. */
    readonly taxRate: number;
    readonly taxBehavior: TaxBehavior;
}

export interface OrderOf<Line extends OrderLineFacts> {
    readonly id: OrderId;
    /** Eight characters that people can read out; unique in the tenant, from the first draft on. */
    readonly ref: string;
    /** `ORD-2026-000123`; given on confirmation, without gaps. */
    readonly number?: string;
    readonly contactId: ContactId;
    readonly conversationId?: ConversationId;
    readonly status: OrderStatus;
    /** How often it was proposed. */
    readonly revision: number;
    readonly currency: string;
    /** Copied from the tenant when the order was created, never read again. */
    readonly taxRounding: TaxRounding;
    readonly lines: readonly Line[];
    readonly totals: OrderTotals;
    /** SHA-256 over what the customer was shown; set while it waits and after it was confirmed. */
    readonly contentHash?: string;
    /** The proposal ends at this instant. */
    readonly confirmBy?: Date;
    readonly confirmedAt?: Date;
    readonly confirmation?: Confirmation;
    /** When it was cancelled or expired. */
    readonly endedAt?: Date;
    /** A code. */
    readonly endReason?: string;
    /** Digest of the WhatsApp cart message it was made from. */
    readonly cartKey?: string;
    readonly createdAt: Date;
    readonly updatedAt: Date;
    readonly version: number;
}

export interface OrderQuery {
    readonly contactId?: ContactId;
    readonly statuses?: readonly OrderStatus[];
    /** Continue behind this order. */
    readonly before?: OrderId;
    readonly limit: number;
}

export interface OrderRefusal {
    readonly kind: 'refused';
    readonly reason: 'not_found' | 'not_permitted' | 'illegal_transition' | 'empty' | 'not_for_sale' | 'too_many' | 'insufficient_stock' | 'expired' | 'changed' | 'foreign' | 'used' | 'unknown';
    /** What it is about, with `not_for_sale` and `too_many`. */
    readonly variantIds?: readonly VariantId[];
    /** With `insufficient_stock`. */
    readonly shortages?: readonly Shortage[];
    /** Where the order stands, when there is one. */
    readonly status?: OrderStatus;
}

export interface OrderStore {
    get(id: OrderId): Promise<Order | undefined>;
    /** The order, locked until the transaction ends. */
    lock(id: OrderId): Promise<Order | undefined>;
    /** Makes commands of one contact wait for each other, then locks and reads its drafts and proposals, oldest first. */
    lockOpen(contactId: ContactId): Promise<readonly Order[]>;
    byCart(cartKey: string): Promise<Order | undefined>;
    list(query: OrderQuery): Promise<readonly Order[]>;
    /** Adds version 1, or replaces the version before. Throws `version_conflict`. */
    save(order: Order): Promise<void>;
    /** The next number of a series, from 1; the last lock of a transaction, undone with it. */
    nextNumber(series: {
        readonly kind: 'order';
        readonly period: string;
    }): Promise<number>;
}

export interface OrderTotals {
    readonly subtotal: bigint;
    readonly discountTotal: bigint;
    readonly baseTotal: bigint;
    readonly taxTotal: bigint;
    readonly total: bigint;
    readonly cashRounding: bigint;
    readonly payable: bigint;
}

export interface Orders {
    /** Adds to the contact's draft, which is created when there is none; a waiting proposal becomes the draft again. */
    addToDraft(actor: Actor, input: AddInput): Promise<Drafted | OrderRefusal>;
    /** Replaces the lines of a draft, priced from the catalog. */
    setLines(actor: Actor, orderId: OrderId, lines: readonly WantedLine[]): Promise<Drafted | OrderRefusal>;
    /** A WhatsApp cart as a draft, once per cart message: our prices, at most 99 of an item, unknown items reported. */
    fromCart(actor: Actor, input: CartInput): Promise<CartOutcome>;
    /** Freezes a draft for its customer until the tenant's time for proposals is over. */
    propose(actor: Actor, orderId: OrderId): Promise<Proposed | OrderRefusal>;
    /** Binds a proposal by its digest. For staff with evidence, and for the customer's own signed request. */
    confirm(actor: Actor, orderId: OrderId, contentHash: string): Promise<Settled | OrderRefusal>;
    /** Ends an order; `reason` is a code. A confirmed one only by staff. */
    cancel(actor: Actor, orderId: OrderId, reason: string): Promise<Settled | OrderRefusal>;
    /** Makes a proposal a draft again; its tokens are void and its stock is free. */
    edit(actor: Actor, orderId: OrderId): Promise<Settled | OrderRefusal>;
    /** Ends a proposal whose time is over; refused as `illegal_transition` otherwise. */
    expire(actor: Actor, orderId: OrderId): Promise<Settled | OrderRefusal>;
    /** Runs the token of a button; `choice` says what to do with the token of a page. */
    act(actor: Actor, token: string, choice?: ActionChoice): Promise<Acted | OrderRefusal>;
    /** What a token stands for, without using it. */
    view(actor: Actor, token: string): Promise<Viewed | OrderRefusal>;
    get(actor: Actor, orderId: OrderId): Promise<Order | undefined>;
    /** Newest first. `limit` defaults to 50. Customers and their assistant see their own. */
    list(actor: Actor, query?: Partial<OrderQuery>): Promise<readonly Order[]>;
}

export interface OrdersDeps {
    readonly work: UnitOfWork<OrderStores>;
    readonly clock: Clock;
    readonly ids: Ids;
    readonly random: Random;
    /** Default: the runtime's zones. */
    readonly zones?: TimeZones;
}

export interface OutboxEntry {
    readonly id: OutboxId;
    readonly conversationId: ConversationId;
    readonly contactId: ContactId;
    readonly channelId: ChannelId;
    /** Position within the conversation; strictly increasing. */
    readonly sequence: number;
    readonly to: Recipient;
    readonly message: OutboundMessage;
    readonly replyTo?: string;
    /** Random value that Meta echoes in every status. */
    readonly opaque: string;
    readonly state: OutboxState;
    readonly delivery?: DeliveryStatus;
    readonly deliveryAt: Readonly<Partial<Record<DeliveryStatus | 'failed', string>>>;
    /** Not before this time. */
    readonly dueAt: Date;
    readonly leaseUntil?: Date;
    /** Since when it is not known whether it arrived. */
    readonly unknownSince?: Date;
    readonly attempts: number;
    readonly providerMessageId?: string;
    /** Graph code or our own code of the last refusal. */
    readonly errorCode?: string;
    /** Owner epoch the reply was prepared under; absent for messages that always go. */
    readonly ownerEpoch?: number;
    readonly createdAt: Date;
    readonly updatedAt: Date;
}

export interface OutboxQueue {
    /**
     * Marks at most `limit` due intents as `sending` under a lease and returns them. An intent waits while an earlier one
     * of its conversation is queued or sending, and while its number is stopped.
     */
    claim(request: {
        readonly limit: number;
        readonly leaseMs: number;
        readonly now: Date;
    }): Promise<readonly SendGrant[]>;
    /**
     * Moves intents on by time alone: `sending` with an expired lease becomes `unknown`; `unknown` for longer than
     * `parkAfterMs` becomes `parked`. Returns how many were moved.
     */
    recover(request: {
        readonly now: Date;
        readonly parkAfterMs: number;
        readonly limit: number;
    }): Promise<{
        readonly unknown: number;
        readonly parked: number;
    }>;
    /** When the next intent is due or needs recovery, or nothing. */
    nextDue(now: Date, parkAfterMs: number): Promise<Date | undefined>;
}

export interface OutboxStore {
    /** Adds intents. Sequences of one conversation must rise. */
    insert(entries: readonly OutboxEntry[]): Promise<void>;
    get(id: OutboxId): Promise<OutboxEntry | undefined>;
    /** Locks and returns intents by id; absent ids are left out. */
    lock(ids: readonly OutboxId[]): Promise<readonly OutboxEntry[]>;
    /** Highest sequence of a conversation (0 when none) and whether an earlier intent still waits or is on its way. */
    tail(conversationId: ConversationId): Promise<{
        readonly sequence: number;
        readonly busy: boolean;
    }>;
    /** Replaces intents. */
    update(entries: readonly OutboxEntry[]): Promise<void>;
    /** Locks and returns the intent a status is about: by its opaque value, else by its provider id. */
    lockForSettlement(settlement: Settlement): Promise<OutboxEntry | undefined>;
    /** Intents, newest first, by state or conversation. `limit` at most 200. */
    list(query: {
        readonly states?: readonly OutboxState[];
        readonly conversationId?: ConversationId;
        readonly limit: number;
    }): Promise<readonly OutboxEntry[]>;
}

export interface Page<Item> {
    readonly items: readonly Item[];
    readonly cursor?: string;
}

export interface ParkedSends {
    /** Parked and failed intents, newest first. */
    list(actor: Actor, limit: number): Promise<readonly OutboxEntry[]>;
    /**
     * Sends a parked or failed intent again as a new intent (the customer may get it twice, which is why a person
     * decides); the old one becomes `discarded`. Refused with `not_parked` when it is in any other state.
     */
    resend(actor: Actor, id: OutboxId): Promise<ParkedOutcome>;
    /** Gives a parked or failed intent up. */
    discard(actor: Actor, id: OutboxId): Promise<ParkedOutcome>;
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

export interface PipelineStores extends ContactStores, ConversationStores {
    readonly accounts: AccountStore;
    readonly lanes: LaneStore;
    readonly outbox: OutboxStore;
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

export interface Price {
    readonly id: PriceId;
    readonly variantId: VariantId;
    readonly currency: string;
    /** Minor units for one whole unit. */
    readonly amount: bigint;
    readonly taxBehavior: TaxBehavior;
    /** Fewest steps of the unit it is for; 0 for every quantity. */
    readonly minQuantity: number;
    readonly validFrom: Date;
    /** Exclusive end; absent while it is open. */
    readonly validTo?: Date;
}

export interface PriceTimes {
    readonly validFrom?: Date;
    readonly validTo?: Date;
    readonly minQuantity?: number;
}

export interface PricedLine {
    /** Unit amount times quantity, rounded once. */
    readonly gross: bigint;
    /** Own discount. */
    readonly discount: bigint;
    /** Share of the document's discount. */
    readonly documentDiscount: bigint;
    /** `gross − discount − documentDiscount`. */
    readonly net: bigint;
    readonly base: bigint;
    readonly tax: bigint;
    readonly total: bigint;
}

export interface Product {
    readonly id: ProductId;
    readonly title: string;
    /** Plain text. */
    readonly description?: string;
    readonly status: 'draft' | 'active' | 'archived';
    /** Place in the list that customers see, ascending. */
    readonly position: number;
    readonly variants: readonly Variant[];
    readonly createdAt: Date;
    readonly updatedAt: Date;
    readonly version: number;
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

export interface ProposalTokens {
    readonly confirm: string;
    readonly cancel: string;
    readonly edit: string;
    /** For the page at `/a/{token}`. */
    readonly open: string;
}

export interface Proposed {
    readonly kind: 'proposed';
    readonly order: Order;
    readonly tokens: ProposalTokens;
    /** Variants that cost something else than when they were put into the draft. */
    readonly repriced: readonly VariantId[];
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

export interface Random {
    /** `length` random bytes, cryptographically strong in production. */
    bytes(length: number): Uint8Array;
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

export interface Replies {
    /**
     * Stores an answer of a colleague, who thereby takes the conversation over. Refused with `window_closed` outside of
     * the customer's 24-hour window: only templates may be sent then.
     */
    send(actor: Actor, conversationId: ConversationId, message: OutboundMessage): Promise<ReplyOutcome>;
}

export interface ReplyButton {
    readonly id: string;
    readonly title: string;
}

export interface RequestMessage {
    readonly kind: 'location_request' | 'contact_request';
    readonly body: string;
}

export interface Reservation {
    readonly variantId: VariantId;
    /** Id of the order that owns it. */
    readonly ownerId: string;
    readonly quantity: number;
    readonly state: 'held' | 'committed' | 'released';
    /** End of a hold; a held reservation past it is anybody's. */
    readonly expiresAt?: Date;
}

export interface SecurityEvent extends AdministrativeBase {
    readonly kind: 'security';
    /** `PIN_CHANGED`, `PIN_RESET_REQUEST` or `PIN_REQUEST_SUCCESS`. */
    readonly event: string;
    readonly requester?: string;
}

export interface SendGrant {
    readonly tenantId: TenantId;
    readonly outboxId: OutboxId;
}

export interface SendPacing {
    /** Takes a place and returns the wait in milliseconds; 0 when it may go now. A place is taken only when it may go. */
    reserve(phoneNumberId: string, recipient: string, now: Date): number;
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

export interface Services {
    readonly contacts: Contacts;
    readonly conversations: Conversations;
    readonly catalog: Catalog;
    readonly orders: Orders;
}

export interface Settled {
    readonly kind: 'confirmed' | 'cancelled' | 'edited' | 'expired';
    readonly order: Order;
}

export interface Settlement {
    readonly opaque?: string;
    readonly providerMessageId: string;
    readonly channelId: ChannelId;
    readonly status: 'sent' | 'delivered' | 'read' | 'played' | 'failed';
    readonly at: Date;
    readonly errorCode?: string;
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

export interface ShopDeps {
    readonly catalog: Catalog;
    readonly orders: Orders;
    readonly clock: Clock;
    readonly tenantId: TenantId;
    readonly conversationId?: ConversationId;
    /** What the customer's commands stem from. */
    readonly evidence?: Evidence;
    /** Language of amounts, BCP 47. */
    readonly locale: string;
    /** Address of the page of an `open` token; without it proposals have no link. */
    readonly link?: (token: string) => string;
}

export interface ShopPort {
    browse(): Promise<readonly Item[]>;
    item(variantId: VariantId): Promise<Item | undefined>;
    /** `quantity` in whole units; 0 takes the item out. */
    add(contact: ContactId, variantId: VariantId, quantity: number): Promise<Cart | Refusal>;
    fromCart(contact: ContactId, items: readonly {
        readonly retailerId: string;
        readonly quantity: number;
    }[], cartMessageId: string): Promise<Cart | Refusal>;
    propose(contact: ContactId): Promise<Proposal | Refusal>;
    act(contact: ContactId, token: string, evidence: Evidence): Promise<Action | Refusal>;
    status(contact: ContactId): Promise<readonly {
        readonly ref: string;
        readonly number?: string;
        readonly status: OrderStatus;
        readonly total: string;
        readonly placedAt: Date;
    }[]>;
}

export interface Shortage {
    readonly variantId: VariantId;
    readonly wanted: number;
    /** What could be had now. */
    readonly left: number;
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

export interface StickerMessage {
    readonly kind: 'sticker';
    readonly media: MediaSource;
}

export interface StockChange {
    readonly items: readonly StockItem[];
    readonly reservations: readonly Reservation[];
    readonly movements: readonly StockMovement[];
}

export interface StockItem {
    readonly variantId: VariantId;
    readonly onHand: number;
    /** Sum of its held and committed reservations. */
    readonly reserved: number;
    /** `deny` sells what is there, `backorder` more than that, `untracked` counts nothing. */
    readonly policy: 'deny' | 'backorder' | 'untracked';
    readonly version: number;
}

export interface StockLevel {
    readonly item: StockItem;
    /** The owner's own reservation, and every hold that is overdue. */
    readonly reservations: readonly Reservation[];
}

export interface StockMovement {
    readonly variantId: VariantId;
    /** Version of the stock item after it. */
    readonly sequence: number;
    readonly delta: number;
    readonly reason: 'receipt' | 'count' | 'correction';
    readonly onHand: number;
    readonly at: Date;
}

export interface Storage extends EngineStorage<Stores> {
    readonly actions: ActionDirectory;
    /** Calls `wake` when another process left work, where the database can tell; returns how to stop. */
    readonly listen?: (wake: () => void) => Promise<() => Promise<void>>;
}

export interface StoredBlob {
    readonly id: BlobId;
    /** Media type, for example `image/jpeg`. */
    readonly contentType: string;
    /** Bytes. */
    readonly size: number;
    /** SHA-256 of the bytes, lower-case hex. */
    readonly sha256: string;
}

export interface Stores extends EngineStores {
    readonly catalog: CatalogStore;
    readonly orders: OrderStore;
    readonly actions: ActionStore;
}

export interface TaxCategory {
    /** The tenant's own code, for example `standard`. */
    readonly code: string;
    /** Category of EN 16931: standard, zero rated, exempt, reverse charge, out of scope. */
    readonly category: 'S' | 'Z' | 'E' | 'AE' | 'O';
    /** Parts per million: 21 % is 210000. */
    readonly rate: number;
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

export interface TemplateMessage {
    readonly kind: 'template';
    readonly name: string;
    /** Language code as Graph spells it, for example `en_US`. */
    readonly language: string;
    readonly components: readonly TemplateComponent[];
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

export interface Tenant {
    readonly id: TenantId;
    readonly settings: TenantSettings;
    readonly version: number;
}

export interface TenantSettings {
    /** Name as customers see it. */
    readonly businessName: string;
    readonly locale: Locale;
    /** IANA zone id. */
    readonly timeZone: string;
    /** ISO 4217 code of every new document. */
    readonly currency: string;
    readonly taxRounding: 'rate-group' | 'line';
    /** How long a proposed order waits for its customer, in milliseconds. Default one hour. */
    readonly proposalTtlMs: number;
    /** A resolved conversation older than this starts a new one instead of reopening, in milliseconds. Default 24 hours. */
    readonly reopenWithinMs: number;
    /** Whether a proposal holds its stock until it expires. Default `true`. */
    readonly holdOnPropose: boolean;
}

export interface TextMessage {
    readonly kind: 'text';
    readonly body: string;
    readonly previewUrl?: boolean;
}

export interface TraceStep {
    readonly step: string;
    readonly outcome: string;
    readonly detail?: {
        readonly [key: string]: string | number | boolean;
    };
}

export interface Traces {
    /** Steps of handled events, by id. */
    ofEvents(actor: Actor, ids: readonly InboxEventId[]): Promise<ReadonlyMap<InboxEventId, readonly TraceStep[]>>;
    /** Events that could not be handled, newest first. */
    dead(actor: Actor, limit: number): Promise<readonly DeadEvent[]>;
    /** Puts a dead event back in front of its lane. Returns false when it is not dead. */
    replay(actor: Actor, id: InboxEventId): Promise<boolean>;
}

export interface UnitOfWork<Stores> {
    /**
     * Runs `body` in one transaction and returns what it returns. Throws what `body` throws after rolling back;
     * `storage_unavailable` (retryable) when the database cannot be reached.
     */
    run<Result>(tenantId: TenantId, body: (stores: Stores) => Promise<Result>): Promise<Result>;
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

export interface Variant {
    readonly id: VariantId;
    /** The business' own number; unique in the tenant, and the retailer id of WhatsApp catalogs. */
    readonly sku: string;
    /** What tells it from its siblings, for example `Large`. */
    readonly title?: string;
    readonly unitCode: UnitCode;
    /** Code of a {@link TaxCategory}. */
    readonly taxCode: string;
    readonly status: 'active' | 'archived';
    /** Most steps of the unit one order may have. */
    readonly maxPerOrder?: number;
}

export interface Viewed {
    readonly kind: 'viewed';
    readonly order: Order;
    /** Empty when it was used, is void or over. */
    readonly choices: readonly ActionChoice[];
    readonly expiresAt: Date;
}

export interface WaitingEvent {
    readonly id: InboxEventId;
    /** Position in the lane; strictly increasing, with gaps. */
    readonly ordinal: number;
    readonly payload: Uint8Array;
    readonly receivedAt: Date;
    /** How often handling failed so far. */
    readonly attempts: number;
}

export interface WantedLine {
    readonly variantId: VariantId;
    readonly quantity: number;
}

export type ActionCommand = 'confirm' | 'cancel' | 'edit' | 'open';

export type ActionOutcome = {
    readonly kind: 'changed' | 'unchanged';
    readonly conversation: Conversation;
} | {
    readonly kind: 'refused';
    readonly reason: 'not_found' | 'not_permitted' | 'resolved' | 'human_owns';
};

export type ActorVia = 'whatsapp' | 'dashboard' | 'api' | 'job' | 'host';

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

export type ArriveOutcome = {
    readonly kind: 'received' | 'revised';
    readonly conversation: Conversation;
    readonly message: Message;
} | {
    readonly kind: 'duplicate';
} | {
    readonly kind: 'ignored';
    readonly reason: 'nothing_to_attach';
};

export type BlobId = Brand<'BlobId'>;

export type Brand<Name extends string> = string & {
    readonly [brandName]: Name;
};

export type CartOutcome = (CartReport & {
    readonly kind: 'drafted' | 'repeated';
    readonly order: Order;
}) | OrderRefusal;

export type ChangeIdentityOutcome = {
    readonly kind: 'changed' | 'unchanged';
    readonly contact: Contact;
    readonly merged: readonly ContactId[];
} | {
    readonly kind: 'refused';
    readonly reason: 'no_identity';
};

export type ChannelId = Brand<'ChannelId'>;

export type CivilDateTime = string;

export type ContactId = Brand<'ContactId'>;

export type ConversationId = Brand<'ConversationId'>;

export type ConversationOwner = 'ai' | 'queue' | 'human';

export type DeliveryStatus = 'accepted' | 'sent' | 'delivered' | 'read' | 'played';

export type DownloadOutcome = {
    readonly kind: 'downloaded';
    readonly media: MediaContent;
    readonly sha256Hex: string;
} | {
    readonly kind: 'failed';
    readonly reason: 'gone' | 'too_large' | 'corrupt' | 'denied' | 'unreachable';
    readonly detail: string;
};

export type ErrorCode = (typeof errorCodes)[number];

export type ErrorDetail = string | number | boolean | null | readonly (string | number)[];

export type IdentifyOutcome = {
    readonly kind: 'identified';
    readonly contact: Contact;
    readonly created: boolean;
    readonly merged: readonly ContactId[];
} | {
    readonly kind: 'refused';
    readonly reason: 'no_identity';
};

export type InboundEvent = MessageEvent | EchoEvent | StatusEvent | IdentityEvent | HistoryEvent | ContactSyncEvent | PreferenceEvent | CallEvent | GroupEvent | HandoverEvent | TemplateStatusEvent | TemplateQualityEvent | TemplateComponentsEvent | TemplateCategoryEvent | NumberQualityEvent | NumberNameEvent | AccountEvent | AccountReviewEvent | AccountAlertEvent | AccountSettingsEvent | BusinessCapabilityEvent | SecurityEvent | FlowEvent | PartnerSolutionEvent | PaymentConfigurationEvent | AutomaticEvent | UsernameEvent | ProviderErrorEvent | UnknownEvent;

export type InboxEventId = Brand<'InboxEventId'>;

export type JobHandler<Stores> = (actor: Actor, job: Job, stores: Stores) => Promise<void>;

export type JobId = Brand<'JobId'>;

export type Json = string | number | boolean | null | readonly Json[] | {
    readonly [key: string]: Json;
};

export type Locale = (typeof locales)[number];

export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

export type MediaSource = {
    readonly id: string;
} | {
    readonly link: string;
} | {
    readonly blobId: BlobId;
};

export type MemberId = Brand<'MemberId'>;

export type MergeOutcome = {
    readonly kind: 'merged';
    readonly contact: Contact;
} | {
    readonly kind: 'refused';
    readonly reason: 'not_permitted' | 'not_found' | 'same';
};

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

export type MessageId = Brand<'MessageId'>;

export type NoteOutcome = {
    readonly kind: 'noted';
    readonly conversation: Conversation;
    readonly messages: readonly Message[];
} | {
    readonly kind: 'refused';
    readonly reason: 'not_found' | 'stale' | 'not_permitted';
};

export type Order = OrderOf<OrderLine>;

export type OrderId = Brand<'OrderId'>;

export type OrderStatus = (typeof orderStatuses)[number];

export type OutboundMessage = TextMessage | ImageOrVideoMessage | DocumentMessage | AudioMessage | StickerMessage | ButtonsMessage | ListMessage | LinkMessage | ProductMessage | ProductListMessage | CatalogMessage | TemplateMessage | LocationMessage | ContactsMessage | ReactionMessage | RequestMessage;

export type OutboxId = Brand<'OutboxId'>;

export type OutboxState = 'queued' | 'sending' | 'unknown' | 'parked' | 'accepted' | 'failed' | 'discarded';

export type ParkedOutcome = {
    readonly kind: 'done';
    readonly entry: OutboxEntry;
} | {
    readonly kind: 'refused';
    readonly reason: 'not_found' | 'not_parked' | 'not_permitted';
};

export type PriceId = Brand<'PriceId'>;

export type PriceInput = z.infer<typeof priceInputSchema>;

export type ProductId = Brand<'ProductId'>;

export type ProductInput = z.infer<typeof productInputSchema>;

export type ReplyOutcome = {
    readonly kind: 'stored';
    readonly entry: OutboxEntry;
} | {
    readonly kind: 'refused';
    readonly reason: 'not_found' | 'not_permitted' | 'window_closed' | 'no_recipient' | 'stale';
};

export type ResolvePriceOutcome = {
    readonly kind: 'priced';
    readonly price: Price;
    readonly offer: Offer;
} | {
    readonly kind: 'refused';
    readonly reason: 'not_for_sale';
};

export type SaveProductOutcome = {
    readonly kind: 'saved';
    readonly product: Product;
} | CatalogRefusal;

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

export type StockInput = z.infer<typeof stockInputSchema>;

export type TaxBehavior = 'inclusive' | 'exclusive';

export type TaxRounding = 'rate-group' | 'line';

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

export type TenantId = Brand<'TenantId'>;

export type UnitCode = keyof typeof unitScales;

export type UnknownReason = 'object_unknown' | 'envelope_malformed' | 'field_unknown' | 'member_unknown' | 'value_malformed' | 'item_malformed' | 'item_without_id';

export type UploadOutcome = {
    readonly kind: 'uploaded';
    readonly mediaId: string;
} | {
    readonly kind: 'refused';
    readonly code: number | string;
    readonly advice: Advice;
    readonly detail: string;
};

export type VariantId = Brand<'VariantId'>;

interface Cart extends Lines {
    readonly kind: 'cart';
}

interface Item {
    readonly variantId: VariantId;
    readonly title: string;
    readonly description?: string;
    readonly price: string;
    readonly available: boolean;
}

interface Lines {
    readonly lines: readonly {
        readonly variantId: VariantId;
        readonly title: string;
        readonly quantity: number;
        readonly price: string;
    }[];
    readonly total: string;
    readonly notices: readonly Notice[];
}

interface Notice {
    readonly reason: 'price_changed' | 'quantity_reduced' | 'not_available' | 'unknown_item';
    readonly title?: string;
}

interface Proposal extends Lines {
    readonly kind: 'proposal';
    readonly ref: string;
    readonly confirmToken: string;
    readonly cancelToken: string;
    readonly editToken: string;
    readonly expiresAt: Date;
    readonly link?: string;
}

interface Refusal {
    readonly kind: 'refused';
    readonly reason: 'not_found' | 'sold_out' | 'insufficient_stock' | 'too_many' | 'empty' | 'expired' | 'changed' | 'not_yours' | 'used' | 'unknown';
    readonly title?: string;
    readonly left?: number;
}

type Action = {
    readonly kind: 'confirmed';
    readonly number: string;
    readonly total: string;
    readonly repeated: boolean;
} | {
    readonly kind: 'cancelled';
    readonly ref: string;
    readonly repeated: boolean;
} | {
    readonly kind: 'edited';
    readonly cart: Cart;
    readonly repeated: boolean;
};

type Judged = Pick<OrderOf<OrderLineFacts>, 'status' | 'contactId' | 'confirmBy' | 'contentHash'>;
