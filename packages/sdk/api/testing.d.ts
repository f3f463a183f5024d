// @auronx/sdk/testing exports: AccountSubject, ArrivedMessage, BlobSubject, CatalogSubject, ContactSubject, ContractAssert, ContractCase, ContractRun, ContractSkip, ConversationSubject, EventSubject, FakeClock, FakeMessenger, IdempotencySubject, InboxSubject, LaneSubject, MessengerControl, MessengerFault, MessengerSubject, OrderSubject, OutboxSubject, StoreSubject, accountContract, blobContract, catalogContract, contactContract, conversationContract, createFakeClock, createFakeMessenger, createMemoryAccountStore, createMemoryActionDirectory, createMemoryActionStore, createMemoryBlobStore, createMemoryCatalogStore, createMemoryChannelDirectory, createMemoryContactStore, createMemoryConversationStore, createMemoryDatabase, createMemoryEventStore, createMemoryIdempotencyStore, createMemoryInboxStore, createMemoryJobQueue, createMemoryJobStore, createMemoryLaneQueue, createMemoryLaneStore, createMemoryOrderStore, createMemoryOutboxQueue, createMemoryOutboxStore, createMemoryStorage, createMemoryWork, createSeededRandom, eventContract, expiresAt, idempotencyContract, inboxContract, laneContract, messengerContract, orderContract, outboxContract, runContract

export declare const accountContract: readonly ContractCase<AccountSubject>[];

export declare const blobContract: readonly ContractCase<BlobSubject>[];

export declare const catalogContract: readonly ContractCase<CatalogSubject>[];

export declare const contactContract: readonly ContractCase<ContactSubject>[];

export declare const conversationContract: readonly ContractCase<ConversationSubject>[];

export declare const eventContract: readonly ContractCase<EventSubject>[];

export declare const idempotencyContract: readonly ContractCase<IdempotencySubject>[];

export declare const inboxContract: readonly ContractCase<InboxSubject>[];

export declare const laneContract: readonly ContractCase<LaneSubject>[];

export declare const messengerContract: readonly ContractCase<MessengerSubject>[];

export declare const orderContract: readonly ContractCase<OrderSubject>[];

export declare const outboxContract: readonly ContractCase<OutboxSubject>[];

export declare function createFakeClock(start?: Date): FakeClock;

export declare function createFakeMessenger(options?: FakeMessengerOptions): FakeMessenger;

export declare function createMemoryAccountStore(database: MemoryDatabase, tenantId: TenantId): AccountStore;

export declare function createMemoryActionDirectory(database: MemoryDatabase): ActionDirectory;

export declare function createMemoryActionStore(database: MemoryDatabase, tenantId: TenantId): ActionStore;

export declare function createMemoryBlobStore(database: MemoryDatabase): BlobStore;

export declare function createMemoryCatalogStore(database: MemoryDatabase, tenantId: TenantId): CatalogStore;

export declare function createMemoryChannelDirectory(database: MemoryDatabase): ChannelDirectory;

export declare function createMemoryContactStore(database: MemoryDatabase, tenantId: TenantId): ContactStore;

export declare function createMemoryConversationStore(database: MemoryDatabase, tenantId: TenantId): ConversationStore;

export declare function createMemoryDatabase(): MemoryDatabase;

export declare function createMemoryEventStore(database: MemoryDatabase, tenantId: TenantId): EventStore;

export declare function createMemoryIdempotencyStore(database: MemoryDatabase, tenantId: TenantId): IdempotencyStore;

export declare function createMemoryInboxStore(database: MemoryDatabase): InboxStore;

export declare function createMemoryJobQueue(database: MemoryDatabase): JobQueue;

export declare function createMemoryJobStore(database: MemoryDatabase, tenantId: TenantId): JobStore;

export declare function createMemoryLaneQueue(database: MemoryDatabase): LaneQueue;

export declare function createMemoryLaneStore(database: MemoryDatabase, tenantId: TenantId): LaneStore;

export declare function createMemoryOrderStore(database: MemoryDatabase, tenantId: TenantId): OrderStore;

export declare function createMemoryOutboxQueue(database: MemoryDatabase, isStopped: (tenantId: TenantId, channelId: ChannelId) => boolean): OutboxQueue;

export declare function createMemoryOutboxStore(database: MemoryDatabase, tenantId: TenantId): OutboxStore;

export declare function createMemoryStorage(database?: MemoryDatabase): Storage;

export declare function createMemoryWork<Stores>(database: MemoryDatabase, open: (database: MemoryDatabase, tenantId: TenantId) => Stores): UnitOfWork<Stores>;

export declare function createSeededRandom(seed?: number): Random;

export declare function expiresAt(lastInteractionAt: Date): Date;

export declare function runContract<Subject>(run: ContractRun<Subject>, cases: readonly ContractCase<Subject>[]): void;

export interface AccountSubject extends StoreSubject<{
    readonly accounts: AccountStore;
}> {
    readonly directory: ChannelDirectory;
}

export interface ArrivedMessage {
    readonly phoneNumberId: string;
    /** Digits, without a plus sign. */
    readonly phone?: string;
    readonly userId?: string;
    readonly opaque: string;
    readonly replyTo?: string;
}

export interface BlobSubject {
    readonly blobs: BlobStore;
    /** Two tenants that exist. */
    readonly tenants: readonly [TenantId, TenantId];
    readonly ids: Ids;
    readonly random: Random;
}

export interface ContractAssert {
    equal(actual: unknown, expected: unknown, message?: string): void;
    deepEqual(actual: unknown, expected: unknown, message?: string): void;
    ok(value: unknown, message?: string): void;
    rejects(promise: Promise<unknown>, check: (error: unknown) => boolean, message?: string): Promise<void>;
}

export interface ContractCase<Subject> {
    /** A sentence of behaviour; unique within its suite. */
    readonly name: string;
    run(subject: Subject, assert: ContractAssert): Promise<void>;
}

export interface ContractRun<Subject> {
    /** Registers one test, for example vitest's `test`. */
    test(name: string, body: () => Promise<void>): void;
    readonly assert: ContractAssert;
    /** A fresh, empty subject. */
    open(): Promise<Subject>;
    /** Releases what `open` made. */
    close?(subject: Subject): Promise<void>;
    /** Limitations, each with its reason. An unknown name throws `invalid_input`. */
    readonly skip?: readonly ContractSkip[];
}

export interface FakeClock extends Clock {
    /** Moves forward by `ms` milliseconds. */
    advance(ms: number): void;
}

export interface FakeMessenger extends Messenger, MessengerControl {
    /** Every send that arrived, whole, in order. */
    readonly sent: readonly SendRequest[];
    /** Every read receipt, in order. */
    readonly reads: readonly ReadRequest[];
    /** Makes a file downloadable under an id, as if a customer had sent it. */
    receive(mediaId: string, media: MediaContent): void;
}

export interface MessengerSubject {
    readonly messenger: Messenger;
    readonly control: MessengerControl;
    /** A business number that is registered. */
    readonly phoneNumberId: string;
    /** A customer who can be reached by either address, and has written to the number. */
    readonly phone: string;
    readonly userId: string;
    /** Provider id of a message from that customer. */
    readonly inboundMessageId: string;
}

export interface OrderSubject extends StoreSubject<{
    readonly accounts: AccountStore;
    readonly catalog: CatalogStore;
    readonly orders: OrderStore;
    readonly actions: ActionStore;
    readonly jobs: JobStore;
    readonly events: EventStore;
}> {
    readonly actionDirectory: ActionDirectory;
    /** A contact that exists. */
    newContact(tenantId: TenantId): Promise<ContactId>;
}

export interface OutboxSubject extends StoreSubject<{
    readonly outbox: OutboxStore;
    readonly accounts: AccountStore;
}> {
    readonly outboxQueue: OutboxQueue;
}

export type CatalogSubject = StoreSubject<{
    readonly accounts: AccountStore;
    readonly catalog: CatalogStore;
    readonly events: EventStore;
}>;

export type ContactSubject = StoreSubject<{
    readonly contacts: ContactStore;
    readonly conversations: ConversationStore;
}>;

export type ConversationSubject = StoreSubject<{
    readonly contacts: ContactStore;
    readonly conversations: ConversationStore;
}>;

export type EventSubject = StoreSubject<{
    readonly events: EventStore;
}>;

export type IdempotencySubject = StoreSubject<{
    readonly keys: IdempotencyStore;
}>;

export type InboxSubject = LaneSubject;

// named by the above

declare const brandName: unique symbol;

export declare const locales: readonly ["en", "es", "pt", "ar"];

export declare const orderStatuses: readonly ["draft", "awaiting_customer", "confirmed", "cancelled", "expired"];

export declare const unitScales: {
    readonly C62: 0;
    readonly KGM: 3;
    readonly LTR: 3;
    readonly MTR: 3;
    readonly HUR: 2;
    readonly DAY: 2;
};

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

export interface ActionDirectory {
    /** The tenant of an `open` token by its hash, or nothing. */
    tenantOf(hash: string): Promise<TenantId | undefined>;
}

export interface ActionResult {
    readonly command: Exclude<ActionCommand, 'open'>;
    readonly number?: string;
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

export interface AudioMessage {
    readonly kind: 'audio';
    readonly media: MediaSource;
    readonly voice?: boolean;
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

export interface ContactsMessage {
    readonly kind: 'contacts';
    readonly contacts: readonly ContactCard[];
}

export interface ContractSkip {
    readonly name: string;
    readonly reason: string;
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

export interface FakeMessengerOptions {
    /** Advice per Graph code. Default: that of the contract's codes; all others fail. */
    readonly advice?: (code: number) => Advice;
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

export interface Identity {
    readonly kind: 'wa_phone' | 'wa_bsuid' | 'wa_parent_bsuid' | 'wa_username' | 'email' | 'external';
    readonly scope: string;
    /** As received, except usernames: without `@`, lower case. */
    readonly value: string;
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

export interface LaneSubject extends StoreSubject<{
    readonly lanes: LaneStore;
    readonly jobs: JobStore;
}> {
    readonly inbox: InboxStore;
    readonly laneQueue: LaneQueue;
    readonly jobQueue: JobQueue;
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

export interface MemoryDatabase {
    /** The table of that name, made on first use. The caller states the row type once, in the store that owns the table. */
    table<Row>(name: string): MemoryTable<Row>;
    /** Runs `body` alone; on an exception every table is as before. */
    transaction<Result>(body: () => Promise<Result>): Promise<Result>;
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

export interface MessengerControl {
    next(fault: MessengerFault): Promise<void>;
    /** The messages that arrived, in order. */
    arrived(): Promise<readonly ArrivedMessage[]>;
}

export interface NewBlob {
    readonly id: BlobId;
    readonly contentType: string;
    /** The bytes, in pieces of any size. Read once. */
    readonly body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
    /** Refuses a longer body. Default 100 MiB. */
    readonly maxBytes?: number;
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

export interface PipelineStores extends ContactStores, ConversationStores {
    readonly accounts: AccountStore;
    readonly lanes: LaneStore;
    readonly outbox: OutboxStore;
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

export interface ProviderError {
    /** Meta's error number; absent when it was missing or no number. */
    readonly code?: number;
    readonly title?: string;
    readonly message?: string;
    /** Longer text, from `error_data.details`. */
    readonly details?: string;
    readonly href?: string;
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

export interface SendGrant {
    readonly tenantId: TenantId;
    readonly outboxId: OutboxId;
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

export interface StoreSubject<Stores> {
    readonly work: UnitOfWork<Stores>;
    /** Two tenants that exist, so that isolation can be shown. */
    readonly tenants: readonly [TenantId, TenantId];
    readonly clock: Clock & {
        advance(ms: number): void;
    };
    readonly ids: Ids;
    readonly random: Random;
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

export interface TemplateMessage {
    readonly kind: 'template';
    readonly name: string;
    /** Language code as Graph spells it, for example `en_US`. */
    readonly language: string;
    readonly components: readonly TemplateComponent[];
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

export interface UnitOfWork<Stores> {
    /**
     * Runs `body` in one transaction and returns what it returns. Throws what `body` throws after rolling back;
     * `storage_unavailable` (retryable) when the database cannot be reached.
     */
    run<Result>(tenantId: TenantId, body: (stores: Stores) => Promise<Result>): Promise<Result>;
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

export interface WaitingEvent {
    readonly id: InboxEventId;
    /** Position in the lane; strictly increasing, with gaps. */
    readonly ordinal: number;
    readonly payload: Uint8Array;
    readonly receivedAt: Date;
    /** How often handling failed so far. */
    readonly attempts: number;
}

export type ActionCommand = 'confirm' | 'cancel' | 'edit' | 'open';

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

export type BlobId = Brand<'BlobId'>;

export type Brand<Name extends string> = string & {
    readonly [brandName]: Name;
};

export type ChannelId = Brand<'ChannelId'>;

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

export type IdempotencyClaim = {
    readonly kind: 'first';
} | {
    readonly kind: 'replay';
    readonly response: Json;
};

export type InboxEventId = Brand<'InboxEventId'>;

export type JobId = Brand<'JobId'>;

export type Json = string | number | boolean | null | readonly Json[] | {
    readonly [key: string]: Json;
};

export type Locale = (typeof locales)[number];

export type MediaSource = {
    readonly id: string;
} | {
    readonly link: string;
} | {
    readonly blobId: BlobId;
};

export type MemberId = Brand<'MemberId'>;

export type MemoryTable<Row> = Map<string, Row>;

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

export type MessengerFault = {
    readonly kind: 'accept' | 'lost' | 'no_id' | 'gateway' | 'unreachable';
} | {
    readonly kind: 'error';
    readonly code: number;
    readonly status: number;
};

export type Order = OrderOf<OrderLine>;

export type OrderId = Brand<'OrderId'>;

export type OrderStatus = (typeof orderStatuses)[number];

export type OutboundMessage = TextMessage | ImageOrVideoMessage | DocumentMessage | AudioMessage | StickerMessage | ButtonsMessage | ListMessage | LinkMessage | ProductMessage | ProductListMessage | CatalogMessage | TemplateMessage | LocationMessage | ContactsMessage | ReactionMessage | RequestMessage;

export type OutboxId = Brand<'OutboxId'>;

export type OutboxState = 'queued' | 'sending' | 'unknown' | 'parked' | 'accepted' | 'failed' | 'discarded';

export type PriceId = Brand<'PriceId'>;

export type ProductId = Brand<'ProductId'>;

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
