// @auronx/sdk exports: AcceptItem, AcceptReport, AcceptResult, AccessClaim, AccessContext, AccessDecision, AccessDirectory, AccessSettings, AccountStore, Accounts, Acted, ActionChoice, ActionCommand, ActionDirectory, ActionResult, ActionStore, ActionToken, Actor, AdminOutcome, AdminRefusal, AnsweringSettings, ApiKey, ApiKeyStore, AppDelivery, AppDirectory, AppEntry, AppWebhookDeps, AppWebhooks, Asker, AssignmentStore, AssistantOptions, AssistantSettings, AssistantTurn, AttemptStore, AuditActor, AuditAnchor, AuditEntry, AuditEvent, AuditFact, AuditFault, AuditLog, AuditPersonal, AuditRecord, AuditStore, AuditVerdict, Auditor, Auronx, AuronxError, AuronxOptions, AuthMethod, AuthProvider, AuthRequest, AuthorityAction, AuthorityLevel, AuthorityRule, BlobId, BlobStore, BreakerOptions, BreakerSettings, BreakerState, BusinessTopic, CallRecord, CartOutcome, Catalog, CatalogLists, CatalogRefusal, CatalogStore, Change, Channel, ChannelDirectory, ChannelId, ChannelRoute, ChannelTokens, CleanedUp, Cleanup, CleanupDeps, Clock, CodeCounts, Confirmation, ConnectOutcome, ConnectRequest, Contact, ContactId, ContactLists, ContactQuery, ContactSearch, ContactStore, Contacts, Conversation, ConversationId, ConversationOwner, ConversationStore, Conversations, CredentialFacts, CredentialKind, CredentialOwner, CredentialStore, DeadEvent, DeadJob, Deferred, DeliveryStatus, Disconnected, DomainEvent, Drafted, Egress, EgressFetch, EgressHost, EgressInit, EgressOptions, ErrorCode, EventStore, Evidence, ExchangeEnd, HandledEvent, HandledTurn, IdKinds, IdempotencyClaim, IdempotencyStore, IdempotentRequest, Identity, IdentityStores, IdentityWork, Ids, Inbox, InboxEventId, InboxStore, Invitation, InvitationView, InviteOutcome, Job, JobGrant, JobId, JobQueue, JobStore, JoinedServices, Json, KeyClaim, KeyDeps, KeyPrincipal, KeyStatus, KeyUpkeep, KeyUpkeepReport, KnownContact, LaneAfterTurn, LaneGrant, LaneQueue, LaneStore, Locale, LogFields, Logger, Mail, MailOutcome, Mailer, Member, MemberEndings, MemberId, MemberOutcome, MemberPrincipal, Membership, Message, MessageHint, MessageId, Messenger, Model, ModelFailure, ModelItem, ModelPrice, ModelReply, ModelRequest, ModelTool, ModelToolCall, ModelUsage, Money, NewBlob, NewBusiness, NewTenant, NumberAccess, NumberAdmin, NumberDeps, NumberFacts, NumberHealth, NumberRefusal, NumberStep, NumberStores, Numbers, Offer, OfferQuery, OperatorPermission, OperatorPrincipal, OperatorRole, OperatorSession, OperatorSessionStore, Order, OrderCommand, OrderId, OrderLine, OrderLineFacts, OrderOf, OrderQuery, OrderRefusal, OrderStatus, OrderStore, OrderStores, OrderTotals, Orders, OutboundMessage, OutboxEntry, OutboxId, OutboxQueue, OutboxState, OutboxStore, Page, ParkedOutcome, ParkedSends, Passkey, PasskeyStore, Permission, Price, PriceId, PriceInput, Principal, Product, ProductId, ProductInput, ProductQuery, Proposed, Random, Reach, ReadAhead, Recipient, RefreshToken, Replies, ReplyOutcome, Reservation, ResolvePriceOutcome, Role, RootKey, RootKeysOutcome, Rotation, RotationDeps, RotationReport, RotationStores, SaveProductOutcome, SealContext, SealScope, SealedColumn, SealedValue, Sealer, SealingKey, SealingKeyDirectory, SealingKeyRef, SealingKeyStore, Secret, Secrets, SendAbility, SendGrant, SendOutcome, Services, Session, SessionClaim, SessionId, SessionStore, Settled, Settlement, Shortage, SignInAttempt, SigningKey, SigningKeyStore, Spend, StockChange, StockInput, StockItem, StockLevel, StockMovement, Storage, StoredBlob, StoredCredential, Stores, Suppressed, Suppression, TaxBehavior, TaxCategory, TaxRounding, Team, TeamDeps, TeamStore, TeamStores, Tenant, TenantId, TenantSettings, TenantStatus, ThinkLimits, TimeZones, TokenFacts, Tokens, Tool, ToolAnswer, ToolContext, ToolDefinition, ToolTurn, TraceStep, Traces, TurnId, TurnOutcome, TurnRecord, TurnStore, UnitCode, UnitOfWork, Usage, UsageDeps, UsageDirectory, UsageEvent, UsageKeyPlace, UsageName, UsageSealer, UsageStore, UsageTotal, User, UserId, UserStore, Variant, VariantId, VerifyOptions, Viewed, WaitingEvent, WebhookApp, Within, Work, WrappedKey, actorOf, allowedActions, asId, assertAllowed, auditStart, checkRootKeys, cleanUp, createAppWebhooks, createAuditLog, createAuditor, createAuronx, createCatalog, createChannelTokens, createEgress, createIds, createKeyUpkeep, createNumbers, createOrderExpiry, createOrders, createRandom, createRootKeys, createRotation, createSealer, createSecret, createShop, createSystemClock, createTeam, createTimeZones, createUsage, credentialPlace, decideAccess, defaultMaxBlobBytes, defineTool, errorCodes, escapeHtml, failureOf, foldOrder, formatMoney, formatQuantity, hashToken, hostActor, idempotencyInProgress, idempotencyKeepMs, idempotencyMismatch, isAllowed, isAuronxError, isMailable, isPermission, isReachable, isUsageName, joinWork, listContacts, listProducts, listTaxCategories, locales, maskIdentities, maskPhone, mayGrant, mayGrantRole, money, neverForKeys, newTenantSettings, normalizeEmail, operatorRolePermissions, optionalPermissions, orderStatuses, parseMoney, permissions, permissionsOf, platformTenant, priceInputSchema, productInputSchema, reachOf, reachesContact, readAtMost, readId, readRootKeys, recentSignInMs, resolveActor, rolePermissions, roles, rootKeysInUse, runOnce, sealingKeyMs, sensitivePermissions, sessionKeepMs, silentLogger, sleep, staffActor, stockInputSchema, systemActor, titleOf, usageKeepMonths, usageNames, verifyAudit, withBreaker, withoutGrants

export declare class AuronxError extends Error {
    /** Stable code to branch on. */
    readonly code: ErrorCode;
    /** Whether the same call may succeed later without a change by the caller. */
    readonly retryable: boolean;
    /** Facts that are safe to log. */
    readonly details: Readonly<Record<string, ErrorDetail>>;
    constructor(code: ErrorCode, message: string, options?: ErrorOptions);
}

export declare const auditStart: AuditAnchor;

export declare const defaultMaxBlobBytes: number;

export declare const idempotencyKeepMs: number;

export declare const neverForKeys: readonly Permission[];

export declare const operatorRolePermissions: Readonly<Record<OperatorRole, readonly OperatorPermission[]>>;

export declare const optionalPermissions: Readonly<Record<Role, readonly Permission[]>>;

export declare const platformTenant: TenantId;

export declare const recentSignInMs: number;

export declare const rolePermissions: Readonly<Record<Role, readonly Permission[]>>;

export declare const sealingKeyMs: number;

export declare const sensitivePermissions: readonly Permission[];

export declare const sessionKeepMs: number;

export declare const silentLogger: Logger;

export declare const usageKeepMonths = 13;

export declare function actorOf(principal: MemberPrincipal | KeyPrincipal, { via, evidence }?: {
    readonly via?: ActorVia;
    readonly evidence?: Evidence;
}): Actor;

export declare function allowedActions(order: Judged, actor: Actor, now: Date): readonly OrderCommand[];

export declare function asId<Kind extends keyof IdKinds>(_kind: Kind, value: string): IdKinds[Kind];

export declare function assertAllowed(actor: Asker, permission: Permission, context?: AccessContext): void;

export declare function checkRootKeys(deps: {
    readonly secrets: Secrets;
    readonly directory: SealingKeyDirectory;
    readonly work: UnitOfWork<{
        readonly sealingKeys: SealingKeyStore;
    }>;
}): Promise<void>;

export declare function cleanUp({ identity, cleanup, clock }: CleanupDeps): Promise<CleanedUp>;

export declare function createAppWebhooks(deps: AppWebhookDeps): AppWebhooks;

export declare function createAuditLog(work: UnitOfWork<{
    readonly audit: AuditStore;
}>): AuditLog;

export declare function createAuditor({ clock, random, }: {
    readonly clock: Clock;
    readonly random: Random;
}): Auditor;

export declare function createAuronx(options: AuronxOptions): Auronx;

export declare function createCatalog(deps: CatalogDeps): Catalog;

export declare function createChannelTokens(deps: {
    readonly directory: ChannelDirectory;
    readonly work: UnitOfWork<{
        readonly credentials: CredentialStore;
    }>;
    readonly sealer: Sealer;
    readonly clock: Clock;
}): ChannelTokens;

export declare function createEgress(options: EgressOptions): Egress;

export declare function createIds(clock: Clock, random: Random): Ids;

export declare function createKeyUpkeep(deps: RotationDeps): KeyUpkeep;

export declare function createNumbers(deps: NumberDeps): Numbers;

export declare function createOrderExpiry(deps: Omit<OrdersDeps, 'work'>): JobHandler<OrderStores>;

export declare function createOrders(deps: OrdersDeps): Orders;

export declare function createRandom(): Random;

export declare function createRootKeys(keys: readonly RootKey[], random: Random): Secrets;

export declare function createRotation(deps: RotationDeps): Rotation;

export declare function createSealer(deps: KeyDeps): Sealer;

export declare function createSecret<Value>(value: Value): Secret<Value>;

export declare function createShop(deps: ShopDeps): Shop;

export declare function createSystemClock(): Clock;

export declare function createTeam(deps: TeamDeps): Team;

export declare function createTimeZones(): TimeZones;

export declare function createUsage(deps: UsageDeps): Usage;

export declare function credentialPlace(tenantId: TenantId, owner: CredentialOwner, kind: CredentialKind): SealContext;

export declare function decideAccess(actor: Asker, permission: Permission, context?: AccessContext): AccessDecision;

export declare function defineTool<Schema extends z.ZodObject>(definition: ToolDefinition<Schema>): Tool;

export declare function escapeHtml(text: string): string;

export declare function failureOf(error: unknown, end: ExchangeEnd): AuronxError;

export declare function foldOrder(events: readonly DomainEvent[]): OrderOf<OrderLineFacts> | undefined;

export declare function formatMoney(value: Money, locale: string): string;

export declare function formatQuantity(quantity: number, unit: UnitCode, locale: string): string;

export declare function hashToken(token: string): Promise<string>;

export declare function hostActor(tenantId: TenantId, id?: string): Actor;

export declare function idempotencyInProgress(): AuronxError;

export declare function idempotencyMismatch(): AuronxError;

export declare function isAllowed(actor: Asker, permission: Permission, context?: AccessContext): boolean;

export declare function isAuronxError(value: unknown, code?: ErrorCode): value is AuronxError;

export declare function isMailable({ to, subject }: Mail): boolean;

export declare function isPermission(text: string): text is Permission;

export declare function isReachable(actor: Pick<Actor, 'id' | 'reach'>, conversation: Pick<Conversation, 'owner' | 'assigneeId'>): boolean;

export declare function isUsageName(text: string): text is UsageName;

export declare function joinWork<Stores>(tenantId: TenantId, stores: Stores): UnitOfWork<Stores>;

export declare function listContacts(work: UnitOfWork<{
    readonly contactLists: ContactLists;
}>, actor: Actor, { text, ...page }: ContactSearch): Promise<readonly KnownContact[]>;

export declare function listProducts(work: UnitOfWork<{
    readonly catalogLists: CatalogLists;
}>, actor: Actor, query: ProductQuery): Promise<readonly Product[]>;

export declare function listTaxCategories(work: UnitOfWork<{
    readonly catalogLists: CatalogLists;
}>, actor: Actor): Promise<readonly TaxCategory[]>;

export declare function maskIdentities(asker: Asker, identities: readonly Identity[], context?: AccessContext): readonly Identity[];

export declare function maskPhone(phone: string): string;

export declare function mayGrant(held: readonly Permission[], wanted: readonly Permission[]): boolean;

export declare function mayGrantRole(held: readonly Permission[], role: Role): boolean;

export declare function money(amount: bigint | number, currency: string): Money;

export declare function newTenantSettings(input: NewTenant): TenantSettings;

export declare function normalizeEmail(text: string): string | undefined;

export declare function parseMoney(text: string, currency: string): Money;

export declare function permissionsOf(role: Role, settings: AccessSettings): readonly Permission[];

export declare function reachOf(role: Role, { agentsReach }: AccessSettings): Reach | undefined;

export declare function reachesContact(store: ConversationStore, actor: Pick<Actor, 'id' | 'reach'>, contactId: ContactId): Promise<boolean>;

export declare function readAtMost(response: Response, maxBytes: number): Promise<Uint8Array<ArrayBuffer> | undefined>;

export declare function readId<Kind extends keyof IdKinds>(kind: Kind, text: unknown): IdKinds[Kind];

export declare function readRootKeys(text: string): RootKeysOutcome;

export declare function resolveActor(provider: AuthProvider, request: AuthRequest, options?: {
    readonly via?: ActorVia;
    readonly requestId?: string;
}): Promise<Actor>;

export declare function rootKeysInUse(directory: SealingKeyDirectory): Promise<ReadonlyMap<number, number>>;

export declare function runOnce(store: IdempotencyStore, request: IdempotentRequest, body: () => Promise<Json>): Promise<{
    readonly replayed: boolean;
    readonly response: Json;
}>;

export declare function sleep(ms: number, signal: AbortSignal): Promise<void>;

export declare function staffActor(tenantId: TenantId, member: {
    readonly id: string;
    readonly role: Role;
    /** Default `host`. */
    readonly via?: ActorVia;
    readonly authenticatedAt?: Date;
}): Actor;

export declare function systemActor(tenantId: TenantId, via?: ActorVia): Actor;

export declare function titleOf({ product, variant }: Offer): string;

export declare function verifyAudit(lines: Iterable<string> | AsyncIterable<string>, options?: VerifyOptions): Promise<AuditVerdict>;

export declare function withBreaker(model: Model, options: BreakerOptions): Model;

export declare function withoutGrants(actor: Actor): Actor;

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

export interface AccessContext {
    /** Now; without it a sensitive permission is refused to members. */
    readonly now?: Date;
}

export interface AccessDirectory {
    /** Active memberships of a user. */
    membershipsOf(userId: UserId): Promise<readonly Membership[]>;
    /** The tenant of an invitation. */
    tenantOfInvitation(tokenHash: string): Promise<TenantId | undefined>;
    /** The tenant of a refresh token. */
    tenantOfRefreshToken(tokenHash: string): Promise<TenantId | undefined>;
    /** The tenant of an API key. */
    tenantOfApiKey(keyId: string): Promise<TenantId | undefined>;
}

export interface AccessSettings {
    /** Whether agents see full phone numbers. Default `false`. */
    readonly agentsRevealIdentifiers?: boolean;
    /** Which conversations agents reach. Default `all`. */
    readonly agentsReach?: 'all' | Reach;
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
    /** Creates or replaces the record; its `status` stays as it is. */
    saveTenant(actor: Actor, tenant: Tenant): Promise<void>;
    tenant(actor: Actor): Promise<Tenant>;
    saveChannel(actor: Actor, channel: Channel): Promise<void>;
    channels(actor: Actor): Promise<readonly Channel[]>;
    /**
     * Lets a stopped number send again. Returns false when there is no such stopped number, and for one that is being
     * connected or was disconnected.
     */
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

export interface ApiKey {
    /** Public part, 12 characters. */
    readonly id: string;
    readonly name: string;
    readonly scopes: readonly Permission[];
    /** SHA-256 of the secret, hex. */
    readonly secretHash: string;
    /** The secret before the last rotation, until the overlap ends. */
    readonly previous?: {
        readonly secretHash: string;
        readonly until: Date;
    };
    readonly createdBy: MemberId;
    readonly createdAt: Date;
    readonly expiresAt: Date;
    readonly lastUsedAt?: Date;
    readonly revokedAt?: Date;
}

export interface ApiKeyStore {
    get(id: string, options?: {
        readonly lock?: boolean;
    }): Promise<ApiKey | undefined>;
    /** Newest first, revoked ones included. */
    list(): Promise<readonly ApiKey[]>;
    /** Creates or replaces. */
    save(key: ApiKey): Promise<void>;
    /** Notes a use. */
    touch(id: string, at: Date): Promise<void>;
    /** Revokes every key of a member; returns how many. */
    revokeOf(memberId: MemberId, at: Date): Promise<number>;
}

export interface AppDelivery extends Delivery {
    readonly appId: string;
}

export interface AppDirectory {
    /** Every app, by id. */
    apps(): Promise<readonly AppEntry[]>;
}

export interface AppWebhookDeps {
    readonly directory: AppDirectory;
    readonly work: UnitOfWork<{
        readonly credentials: CredentialStore;
    }>;
    readonly sealer: Sealer;
    readonly clock: Clock;
    readonly random: Random;
    readonly logger?: Logger;
    /** Apps that are configured rather than stored. */
    readonly fixed?: readonly WebhookApp[];
    readonly accept: (events: readonly InboundEvent[], delivery: AppDelivery) => Promise<void>;
    readonly onUnreadable?: (rawBody: Uint8Array, reason: UnreadableReason, delivery: AppDelivery) => Promise<void>;
    readonly onRefused?: Parameters<typeof createWebhook>[0]['onRefused'];
}

export interface AppWebhooks {
    /**
     * The endpoint with the apps of now, at most a minute old. When they cannot be read anew the ones before serve; throws
     * `storage_unavailable` (retryable) when there are none yet.
     */
    current(): Promise<Webhook>;
    /** Reads the apps anew on the next request; other processes do so within a minute. */
    forget(): void;
}

export interface AssignmentStore {
    /** Gives every open conversation that is assigned to a member back to the queue; returns them. */
    release(memberId: MemberId, at: Date): Promise<readonly Released[]>;
}

export interface AssistantOptions {
    readonly model: Model;
    /** Limits of one turn; see {@link ThinkLimits} for the defaults. */
    readonly limits?: Partial<ThinkLimits>;
    /** What the model costs, for records and limits. Default: nothing. */
    readonly price?: ModelPrice;
    /** When the model is left alone because it fails. */
    readonly breaker?: BreakerSettings;
    /** What the model may ask for. Default: the tools of catalog, orders and desk. */
    readonly tools?: readonly Tool[];
    /** A signal that fires after so many milliseconds, for the limit of a turn. Default: the platform's timers. */
    readonly timeout?: (ms: number) => AbortSignal;
    /** Waits before a model that failed is asked a second time. Default: the platform's timers. */
    readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>;
    /** Waits until the lease of a turn that thinks is renewed. Default: the platform's timers. */
    readonly pause?: (ms: number, signal: AbortSignal) => Promise<void>;
}

export interface AssistantTurn {
    readonly id: TurnId;
    readonly conversationId: ConversationId;
    readonly contactId: ContactId;
    readonly channelId: ChannelId;
    /** `waiting` for quiet or for a worker, `thinking` under a lease, `done`. At most one of a conversation is not done. */
    readonly state: 'waiting' | 'thinking' | 'done';
    /** The messages it answers, in the order in which they were handled; at least one. */
    readonly messageIds: readonly MessageId[];
    /** When the first of them was handled. */
    readonly firstAt: Date;
    /** The event that brought the last of them. */
    readonly eventId?: InboxEventId;
    /** When it may start. */
    readonly dueAt: Date;
    /** Until when it may think before it starts again elsewhere. */
    readonly leaseUntil?: Date;
    readonly outcome?: TurnOutcome;
    /** Whether its answer said that an assistant writes. */
    readonly disclosed: boolean;
    readonly record?: TurnRecord;
    readonly finishedAt?: Date;
    readonly version: number;
}

export interface AttemptStore {
    insert(attempt: SignInAttempt): Promise<void>;
    /** The attempt of a browser, locked. */
    lock(browserHash: string): Promise<SignInAttempt | undefined>;
    update(attempt: SignInAttempt): Promise<void>;
    /**
     * Codes made since then, counted as it concerns the next one. Others who count wait until the transaction ends.
     */
    countCodes(since: Date, next: Pick<SignInAttempt, 'email' | 'network' | 'device'>): Promise<CodeCounts>;
    /** Deletes what expired before, at most `limit`. Returns how many. */
    prune(before: Date, limit: number): Promise<number>;
}

export interface AuditAnchor {
    readonly sequence: number;
    readonly hash: string;
}

export interface AuditEntry {
    readonly tenantId: TenantId;
    /** From 1, without gaps. */
    readonly sequence: number;
    readonly at: Date;
    readonly actor: AuditActor;
    readonly action: string;
    readonly target: {
        readonly type: string;
        readonly id: string;
    };
    readonly facts: Readonly<Record<string, AuditFact>>;
    /** SHA-256 of salt and personal values, if there were any. */
    readonly personalDigest?: string;
    /** Hash of the entry before; 64 zeros for the first. */
    readonly previous: string;
    /** SHA-256 of everything above. */
    readonly hash: string;
}

export interface AuditEvent {
    /** Object and verb, for example `order.confirmed`, `contact.read`, `number.connected`. */
    readonly action: string;
    readonly target: {
        readonly type: string;
        readonly id: string;
    };
    /** Ids, codes and whole numbers. Default none. */
    readonly facts?: Readonly<Record<string, AuditFact>>;
    /** Personal values, kept beside the log and gone when their subject is forgotten; the log keeps a salted digest. */
    readonly personal?: {
        /** Id of the contact or member the values are about. */
        readonly subjectId: string;
        readonly values: Readonly<Record<string, string>>;
    };
}

export interface AuditLog {
    /** Entries after a sequence number, in order. `limit` at most 500. */
    page(actor: Actor, query: {
        readonly after: number;
        readonly limit: number;
    }): Promise<readonly AuditRecord[]>;
    /**
     * The whole log, or what comes after a place, one JSON line per entry and one at the end that names the last place.
     * Check it with {@link verifyAudit}, anywhere.
     */
    export(actor: Actor, options?: {
        readonly after?: AuditAnchor;
    }): AsyncIterable<string>;
    /** Deletes the personal values about a contact or member; returns of how many entries. The chain stays whole. */
    forget(actor: Actor, subjectId: string): Promise<number>;
}

export interface AuditStore {
    /**
     * The newest place of the log. Until the transaction ends no other one can add to it, so this is asked for as late as
     * possible, and no other lock is taken afterwards.
     */
    lockHead(): Promise<AuditAnchor>;
    /** Adds the entry that follows the head. For any other it throws `storage_constraint`, or the transaction does in its end. */
    append(entry: AuditEntry, personal?: AuditPersonal): Promise<void>;
    /** Entries after a sequence number, in order, at most `limit`. */
    page(query: {
        readonly after: number;
        readonly limit: number;
    }): Promise<readonly AuditRecord[]>;
    /** Deletes the personal values about a subject; returns of how many entries. The entries stay. */
    forget(subjectId: string): Promise<number>;
}

export interface Auditor {
    /**
     * Adds one entry within the transaction of `stores`, as its last step: what it writes commits or rolls back with what
     * it tells. Throws `invalid_input` for an event that does not fit the log.
     */
    record(stores: {
        readonly audit: AuditStore;
    }, actor: Actor, event: AuditEvent): Promise<AuditEntry>;
}

export interface Auronx extends JoinedServices {
    readonly inbox: Inbox;
    /** Intents as stored, for showing how far a message came. */
    readonly outbox: {
        list(actor: Actor, query: Parameters<OutboxStore['list']>[0]): Promise<readonly OutboxEntry[]>;
    };
    readonly links: {
        /** The tenant that a link to a proposal is of, by the secret in its address; nothing when nobody knows it. */
        tenantOf(token: string): Promise<TenantId | undefined>;
    };
    /** Steps of an event, with those of the assistant's turn that answered its message. */
    readonly traces: Traces;
    /** Why the assistant said what it said, newest turn first. `limit` 1 to 100. */
    readonly turns: {
        list(actor: Actor, query: Parameters<TurnStore['list']>[0]): Promise<readonly AssistantTurn[]>;
    };
    readonly changes: Pick<Changes, 'subscribe'>;
    /**
     * Opens a business under its number: creates both, or finds the business when the number is known and changes nothing.
     * Resolves to the actor of the host for that business. Throws `conflict` when the number belongs to another app;
     * `invalid_input`, `unknown_time_zone` and `unknown_currency` for what cannot be.
     */
    openBusiness(business: NewBusiness): Promise<Actor>;
    /** The services on a unit of work of the caller: what they do commits or rolls back with the caller's transaction. */
    within(work: UnitOfWork<Stores>): Services;
    /**
     * As {@link within}, with the services that act after the commit: each such act is handed to `afterCommit`, to be called
     * once the caller's transaction is committed, and never when it was not.
     */
    joined(work: UnitOfWork<Stores>, afterCommit: (act: () => void) => void): JoinedServices;
    readonly work: Work;
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
    /**
     * How long what is in hand may take after a stop, in milliseconds, before it is told to give up and is done later or by
     * another process. Default 10,000; take less than your platform waits before it kills the process.
     */
    readonly graceMs?: number;
    /** Address of this host's public pages, for links to a proposal. Without it no links are sent. */
    readonly publicUrl?: string;
    /** A language model that answers free text. Without it the menus do. */
    readonly assistant?: AssistantOptions;
}

export interface AuthProvider {
    /** The principal, or nothing when no proof was offered. Throws `unauthenticated` for a proof that does not hold. */
    authenticate(request: AuthRequest): Promise<Principal | undefined>;
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

export interface BreakerOptions extends BreakerSettings {
    readonly clock: Clock;
    /** Told each time the phase changes. Must not throw. */
    readonly onChange?: (state: BreakerState) => void;
}

export interface ChannelTokens {
    /**
     * The token of a number. Throws `not_found` when the number is not connected or has none, `seal_broken` when it does
     * not open, `storage_unavailable` (retryable) when it cannot be read.
     */
    token(phoneNumberId: string): Promise<string>;
    /** Forgets a number's token, so that the next call reads it anew; other processes do so within a minute. */
    forget(phoneNumberId: string): void;
}

export interface CleanedUp {
    readonly attempts: number;
    readonly operatorSessions: number;
    readonly sessions: number;
    readonly idempotencyKeys: number;
}

export interface CleanupDeps {
    readonly identity: IdentityWork;
    readonly cleanup: Cleanup;
    readonly clock: Clock;
}

export interface ConnectRequest {
    readonly phoneNumberId: string;
    readonly businessAccountId: string;
    readonly appId: string;
    readonly accessToken: Secret;
    /** Secret of the tenant's own app; not needed under an app of the platform. */
    readonly appSecret?: Secret;
    /** What the app's webhook is verified with, the same for all numbers of an app; not needed under one of the platform. */
    readonly verifyToken?: Secret;
    /** Six digits. It becomes the number's PIN when it has none; left out for a number that is registered already. */
    readonly pin?: Secret;
}

export interface ContactSearch extends Pick<ContactQuery, 'after' | 'limit'> {
    /** The beginning of a name, or a phone number with whatever stands between its digits. Default: everybody. */
    readonly text?: string;
}

export interface Disconnected {
    readonly kind: 'disconnected';
    readonly left: readonly NumberRefusal[];
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

export interface ExchangeEnd {
    readonly timedOut: boolean;
    readonly aborted: boolean;
}

export interface KeyDeps {
    readonly secrets: Secrets;
    readonly work: UnitOfWork<{
        readonly sealingKeys: SealingKeyStore;
    }>;
    readonly clock: Clock;
    readonly random: Random;
}

export interface KeyStatus {
    /** Version of the root key that new keys are wrapped under. */
    readonly newestRoot: number;
    /** Each version of the root key at hand, and how many keys need it. One of none may be thrown away, but for the newest. */
    readonly roots: readonly {
        readonly version: number;
        readonly keys: number;
    }[];
    /** Tenants with keys, and the platform. */
    readonly scopes: number;
    /** Keys that only open, waiting to be destroyed. */
    readonly retired: number;
}

export interface KeyUpkeep {
    /**
     * Wraps every key under the newest root key, gives scopes whose key is older than `olderThanMs` a new one, seals their
     * values anew, and destroys what is needed no more, two minutes after it retired at the earliest. May be stopped and
     * called again at any time, by several processes: it goes on where it stopped.
     */
    keep(signal: AbortSignal, options?: {
        readonly olderThanMs?: number;
    }): Promise<KeyUpkeepReport>;
    status(): Promise<KeyStatus>;
}

export interface Mail {
    /** One address. */
    readonly to: string;
    readonly subject: string;
    readonly text: string;
    readonly html: string;
    /** What kind of mail it is, for counting; never content. */
    readonly kind: string;
    /** The same key is one mail, however often it is handed over. At most 100 characters, and no personal data. */
    readonly idempotencyKey: string;
}

export interface Mailer {
    /** Hands one mail over. Never throws for what the other side answers; `reason` is a code without personal data. */
    send(mail: Mail): Promise<MailOutcome>;
}

export interface MemberEndings {
    /** Ends everything of a member; returns how many. */
    revokeOf(memberId: MemberId, at: Date, reason: string): Promise<number>;
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

export interface NumberDeps {
    readonly work: UnitOfWork<NumberStores>;
    readonly admin: NumberAdmin;
    readonly sealer: Sealer;
    readonly clock: Clock;
    readonly ids: Ids;
    /** Called with a number whose credentials changed, so that what is cached of them is dropped. */
    readonly onChanged?: (phoneNumberId: string) => void;
    /** Apps of the platform: numbers of every tenant may be connected under them, without their secrets. */
    readonly apps?: readonly WebhookApp[];
    /** Writes down what is done to a number, in the transaction that does it. Default: nothing is written. */
    readonly auditor?: Auditor;
}

export interface Numbers {
    /** Checks everything with Meta, stores it sealed, subscribes, registers and lets the number send. */
    connect(actor: Actor, request: ConnectRequest, signal: AbortSignal): Promise<ConnectOutcome>;
    /** Asks Meta how a number is doing, and whether its token is still good. Throws `not_found`. */
    health(actor: Actor, id: ChannelId, signal: AbortSignal): Promise<NumberHealth>;
    /**
     * Puts a new access token in the place of the old one once Meta calls it good, and lets a number send again that was
     * stopped for its credentials. Throws `not_found`.
     */
    replaceToken(actor: Actor, request: NewToken, signal: AbortSignal): Promise<{
        readonly kind: 'replaced';
        readonly channel: Channel;
    } | NumberRefusal>;
    /** Ends a number's connection and erases its credentials. Throws `not_found`. */
    disconnect(actor: Actor, id: ChannelId, signal: AbortSignal): Promise<Disconnected>;
    /** Which credentials are stored, since when, and the end of the long ones. */
    credentials(actor: Actor): Promise<readonly CredentialFacts[]>;
}

export interface OrderStores {
    readonly accounts: AccountStore;
    readonly catalog: CatalogStore;
    readonly orders: OrderStore;
    readonly actions: ActionStore;
    readonly jobs: JobStore;
    readonly events: EventStore;
}

export interface RootKey {
    readonly version: number;
    /** 32 bytes. */
    readonly bytes: Secret<Uint8Array>;
}

export interface Rotation {
    /** Wraps every key under the newest root key. Afterwards older root keys may go, when {@link rootKeysInUse} agrees. */
    rewrap(signal: AbortSignal): Promise<RotationReport>;
    /** Gives a scope a new key, which seals from the next minute on in every process. Returns its version. */
    renew(scope: SealScope): Promise<number>;
    /** Seals a scope's values anew under its newest key. */
    reseal(scope: SealScope, signal: AbortSignal): Promise<RotationReport>;
    /**
     * Destroys a scope's retired keys under which nothing is sealed any more, two minutes after they were retired at the
     * earliest. Returns their versions.
     */
    destroyRetired(scope: SealScope): Promise<readonly number[]>;
}

export interface RotationDeps extends Omit<KeyDeps, 'work'> {
    readonly work: UnitOfWork<RotationStores>;
    readonly directory: SealingKeyDirectory;
    /**
     * Columns of the platform's own sealed values, each of whose methods is a transaction of its own. A column that is left out
     * here becomes unreadable with the first key that is destroyed.
     */
    readonly platformColumns: readonly SealedColumn[];
    /** Rows read at a time. Default 100. */
    readonly batch?: number;
}

export interface Team {
    /** Everybody not removed. Throws `not_permitted` without `member:read`. */
    members(actor: Actor): Promise<readonly Member[]>;
    /** Open invitations. Throws `not_permitted` without `member:read`. */
    invitations(actor: Actor): Promise<readonly InvitationView[]>;
    /**
     * Invites an address; an open invitation of the address is replaced. Takes `member:invite`, and a role that the one
     * who asks could have. Throws `invalid_input` for what is no address.
     */
    invite(actor: Actor, request: {
        readonly email: string;
        readonly role: Role;
    }): Promise<InviteOutcome>;
    /** Takes an open invitation back; returns false when there is none. Throws `not_permitted` without `member:invite`. */
    revokeInvitation(actor: Actor, id: string): Promise<boolean>;
    /** Gives a member another role. Takes `member:change_role` and a recent sign-in. */
    changeRole(actor: Actor, id: MemberId, role: Role): Promise<MemberOutcome>;
    /** Suspends, lets in again or removes a member, with `member:remove`; `leave` is for oneself. */
    act(actor: Actor, id: MemberId, command: 'suspend' | 'reactivate' | 'remove' | 'leave'): Promise<MemberOutcome>;
}

export interface TeamDeps {
    readonly work: UnitOfWork<TeamStores>;
    readonly mailer: Mailer;
    readonly clock: Clock;
    readonly ids: Ids;
    readonly random: Random;
    /** Address of the page that shows an invitation. */
    readonly invitationLink?: (token: string) => string;
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

export interface ToolDefinition<Schema extends z.ZodObject> {
    /** Snake case. */
    readonly name: string;
    /** One or two short sentences; they cost tokens on every call. */
    readonly description: string;
    /** Strict; optional values are nullable. No ids of ours and no amounts: handles only. */
    readonly input: Schema;
    readonly authority: AuthorityAction;
    readonly run: (input: z.output<Schema>, context: ToolContext) => Promise<ToolAnswer>;
}

export interface Usage {
    /** Counts one use by a member who did not object; others are not counted. Returns whether it was. */
    record(actor: Actor, name: UsageName): Promise<boolean>;
    /** Whether the calling member objected. Throws `not_permitted` for anybody else. */
    isObjected(actor: Actor): Promise<boolean>;
    /** Objects, which also deletes what was counted of the member, or takes that back. Throws `not_permitted`. */
    setObjected(actor: Actor, isObjected: boolean): Promise<void>;
    /** Totals of the tenant by month and name. */
    totals(actor: Actor): Promise<readonly UsageTotal[]>;
    /** The periodic task: events older than {@link usageKeepMonths} become totals, for all tenants. Returns how many. */
    roll(signal: AbortSignal): Promise<number>;
}

export interface UsageDeps {
    readonly work: UnitOfWork<{
        readonly usage: UsageStore;
    }>;
    readonly directory: UsageDirectory;
    readonly sealer: UsageSealer;
    readonly clock: Clock;
    readonly random: Random;
}

export interface VerifyOptions {
    /** A place that an earlier check found. Without it a log whose end was cut off and written anew looks whole. */
    readonly anchor?: AuditAnchor;
    /** The place the export begins after. Default the very beginning. */
    readonly start?: AuditAnchor;
}

export type AccessClaim = SessionClaim | KeyClaim;

export type AccessDecision = {
    readonly kind: 'allowed';
} | {
    readonly kind: 'refused';
    readonly reason: 'not_permitted' | 'reauthentication_required';
};

export type ActionChoice = Exclude<ActionCommand, 'open'>;

export type AdminOutcome<Value> = {
    readonly kind: 'done';
    readonly value: Value;
} | AdminRefusal;

export type Asker = Pick<Actor, 'kind' | 'permissions' | 'authenticatedAt'>;

export type AuditActor = Pick<Actor, 'kind' | 'id' | 'via' | 'onBehalfOf' | 'evidence'>;

export type AuditFault = 
/** A line is no entry. */
'unreadable'
/** An entry of another tenant. */
 | 'foreign'
/** An entry is missing, doubled or not in its place. */
 | 'sequence'
/** An entry does not follow from the one before. */
 | 'chain'
/** An entry was changed. */
 | 'hash'
/** Personal values were changed. */
 | 'personal'
/** The last line is missing, or something follows it. */
 | 'end'
/** It is not the log, or not all of it, that was anchored. */
 | 'anchor';

export type AuditVerdict = {
    readonly kind: 'intact';
    readonly tenantId: TenantId;
    readonly entries: number;
    readonly erased: number;
    /** Keep it outside of the database, and hand it in as `anchor` next time. */
    readonly head: AuditAnchor;
} | {
    readonly kind: 'broken';
    /** Counted from 1. */
    readonly line: number;
    readonly fault: AuditFault;
};

export type ConnectOutcome = {
    readonly kind: 'connected';
    readonly channel: Channel;
    readonly facts: NumberFacts;
    readonly expiresAt?: Date;
} | NumberRefusal;

export type InvitationView = Omit<Invitation, 'tokenHash'>;

export type InviteOutcome = {
    readonly kind: 'invited';
    readonly invitation: InvitationView;
    readonly isSent: boolean;
} | {
    readonly kind: 'refused';
    readonly reason: 'not_permitted' | 'stronger' | 'already_member' | 'too_many' | 'too_soon';
};

export type MailOutcome = {
    readonly kind: 'accepted';
} | {
    readonly kind: 'refused' | 'failed';
    readonly reason: string;
};

export type MemberOutcome = {
    readonly kind: 'changed';
    readonly member: Member;
} | {
    readonly kind: 'refused';
    readonly reason: 'not_found' | 'not_permitted' | 'reauthentication_required' | 'stronger' | 'last_owner' | 'illegal_transition';
};

export type NumberHealth = {
    readonly kind: 'read';
    readonly facts: NumberFacts;
    readonly expiresAt?: Date;
} | NumberRefusal;

export type OrderCommand = 'set_lines' | 'propose' | 'edit' | 'confirm' | 'cancel' | 'expire';

export type RootKeysOutcome = {
    readonly kind: 'ready';
    readonly keys: readonly RootKey[];
} | {
    readonly kind: 'refused';
    readonly problems: readonly string[];
};

// named by the above

declare const brandName: unique symbol;

export declare const authorityActions: readonly ["inform", "change_draft", "propose_order", "propose_backorder", "cancel_order", "change_order", "set_preference", "hand_off"];

export declare const businessTopics: readonly ["hours", "address", "delivery", "payment", "returns", "custom"];

export declare const errorCodes: readonly ["invalid_input", "invalid_config", "not_found", "conflict", "not_permitted", "illegal_transition", "version_conflict", "idempotency_mismatch", "idempotency_in_progress", "money_out_of_range", "currency_mismatch", "unknown_currency", "unknown_time_zone", "signature_missing", "signature_malformed", "signature_mismatch", "payload_too_large", "payload_unreadable", "message_invalid", "window_closed", "lease_lost", "storage_unavailable", "storage_constraint", "storage_role", "overloaded", "egress_denied", "network_failed", "timeout", "aborted", "graph_error", "media_invalid", "unauthenticated", "reauthentication_required", "seal_broken", "refused", "precondition_required", "rate_limited", "internal"];

export declare const locales: readonly ["en", "es", "pt", "ar"];

export declare const operatorPermissions: readonly ["platform:list_tenants", "platform:suspend_tenant", "platform:health", "platform:audit_metadata", "platform:privacy_report", "platform:privacy_execute", "platform:close_tenant"];

export declare const orderStatuses: readonly ["draft", "awaiting_customer", "confirmed", "cancelled", "expired"];

export declare const permissions: readonly ["conversation:read", "conversation:reply", "conversation:assign", "conversation:close", "contact:read", "contact:update", "contact:reveal_identifier", "order:read", "order:write", "quote:read", "quote:write", "ticket:read", "ticket:write", "appointment:read", "appointment:write", "catalog:read", "catalog:write", "template:write", "ai:write", "settings:read", "settings:write", "channel:read", "channel:write", "member:read", "member:invite", "member:change_role", "member:remove", "apikey:manage", "privacy:report", "privacy:request_create", "privacy:execute", "privacy:view_restricted", "export:bulk", "tenant:close", "audit:read", "audit:read_own"];

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

export declare const roles: readonly ["owner", "admin", "agent", "viewer"];

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

export declare const usageNames: readonly ["page.live", "page.team", "page.numbers", "page.keys", "page.account", "feature.conversation-read", "feature.conversation-taken-over", "feature.conversation-given-back", "feature.conversation-resolved", "feature.reply", "feature.send-resent", "feature.send-discarded", "feature.event-replayed", "feature.member-invited", "feature.member-changed", "feature.number-connected", "feature.number-checked", "feature.number-disconnected", "feature.key-created", "feature.key-rotated", "feature.key-revoked", "feature.passkey-added", "feature.sign-out"];

export declare function createWebhook(given: WebhookOptions | InboxWebhookOptions): Webhook;

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
    /**
     * What a `staff` or `integration` actor may do, read fresh for this call. Without it: nothing. Not stored with events.
     */
    readonly permissions?: readonly Permission[];
    /**
     * Which conversations a `staff` or `integration` actor reaches. `assigned`: its own; `queue`: its own and those that wait for anybody.
     * Absent: all. Not stored with events.
     */
    readonly reach?: Reach;
    /** When a `staff` actor last proved who it is; sensitive commands want it recent. Not stored with events. */
    readonly authenticatedAt?: Date;
}

export interface AddInput extends DraftOwner {
    readonly variantId: VariantId;
    /** Steps of the variant's unit to add; 0 takes the variant out. */
    readonly quantity: number;
}

export interface AdminRefusal {
    readonly kind: 'refused';
    readonly problem: 'token-invalid' | 'permission-missing' | 'not-found' | 'pin-wrong' | 'too-many-registrations' | 'unreachable' | 'other';
    /** Meta's number, or one of our own words. */
    readonly code: number | string;
    /** What it means, in a sentence for the person who connects the number. */
    readonly words: string;
}

export interface AdministrativeBase extends EventBase {
    /** The change's value, or the item of it, as sent. */
    readonly raw: unknown;
}

export interface AnsweringSettings {
    /** Whether the assistant answers at all, where the host has one; the menus do otherwise. Default `true`. */
    readonly enabled?: boolean;
    /** Quiet after a customer's last message before the assistant answers, in milliseconds. Default 1,500; 0 answers at once. */
    readonly quietMs?: number;
    /** Longest wait after the first unanswered message, however many follow, in milliseconds. Default 5,000. */
    readonly quietCapMs?: number;
    /**
     * Time after the first unanswered message within which the customer has an answer, the menus or a person, in
     * milliseconds, quiet included. Default 30,000.
     */
    readonly answerWithinMs?: number;
    /** Turns of the assistant per contact and day (UTC); the menus answer beyond. Default 100. */
    readonly turnsPerContactDay?: number;
    /** Tokens of all turns per month (UTC); the menus answer beyond. Default 50,000,000. */
    readonly tokensPerMonth?: number;
    /** Minutes within which a person usually answers; told to customers who wait for one. Default: nothing is told. */
    readonly personWithinMinutes?: number;
}

export interface AppEntry {
    readonly tenantId: TenantId;
    readonly appId: string;
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

export interface AssistantSettings {
    /** Texts that customers may be told as they are, in the business' own language. Plain text. */
    readonly texts?: Readonly<Partial<Record<BusinessTopic, string>>>;
    /** What the business sells or does, in a sentence; the assistant keeps to it. */
    readonly purpose?: string;
    /** How the business wants to sound, in a sentence. */
    readonly tone?: string;
    /** Hosts that links in answers may lead to, their subdomains included. Default: none. */
    readonly linkHosts?: readonly string[];
    /** Rules that differ from the defaults. None makes the assistant commit what needs a person. */
    readonly authority?: Readonly<Partial<Record<AuthorityAction, AuthorityRule>>>;
}

export interface AudioMessage {
    readonly kind: 'audio';
    readonly media: MediaSource;
    readonly voice?: boolean;
}

export interface AuditPersonal {
    readonly subjectId: string;
    /** 32 random hex digits, without which a digest of a phone number could be guessed. */
    readonly salt: string;
    readonly values: Readonly<Record<string, string>>;
}

export interface AuditRecord {
    readonly entry: AuditEntry;
    readonly personal?: AuditPersonal;
}

export interface AuthRequest {
    /** The `Authorization` header as it came. */
    readonly authorization?: string;
    /** The access token of the session cookie. */
    readonly sessionToken?: string;
}

export interface AuthorityFacts {
    readonly amountMinor?: bigint;
}

export interface AuthorityRule {
    readonly level: AuthorityLevel;
    readonly limitMinor?: number;
    /** Default `staff`. */
    readonly above?: AuthorityLevel;
}

export interface AutomaticEvent extends AdministrativeBase {
    readonly kind: 'automatic';
    readonly event?: string;
}

export interface Basket {
    /** Nothing when there is neither a draft nor a waiting proposal. */
    read(contact: ContactId): Promise<BasketView | undefined>;
    /** Sets quantities in whole units and leaves other lines; 0 takes an item out. Harmless to repeat. */
    set(contact: ContactId, lines: readonly {
        readonly variantId: VariantId;
        readonly quantity: number;
    }[]): Promise<BasketView | ShopRefusal>;
}

export interface BasketView extends CartView {
    readonly amount: Money;
    /** Some of it is not in stock and would have to be ordered in. */
    readonly backordered: boolean;
    /** It is a proposal that waits for the customer; changing it makes it a draft again. */
    readonly waiting: boolean;
}

export interface BreakerSettings {
    /** Failures in a row until it opens. Default 3. */
    readonly failures?: number;
    /** How long it stays open before one call may try again, in milliseconds. Default 30,000. */
    readonly pauseMs?: number;
    /** The longest wait a provider can ask for, in milliseconds. Default 300,000. */
    readonly maxPauseMs?: number;
}

export interface BreakerState {
    readonly phase: 'closed' | 'open' | 'half_open';
    readonly generation: number;
    /** Failures in a row while closed. */
    readonly failures: number;
    /** End of the pause, or of the time a probe has, in milliseconds since 1970. */
    readonly untilMs: number;
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

export interface CallRecord {
    readonly name: string;
    /** SHA-256 of the arguments as the model wrote them. */
    readonly digest: string;
    /** Handles that the arguments named. */
    readonly handles: readonly string[];
    /** A code. */
    readonly outcome: string;
    /** The same call had been answered before in this turn, and nothing happened. */
    readonly cached: boolean;
}

export interface CartInput extends DraftOwner {
    readonly items: readonly {
        readonly retailerId: string;
        readonly quantity: number;
    }[];
    readonly cartMessageId: string;
}

export interface CartNotice {
    readonly reason: 'price_changed' | 'quantity_reduced' | 'not_available' | 'unknown_item';
    /** Title of the item; absent when we do not know it. */
    readonly title?: string;
}

export interface CartReport {
    /** Retailer ids that we do not sell. */
    readonly unknown: readonly string[];
    /** Lines with less than was asked for. */
    readonly reduced: readonly VariantId[];
    /** Known, but not to be had now. */
    readonly unavailable: readonly VariantId[];
}

export interface CartView {
    readonly kind: 'cart';
    readonly lines: readonly ShopLine[];
    /** Formatted. */
    readonly total: string;
    readonly notices: readonly CartNotice[];
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

export interface CatalogLists {
    /** Products with all of their variants. */
    products(query: ProductQuery): Promise<readonly Product[]>;
    /** By code. */
    taxCategories(): Promise<readonly TaxCategory[]>;
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

export interface Cleanup {
    /** Deletes sessions that ended before, with their refresh tokens; at most `limit` sessions. Returns how many. */
    sessions(before: Date, limit: number): Promise<number>;
    /** Deletes keys of commands that expired before, with their kept responses; at most `limit`. Returns how many. */
    idempotencyKeys(before: Date, limit: number): Promise<number>;
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

export interface CodeCounts {
    readonly toAddress: number;
    readonly toAddressFromNetwork: number;
    readonly fromNetwork: number;
    readonly toStrangers: number;
    readonly fromDevice: number;
    readonly toDevices: number;
}

export interface CommitDesk {
    readonly shop: Shop;
    setPreference(preference: Preference): Promise<void>;
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
    /** Absent when nothing is. */
    readonly suppressed?: Suppressed;
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

export interface ContactLists {
    list(query: ContactQuery): Promise<readonly KnownContact[]>;
}

export interface ContactQuery {
    /** Contacts that come after this one in the list. */
    readonly after?: ContactId;
    readonly limit: number;
    /** Only those with a conversation there. */
    readonly within?: Within;
    /** Only those of whose names a word begins so, whatever the case as far as the database knows it. */
    readonly name?: string;
    /** Only those with a phone number of these digits, or beginning with them. */
    readonly phone?: {
        readonly digits: string;
        readonly match: 'whole' | 'beginning';
    };
}

export interface ContactStore {
    get(id: ContactId): Promise<Contact | undefined>;
    /** Contacts that own any of the identities, each once, oldest first. Identities of merged contacts are their survivor's. */
    findByIdentities(identities: readonly Identity[]): Promise<readonly KnownContact[]>;
    /** Identities of a contact, the one that was given last at the end. */
    identities(id: ContactId): Promise<readonly Identity[]>;
    /** Adds a contact with its identities. Throws `conflict` (retryable) when an identity belongs to somebody already. */
    insert(contact: Contact, identities: readonly Identity[]): Promise<void>;
    /** Replaces a contact whose stored version is one less. Throws `version_conflict`. */
    update(contact: Contact): Promise<void>;
    /**
     * Gives identities to a contact, as its newest; one that another contact has moves over, one that it has already comes last.
     * A username replaces the contact's earlier one in the same scope.
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
    /** Makes two contacts one; `to` survives with all identities. For people and keys with `contact:update`. */
    merge(actor: Actor, from: ContactId, to: ContactId): Promise<MergeOutcome>;
    /** The language we write to a contact in. A customer and its assistant set their own only. */
    setLocale(actor: Actor, id: ContactId, locale: Locale): Promise<SetLocaleOutcome>;
    /** Holds messages back from a contact. For people and keys with `contact:update`, and the system. */
    suppress(actor: Actor, id: ContactId, command: SuppressCommand): Promise<SuppressOutcome>;
    /** Lets messages go to a contact again; marketing only by the customer's own choice, so not for staff and integrations. */
    lift(actor: Actor, id: ContactId, command: LiftCommand): Promise<SuppressOutcome>;
    /**
     * A contact; a merged one leads to its survivor. Throws `not_permitted` without
     * `contact:read`; phone numbers are masked without `contact:reveal_identifier`.
     */
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
        /** Only those of one customer. */
        readonly contactId?: ContactId;
        readonly within?: Within;
        readonly limit: number;
        readonly cursor?: string;
    }): Promise<Page<Conversation>>;
    /**
     * Adds messages to stored conversations. One that has both ids of a stored message replaces that message's content;
     * one that comes twice in a call is stored once. Throws `conflict` when another message has a provider id on that
     * number.
     */
    append(messages: readonly Message[]): Promise<void>;
    /**
     * Messages of a contact's thread on one number over all its conversations, newest first: by the whole second they are
     * of, because the provider's times have no more, then in the order in which they were stored. `limit` 1 to 200. With
     * `providerMessageId` only the message of that provider id, with `within` only messages of conversations there. Throws `invalid_input` for a cursor that is not ours.
     */
    thread(query: {
        readonly contactId: ContactId;
        readonly channelId: ChannelId;
        readonly limit: number;
        readonly cursor?: string;
        readonly providerMessageId?: string;
        readonly within?: Within;
    }): Promise<Page<Message>>;
}

export interface ConversationStores {
    readonly conversations: ConversationStore;
    readonly events: EventStore;
    /** What waits to be sent under an owner who lost the conversation is given up with the change of owner. */
    readonly outbox: Pick<OutboxStore, 'list' | 'lock' | 'update'>;
}

export interface Conversations {
    /** Stores a customer's message in its conversation, which it starts or reopens. Throws `conflict` (retryable) when another process started one at the same time. */
    receive(actor: Actor, message: ArrivedMessage): Promise<ArriveOutcome>;
    /** Stores what a colleague wrote on the business' phone; that colleague owns the thread from then on. */
    noteEcho(actor: Actor, message: ArrivedMessage): Promise<ArriveOutcome>;
    /** A customer's call opens the window and counts for retention; it asks for no answer and reopens nothing. */
    noteCall(actor: Actor, call: ArrivedCall): Promise<CallOutcome>;
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

export interface CredentialFacts {
    readonly owner: CredentialOwner;
    readonly kind: CredentialKind;
    /** The last four characters, of values long enough that they give nothing away. */
    readonly lastFour?: string;
    readonly setAt: Date;
}

export interface CredentialStore {
    /** Every credential, or those of one owner. */
    list(owner?: CredentialOwner): Promise<readonly StoredCredential[]>;
    /** Adds or replaces one. */
    put(credential: StoredCredential): Promise<void>;
    /** Deletes all of an owner's, and an app's entry in the directory; returns how many credentials. */
    erase(owner: CredentialOwner): Promise<number>;
    /** Enters an app into the directory. Throws `conflict` when another tenant has it. */
    claimApp(appId: string): Promise<void>;
    /** Takes a number out of the directory, so that its events are refused and another tenant may connect it. */
    releaseNumber(channelId: ChannelId): Promise<void>;
}

export interface DeadEvent {
    readonly id: InboxEventId;
    readonly kind: string;
    readonly receivedAt: Date;
    readonly attempts: number;
    readonly errorCode: string;
}

export interface DeadJob extends Pick<Job, 'id' | 'kind' | 'runAt' | 'data'> {
    readonly attempts: number;
    readonly errorCode: string;
}

export interface Deferred {
    /** Effects of one name happen once in a turn. */
    readonly name: string;
    /** Interactive messages it may send, at most. */
    readonly cards: number;
    run(desk: CommitDesk): Promise<DeferredOutcome>;
}

export interface DeferredOutcome {
    readonly outcome: string;
    readonly messages: readonly OutboundMessage[];
    /** It turned out that a person must decide; nothing was done. */
    readonly ends?: 'hand_off';
}

export interface Delivery {
    /** Position of the app secret that signed it: events must belong to that app's numbers. */
    readonly secretIndex: number;
    /** When its bytes were complete, in milliseconds. */
    readonly receivedAtMs: number;
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
    readonly aggregateType: 'contact' | 'conversation' | 'order' | 'product' | 'outbox' | 'channel' | 'member';
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

export interface DraftOwner {
    readonly contactId: ContactId;
    readonly conversationId?: ConversationId;
}

export interface Drafted {
    readonly kind: 'drafted';
    readonly order: Order;
    /** What left the draft because it is not for sale any more; absent when nothing did. */
    readonly gone?: readonly VariantId[];
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

export interface EventStore {
    /** Appends events. Throws `conflict` when an aggregate version is already taken. */
    append(events: readonly DomainEvent[]): Promise<void>;
    /** Events of one aggregate in the order of their versions. */
    ofAggregate(aggregateType: DomainEvent['aggregateType'], aggregateId: string): Promise<readonly DomainEvent[]>;
    /**
     * Settled events of the tenant behind the event `after`, without it from the first one, in an order that only grows:
     * nothing ever appears before or between events that were read. An event is settled when every transaction that wrote
     * before it has ended, so one that is left open holds newer events up. `limit` 1 to 500. Throws `not_found` when the
     * tenant has no event `after`.
     */
    since(query: {
        readonly after?: string;
        readonly limit: number;
    }): Promise<readonly DomainEvent[]>;
    /** Id of the newest settled event, in the order of `since`; nothing when there is none. */
    newest(): Promise<string | undefined>;
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

export interface HandledEvent {
    readonly id: InboxEventId;
    readonly trace: readonly TraceStep[];
}

export interface HandledTurn {
    readonly grant: LaneGrant;
    readonly handled: readonly HandledEvent[];
    /** Whether the lane stays leased when more waits. */
    readonly keep: boolean;
}

export interface Handles {
    /** The name of a target: `v1`, `v2` … for variants, `o1` … for orders. The same target keeps its name. */
    give(target: HandleTarget): string;
    variant(handle: string): VariantId | undefined;
    /** The reference of an order. */
    order(handle: string): string | undefined;
    /** A slot such as `{a1}`, in whose place the customer reads `text`. */
    slot(text: string): string;
    /** The value of a slot, or nothing. */
    value(slot: string): string | undefined;
    /** Every name given so far. */
    names(): readonly string[];
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
    readonly UserId: UserId;
    readonly SessionId: SessionId;
    readonly JobId: JobId;
    readonly TurnId: TurnId;
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

export interface IdentityStores {
    readonly users: UserStore;
    readonly attempts: AttemptStore;
    readonly passkeys: PasskeyStore;
    readonly operatorSessions: OperatorSessionStore;
    readonly signingKeys: SigningKeyStore;
}

export interface IdentityWork {
    /** As a `UnitOfWork`, without a tenant. */
    run<Result>(body: (stores: IdentityStores) => Promise<Result>): Promise<Result>;
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

export interface InboxWebhookOptions extends Omit<WebhookOptions, 'accept' | 'appSecrets' | 'verifyTokens' | 'onUnreadable'> {
    readonly inbox: EventInbox;
    /** Id of the app. Events of numbers that belong to another app are refused. */
    readonly appId: string;
    readonly appSecret: string;
    /** What was typed at Meta beside the address of this endpoint. */
    readonly verifyToken: string;
}

export interface Invitation {
    readonly id: string;
    /** Lower-cased. */
    readonly email: string;
    readonly role: Role;
    /** SHA-256 of the token, hex. */
    readonly tokenHash: string;
    readonly invitedBy: MemberId;
    /** Expired is what is pending and past `expiresAt`. */
    readonly status: 'pending' | 'accepted' | 'revoked';
    readonly createdAt: Date;
    readonly expiresAt: Date;
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
    /**
     * The job of a grant, locked; with `leaseUntil` nobody else gets it before then. Throws `lease_lost` when the grant is
     * stale.
     */
    take(grant: JobGrant, lease?: {
        readonly leaseUntil: Date;
    }): Promise<Job>;
    /** Removes a job that ran. Throws `lease_lost`. */
    complete(grant: JobGrant): Promise<void>;
    /** Records a failure; without `retryAt` the job is dead. Throws `lease_lost`. */
    fail(grant: JobGrant, failure: {
        readonly errorCode: string;
        readonly retryAt?: Date;
    }): Promise<void>;
    /** Dead jobs, newest first. `limit` 1 to 100. */
    dead(limit: number): Promise<readonly DeadJob[]>;
    /**
     * Ends that a job is dead: it runs at `runAt` as if it never had, or is forgotten without one. Returns false when it is
     * not dead.
     */
    settleDead(id: JobId, runAt?: Date): Promise<boolean>;
}

export interface JoinedServices extends Services {
    readonly accounts: Accounts;
    readonly replies: Replies;
    readonly sends: ParkedSends;
    readonly traces: Traces;
}

export interface KeyClaim {
    readonly apiKeyId: string;
    /** Hash of the secret that was shown; the current one, or the one before during the overlap of a rotation. */
    readonly secretHash: string;
    /** Version of the creator's membership that `permissions` were read from. */
    readonly creatorVersion: number;
    /**
     * Version of the tenant whose settings `permissions` depend on; asserted of a principal that was recalled. Absent for one that
     * was just read: its request changes settings itself, and its streams outlive a change of them.
     */
    readonly tenantVersion?: number;
}

export interface KeyPrincipal {
    readonly kind: 'api_key';
    readonly tenantId: TenantId;
    readonly keyId: string;
    /** The key's scopes, less what its creator may no longer do. */
    readonly permissions: readonly Permission[];
    /** A key reaches no conversation that its creator does not; nothing is assigned to a key. Default: all. */
    readonly reach?: Reach;
    /** Absent when a host vouches for the key. */
    readonly claim?: KeyClaim;
}

export interface KeyUpkeepReport {
    /** Keys wrapped anew under the newest root key. */
    readonly rewrapped: number;
    /** Scopes that got a new key. */
    readonly renewed: number;
    /** Values sealed anew. */
    readonly resealed: number;
    /** Keys destroyed because nothing needs them any more. */
    readonly destroyed: number;
    /** Keys and values that do not open; they are left for a person to look at. */
    readonly failed: number;
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
    /**
     * Marks the events of turns handled that wrote nothing of their own, all in one statement: drops their payloads, keeps
     * their traces, and gives each lane back, to the back of the line when more waits, or keeps it then. Says for each what
     * became of its lane; under a stale grant everything stays as it was. Throws `lease_lost` and completes nothing when an
     * event is no longer waiting.
     */
    complete(turns: readonly HandledTurn[], at: Date): Promise<readonly LaneAfterTurn[]>;
    /** When the next lane becomes due, or nothing when none waits. */
    nextDue(now: Date): Promise<Date | undefined>;
}

export interface LaneStore {
    /**
     * The oldest waiting events of each lane, at most its `limit`, in order; in the order of `lanes`. For a stale grant, and
     * for one of another tenant, there is nothing instead of a list.
     */
    waiting(lanes: readonly {
        readonly grant: LaneGrant;
        readonly limit: number;
    }[]): Promise<readonly (readonly WaitingEvent[] | undefined)[]>;
    /**
     * Marks events handled, drops their payloads, keeps their traces, and gives the lane back when nothing waits any more.
     * Returns whether it was given back.
     */
    complete(grant: LaneGrant, handled: readonly HandledEvent[], at: Date): Promise<boolean>;
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

export interface LiftCommand {
    readonly what: keyof Suppressed;
    /** When the reason for it came up; a suppression of a later second stays. */
    readonly at: Date;
    /**
     * What lifts it. `message`: the customer wrote, which proves the provider's refusals wrong, but is no answer to what a
     * person decided. `preference`: they resumed in WhatsApp what they had stopped there, and nothing that was stopped by
     * other means. `person`: somebody of the business decided.
     */
    readonly by: 'message' | 'preference' | 'person';
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

export interface Member {
    readonly id: MemberId;
    readonly userId: UserId;
    readonly email: string;
    readonly name: string;
    readonly role: Role;
    /** `removed` is final; the person can be invited again and gets a new membership. */
    readonly status: 'active' | 'suspended' | 'removed';
    readonly createdAt: Date;
    readonly updatedAt: Date;
    readonly version: number;
}

export interface MemberPrincipal {
    readonly kind: 'member';
    readonly tenantId: TenantId;
    /** Our member's id, or the host's own id of the person. */
    readonly memberId: string;
    readonly userId?: UserId;
    /** Read fresh, never from a token. */
    readonly permissions: readonly Permission[];
    readonly authenticatedAt?: Date;
    /** Which conversations the member is limited to. Default: all. */
    readonly reach?: Reach;
    /** Whether there are no permissions until the person adds a passkey. Default `false`. */
    readonly owesPasskey?: boolean;
    /** Absent when a host vouches for the person. */
    readonly session?: SessionClaim;
}

export interface Membership {
    readonly tenantId: TenantId;
    readonly memberId: MemberId;
    readonly role: Role;
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
        /** What a typed number chooses, when the choices were sent as numbered text: number to id. */
        readonly numbers?: Readonly<Record<string, string>>;
    };
    /** Provider message id; personal data, because it embeds a phone number. Unique per business number. */
    readonly providerMessageId?: string;
    /** The stored event this message came from. */
    readonly eventId?: InboxEventId;
    /** The intent this message left by. */
    readonly outboxId?: OutboxId;
    /** Provider's time for inbound, ours for outbound; an answer is never of before what it answers. */
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

export interface MessageHint {
    readonly channelId: ChannelId;
    /** Everything the sender may be known by. */
    readonly identities: readonly Identity[];
    /** Provider ids of the messages. */
    readonly providerMessageIds: readonly string[];
    /** How many messages of the thread will be asked for. */
    readonly recent: number;
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

export interface Model {
    /** Name of the model, for records and prices. */
    readonly name: string;
    /**
     * Asks once, without retries. Settles soon after `signal` aborts, with `failed` and `aborted`. Never throws for what a
     * provider can do wrong: an unreadable answer is `failed` with `malformed`.
     */
    respond(request: ModelRequest, options: {
        readonly signal: AbortSignal;
    }): Promise<ModelReply>;
}

export interface ModelPrice {
    readonly input: number;
    readonly cachedInput: number;
    readonly output: number;
}

export interface ModelRequest {
    /** Byte-identical over all turns of a business and version, so that providers can cache it. */
    readonly instructions: string;
    /** In a fixed order, for the same reason. */
    readonly tools: readonly ModelTool[];
    readonly input: readonly ModelItem[];
    readonly maxOutputTokens: number;
    /** Groups requests that share instructions and tools. */
    readonly cacheKey: string;
    /** Stable pseudonym of the customer for the provider's abuse checks, at most 64 characters. */
    readonly safetyId?: string;
}

export interface ModelTool {
    readonly name: string;
    readonly description: string;
    /** JSON schema of the arguments: an object, closed, every property required. */
    readonly parameters: {
        readonly [key: string]: unknown;
    };
}

export interface ModelToolCall {
    readonly callId: string;
    readonly name: string;
    readonly arguments: string;
}

export interface ModelUsage {
    readonly input: number;
    readonly cachedInput: number;
    readonly output: number;
}

export interface Money {
    readonly amount: bigint;
    readonly currency: string;
}

export interface NewBlob {
    readonly id: BlobId;
    readonly contentType: string;
    /** The bytes, in pieces of any size. Read once. */
    readonly body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
    /** Refuses a longer body. Default 100 MiB. */
    readonly maxBytes?: number;
}

export interface NewBusiness extends Omit<NewTenant, 'locale'>, Pick<Channel, 'appId' | 'phoneNumberId' | 'businessAccountId' | 'displayPhoneNumber'> {
    /** Language of what the business says by itself. Default `en`. */
    readonly locale?: Locale;
}

export interface NewTenant {
    /** Name as customers see it, 1 to 120 characters. */
    readonly company: string;
    readonly locale: Locale;
    /** IANA zone id. */
    readonly timeZone: string;
    /** ISO 4217 code. */
    readonly currency: string;
}

export interface NewToken {
    readonly id: ChannelId;
    readonly accessToken: Secret;
}

export interface NotedReplies {
    readonly conversationId: ConversationId;
    readonly author: 'menu' | 'ai' | 'staff' | 'system';
    readonly replies: readonly {
        readonly outboxId: OutboxId;
        readonly message: OutboundMessage;
        /** What typed numbers choose, where the choices became numbered text; see `Message`. */
        readonly numbers?: Readonly<Record<string, string>>;
    }[];
    /** State of the conversation the replies were prepared from; when it moved on, they are refused as `stale`. */
    readonly fence?: {
        readonly ownerEpoch: number;
        readonly lastInboundMessageId?: MessageId;
    };
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

export interface NumberRefusal {
    readonly kind: 'refused';
    readonly step: NumberStep;
    readonly problem: AdminRefusal['problem'] | 'id-malformed' | 'pin-malformed' | 'pin-needed' | 'app-mismatch' | 'number-not-in-account' | 'taken' | 'credentials-missing';
    readonly words: string;
    /** Meta's number, where it was Meta that refused. */
    readonly code?: number | string;
}

export interface NumberStores {
    readonly accounts: AccountStore;
    readonly credentials: CredentialStore;
    /** Needed with an auditor. */
    readonly audit?: AuditStore;
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

export interface OperatorPrincipal {
    readonly kind: 'operator';
    readonly userId: UserId;
    readonly role: OperatorRole;
    readonly permissions: readonly OperatorPermission[];
    readonly authenticatedAt: Date;
}

export interface OperatorSession {
    /** SHA-256 of the token, hex. */
    readonly tokenHash: string;
    readonly userId: UserId;
    readonly createdAt: Date;
    readonly expiresAt: Date;
}

export interface OperatorSessionStore {
    insert(session: OperatorSession): Promise<void>;
    get(tokenHash: string): Promise<OperatorSession | undefined>;
    /** Deletes one session of an operator, or all of them; returns how many. */
    delete(userId: UserId, tokenHash?: string): Promise<number>;
    /** Deletes what expired before, at most `limit`. Returns how many. */
    prune(before: Date, limit: number): Promise<number>;
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
    /** Only those of customers with a conversation there. */
    readonly within?: Within;
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

export interface OrderView {
    readonly ref: string;
    /** Given on confirmation. */
    readonly number?: string;
    readonly status: 'draft' | 'awaiting_customer' | 'confirmed' | 'preparing' | 'ready' | 'shipped' | 'completed' | 'cancelled' | 'expired';
    /** Formatted. */
    readonly total: string;
    readonly placedAt: Date;
}

export interface Orders {
    /** Adds to the contact's draft, which is created when there is none; a waiting proposal becomes the draft again. */
    addToDraft(actor: Actor, input: AddInput): Promise<Drafted | OrderRefusal>;
    /** Sets quantities in the contact's draft and leaves its other lines; harmless to repeat. */
    setQuantities(actor: Actor, input: QuantitiesInput): Promise<Drafted | OrderRefusal>;
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
    /** When the next intent is due or needs recovery, or nothing; what waits on a stopped number is not due. */
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
    /** Intents, newest first, by state or conversation; with `within` those of conversations there. `limit` at most 200. */
    list(query: {
        readonly states?: readonly OutboxState[];
        readonly conversationId?: ConversationId;
        readonly within?: Within;
        readonly limit: number;
    }): Promise<readonly OutboxEntry[]>;
}

export interface Page<Item> {
    readonly items: readonly Item[];
    readonly cursor?: string;
}

export interface ParkedSends {
    /** Parked and failed intents, newest first, as far as the actor reaches. */
    list(actor: Actor, limit: number): Promise<readonly OutboxEntry[]>;
    /**
     * Sends a parked or failed intent again as a new intent (the customer may get it twice, which is why a person
     * decides) that goes whoever owns the conversation by now; the old one becomes `discarded`. Refused with `not_parked` when it is in any other state.
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

export interface Passkey {
    /** Credential id, base64url. */
    readonly id: string;
    readonly userId: UserId;
    readonly publicKey: Uint8Array;
    readonly counter: number;
    readonly transports: readonly string[];
    readonly name: string;
    readonly createdAt: Date;
    readonly lastUsedAt?: Date;
}

export interface PasskeyStore {
    /** Locked. */
    get(id: string): Promise<Passkey | undefined>;
    list(userId: UserId): Promise<readonly Passkey[]>;
    /** Creates or replaces. Throws `conflict` when the id belongs to another user. */
    save(passkey: Passkey): Promise<void>;
    /** Deletes one passkey of a user, or all of them; returns how many. */
    delete(userId: UserId, id?: string): Promise<number>;
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
    readonly ahead: ReadAhead;
    readonly accounts: AccountStore;
    readonly lanes: LaneStore;
    readonly outbox: OutboxStore;
}

export interface Preference {
    readonly kind: 'language';
    readonly locale: Locale;
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

export interface ProductQuery {
    /** Products that come after this one in the list. */
    readonly after?: ProductId;
    readonly limit: number;
    /** Default: in any state. */
    readonly statuses?: readonly Product['status'][];
}

export interface ProposalTokens {
    readonly confirm: string;
    readonly cancel: string;
    readonly edit: string;
    /** For the page at `/a/{token}`. */
    readonly open: string;
}

export interface ProposalView {
    readonly kind: 'proposal';
    /** Short reference that customers and staff can name. */
    readonly ref: string;
    readonly lines: readonly ShopLine[];
    /** Formatted. */
    readonly total: string;
    readonly notices: readonly CartNotice[];
    readonly confirmToken: string;
    readonly cancelToken: string;
    readonly editToken: string;
    readonly expiresAt: Date;
    /** Signed page that shows the same proposal, for clients without buttons. */
    readonly link?: string;
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

export interface QuantitiesInput extends DraftOwner {
    readonly lines: readonly WantedLine[];
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

export interface ReadAhead {
    /** Called first in a transaction, before anything but the events is read or written. */
    messages(hints: readonly MessageHint[]): void;
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

export interface RefreshToken {
    /** SHA-256 of the token, hex. */
    readonly hash: string;
    readonly sessionId: SessionId;
    readonly createdAt: Date;
    readonly usedAt?: Date;
    /** Random, 32 bytes as hex: with the token itself it gives the successor, so that a repeated use gets the same one. */
    readonly successorSalt: string;
}

export interface Released {
    readonly conversationId: ConversationId;
    readonly ownerEpoch: number;
    readonly version: number;
}

export interface Replies {
    /**
     * Stores an answer of a colleague, who thereby takes the conversation over. Refused with `window_closed` outside of
     * the customer's 24-hour window: only templates may be sent then. Throws `message_invalid` for a message beyond Meta's
     * limits; the details name them.
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

export interface RotationReport {
    readonly changed: number;
    readonly failed: number;
}

export interface RotationStores {
    readonly sealingKeys: SealingKeyStore;
    /** Every column of sealed values. */
    readonly sealedColumns: readonly SealedColumn[];
}

export interface SealContext {
    readonly tenantId: SealScope;
    /** Name of the table, as in the migration. */
    readonly table: string;
    /** Name of the column. */
    readonly column: string;
    /** Key of the row within its tenant; it must not change while the value stands there. */
    readonly rowId: string;
}

export interface SealedColumn {
    /** Values of this scope under an older version than `version`, by row id, from the one after `afterRowId`. */
    sealedBefore(version: number, afterRowId: string | undefined, limit: number): Promise<readonly SealedValue[]>;
    /** Puts new bytes in the place of exactly these; returns false when they were changed meanwhile. */
    reseal(value: SealedValue, sealed: Uint8Array): Promise<boolean>;
}

export interface SealedValue {
    readonly context: SealContext;
    readonly sealed: Uint8Array;
}

export interface Sealer {
    /** Sealed bytes for one column of one row; the same value seals differently each time. Makes the scope's first key. */
    seal(context: SealContext, bytes: Uint8Array): Promise<Uint8Array>;
    /**
     * The value of sealed bytes. Throws `seal_broken` when they were changed, cut, moved, or sealed under a key that is
     * unknown or destroyed; it never says which.
     */
    open(context: SealContext, sealed: Uint8Array): Promise<Uint8Array>;
}

export interface SealingKey {
    /** From 1; the newest seals. */
    readonly version: number;
    readonly wrapped: WrappedKey;
    readonly createdAt: Date;
    /** Since when it only opens. */
    readonly retiredAt?: Date;
}

export interface SealingKeyDirectory {
    /** Keys wrapped under another than this version of the root key, in their order after `after`. */
    wrappedOtherwise(rootVersion: number, after: SealingKeyRef | undefined, limit: number): Promise<readonly SealingKeyRef[]>;
    /** How many keys are wrapped under each version of the root key. */
    rootVersions(): Promise<readonly {
        readonly rootVersion: number;
        readonly keys: number;
    }[]>;
}

export interface SealingKeyRef {
    /** The nil UUID for the platform. */
    readonly tenantId: TenantId;
    readonly version: number;
}

export interface SealingKeyStore {
    /** Every version, ascending. */
    list(): Promise<readonly SealingKey[]>;
    get(version: number): Promise<SealingKey | undefined>;
    /** Adds a version, and retires the one before at the same time. Returns false when somebody else added it first. */
    add(key: SealingKey): Promise<boolean>;
    /** Replaces the wrapping of a version when it is still `before`; returns whether it was. */
    rewrap(version: number, before: Uint8Array, after: WrappedKey): Promise<boolean>;
    /**
     * Deletes a retired version. Returns false when it is not there or not retired; throws `storage_constraint` while a
     * stored value is sealed under it.
     */
    destroy(version: number): Promise<boolean>;
}

export interface Secret<Value = string> {
    /** The value itself. */
    reveal(): Value;
    toString(): string;
    toJSON(): string;
}

export interface Secrets {
    /** Versions at hand, ascending; keys are wrapped under the last. */
    versions(): Promise<readonly number[]>;
    /** Encrypts a key for one place under the newest version. */
    wrap(key: Uint8Array, place: Place): Promise<WrappedKey>;
    /** The key again. Throws `seal_broken` when bytes or place differ, or the version is not at hand. */
    unwrap(wrapped: WrappedKey, place: Place): Promise<Uint8Array>;
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

export interface Session {
    readonly id: SessionId;
    readonly userId: UserId;
    readonly memberId: MemberId;
    readonly methods: readonly AuthMethod[];
    /** When the person last proved who it is. */
    readonly authenticatedAt: Date;
    readonly createdAt: Date;
    /** Ends without use; every refresh moves it. */
    readonly idleExpiresAt: Date;
    /** Ends in any case. */
    readonly expiresAt: Date;
    /** Access tokens name it; a higher one makes those before void. */
    readonly version: number;
    readonly revokedAt?: Date;
    /** Why it was revoked, as a code. */
    readonly revokedReason?: string;
    /** Browser and system in a few words, never the full header. */
    readonly device?: string;
}

export interface SessionClaim {
    readonly sessionId: SessionId;
    /** Version of the session that the token names. */
    readonly sessionVersion: number;
    /** Version of the membership that `permissions` were read from. */
    readonly memberVersion: number;
    /**
     * Version of the tenant whose settings `permissions` depend on; asserted of a principal that was recalled. Absent for one that
     * was just read: its request changes settings itself, and its streams outlive a change of them.
     */
    readonly tenantVersion?: number;
    /** Thumbprint of the key that signed the token; one that was revoked is refused. */
    readonly keyId: string;
}

export interface SessionStore {
    get(id: SessionId, options?: {
        readonly lock?: boolean;
    }): Promise<Session | undefined>;
    /** Creates or replaces. */
    save(session: Session): Promise<void>;
    /** Sessions of a user that are neither revoked nor past their end at `at`, newest first. */
    live(userId: UserId, at: Date): Promise<readonly Session[]>;
    /** Revokes every live session of a member; returns how many. */
    revokeOf(memberId: MemberId, at: Date, reason: string): Promise<number>;
    /** A token and its session, both locked. */
    lockRefresh(hash: string): Promise<{
        readonly token: RefreshToken;
        readonly session: Session;
    } | undefined>;
    /** Creates or replaces. */
    saveRefresh(token: RefreshToken): Promise<void>;
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

export interface Shop {
    readonly basket: Basket;
    /** Everything that can be ordered, in the order the business wants it shown; at most 1,000 items. */
    browse(): Promise<readonly ShopItem[]>;
    item(variantId: VariantId): Promise<ShopItem | undefined>;
    /** Adds to the contact's draft, which it creates when there is none; quantity 0 takes the item out. */
    add(contact: ContactId, variantId: VariantId, quantity: number): Promise<CartView | ShopRefusal>;
    /** A WhatsApp cart as the contact's draft, with our prices; once per `cartMessageId`. */
    fromCart(contact: ContactId, items: readonly {
        readonly retailerId: string;
        readonly quantity: number;
    }[], cartMessageId: string): Promise<CartView | ShopRefusal>;
    /** Freezes the draft and waits for the customer. */
    propose(contact: ContactId): Promise<ProposalView | ShopRefusal>;
    /**
     * Runs a single-use action token; a second tap answers with the first one's result. `typed`: the customer wrote yes or
     * no instead of tapping, which confirms small orders only.
     */
    act(contact: ContactId, token: string, evidence: Evidence, options?: {
        readonly typed: boolean;
    }): Promise<ActionView | ShopRefusal>;
    /** The contact's orders, newest first, drafts left out. */
    status(contact: ContactId): Promise<readonly OrderView[]>;
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
    /** In whose name drafts change. Default `customer`; the `ai` cannot run tokens. */
    readonly actsAs?: 'customer' | 'ai';
    /** Largest order that a typed yes confirms. Default: any. */
    readonly typedConfirmLimit?: Money;
    /** Address of the page of an `open` token; without it proposals have no link. */
    readonly link?: (token: string) => string;
}

export interface ShopItem {
    readonly variantId: VariantId;
    readonly title: string;
    readonly description?: string;
    /** Formatted amount with its currency. */
    readonly price: string;
    /** `false` when it is sold out. */
    readonly available: boolean;
}

export interface ShopLine {
    readonly variantId: VariantId;
    readonly title: string;
    readonly quantity: number;
    /** Formatted total of the line. */
    readonly price: string;
}

export interface ShopRefusal {
    readonly kind: 'refused';
    readonly reason: 'not_found' | 'sold_out' | 'insufficient_stock' | 'too_many' | 'empty' | 'expired' | 'changed' | 'not_yours' | 'used' | 'unknown' | 'needs_button';
    /** Title of the item it is about. */
    readonly title?: string;
    /** Units that are left, with `insufficient_stock`. */
    readonly left?: number;
}

export interface Shortage {
    readonly variantId: VariantId;
    readonly wanted: number;
    /** What could be had now. */
    readonly left: number;
}

export interface SignInAttempt {
    readonly id: string;
    /** SHA-256 of the browser's cookie value, hex; unique. */
    readonly browserHash: string;
    readonly purpose: 'code' | 'passkey' | 'passkey_registration';
    /** Which door: people of tenants, or operators of the platform. */
    readonly audience: 'tenant' | 'operator';
    /** Where the code went, lower-cased; or whose passkey it turned out to be. */
    readonly email?: string;
    readonly userId?: UserId;
    readonly locale: Locale;
    /** From which network it was begun, as the caller names networks. */
    readonly network?: string;
    /** The known browser it was begun in. */
    readonly device?: string;
    /** SHA-256 over browser secret and code, or over the passkey challenge, hex. */
    readonly secretHash: string;
    readonly tries: number;
    readonly createdAt: Date;
    readonly expiresAt: Date;
    readonly verifiedAt?: Date;
    readonly usedAt?: Date;
}

export interface SigningKey {
    /** RFC 7638 thumbprint. */
    readonly kid: string;
    readonly state: 'next' | 'active' | 'retiring';
    /** Ed25519 public key, `x` of the JWK. */
    readonly publicKey: string;
    /** Private JWK, sealed. */
    readonly sealed: Uint8Array;
    readonly createdAt: Date;
    /** When it entered its state. */
    readonly since: Date;
}

export interface SigningKeyStore {
    /** All keys; with `lock`, rotation by others waits. */
    list(options?: {
        readonly lock?: boolean;
    }): Promise<readonly SigningKey[]>;
    save(key: SigningKey): Promise<void>;
    delete(kid: string): Promise<void>;
}

export interface Spend {
    readonly turns: number;
    readonly tokens: number;
    readonly costMicros: number;
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
    /** People and their proofs, which belong to no tenant. */
    readonly identity: IdentityWork;
    readonly access: AccessDirectory;
    /** What is past its use, across tenants. */
    readonly cleanup: Cleanup;
    /**
     * Work of a signed-in member: each transaction first asserts that the session, the membership and the tenant are what
     * the claim says, and throws `unauthenticated` otherwise.
     */
    readonly workFor: (claim: AccessClaim, clock: Clock) => UnitOfWork<Stores>;
    /**
     * Calls `wake` when another process left work, where the database can tell: with the name of the queue, or with an empty
     * one when any may have work. Returns how to stop.
     */
    readonly listen?: (wake: (source: string) => void) => Promise<() => Promise<void>>;
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

export interface StoredCredential extends CredentialFacts {
    readonly sealed: Uint8Array;
}

export interface Stores extends EngineStores {
    readonly catalog: CatalogStore;
    readonly orders: OrderStore;
    readonly actions: ActionStore;
    readonly team: TeamStore;
    readonly sessions: SessionStore;
    readonly apiKeys: ApiKeyStore;
    readonly assignments: AssignmentStore;
    readonly turns: TurnStore;
    readonly idempotency: IdempotencyStore;
    readonly audit: AuditStore;
    readonly contactLists: ContactLists;
    readonly catalogLists: CatalogLists;
}

export interface SuppressCommand extends Suppression {
    readonly what: keyof Suppressed;
}

export interface Suppressed {
    readonly everything?: Suppression;
    readonly marketing?: Suppression;
}

export interface Suppression {
    readonly since: Date;
    /** A code: Graph's number, `preference` for the customer's own choice in WhatsApp, or a word of the business. */
    readonly reason: string;
}

export interface TaxCategory {
    /** The tenant's own code, for example `standard`. */
    readonly code: string;
    /** Category of EN 16931: standard, zero rated, exempt, reverse charge, out of scope. */
    readonly category: 'S' | 'Z' | 'E' | 'AE' | 'O';
    /** Parts per million: 21 % is 210000. */
    readonly rate: number;
}

export interface TeamStore {
    /** With `lock`, held until the transaction ends. */
    member(id: MemberId, options?: {
        readonly lock?: boolean;
    }): Promise<Member | undefined>;
    /** The membership of a user that is not removed. */
    memberOf(userId: UserId): Promise<Member | undefined>;
    /** Everybody not removed, in the order they joined. */
    members(): Promise<readonly Member[]>;
    /** The active owners, locked in the order of their ids, so that two who leave wait for each other. */
    lockOwners(): Promise<readonly Member[]>;
    /** Creates or replaces; `version` must follow the stored one. Throws `version_conflict`, `conflict` when the user is a member already. */
    saveMember(member: Member): Promise<void>;
    /** Invitations by token, locked; or the pending ones: all, or those of an e-mail, locked. */
    invitations(query: {
        readonly tokenHash: string;
    } | {
        readonly email?: string;
    }): Promise<readonly Invitation[]>;
    /** Creates or replaces. */
    saveInvitation(invitation: Invitation): Promise<void>;
}

export interface TeamStores {
    readonly accounts: AccountStore;
    readonly team: TeamStore;
    readonly sessions: MemberEndings;
    readonly apiKeys: MemberEndings;
    readonly assignments: AssignmentStore;
    readonly events: EventStore;
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
    /**
     * What Meta approved it as. Customers who stopped marketing get no template that is marketing or does not say what it
     * is. Not sent along.
     */
    readonly category?: 'marketing' | 'utility' | 'authentication';
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
    /** Default `active`. `suspended` by the platform's operator; `closing` while its data can still be fetched. */
    readonly status?: TenantStatus;
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
    /** Whether agents see full phone numbers. Default `false`. */
    readonly agentsRevealIdentifiers?: boolean;
    /**
     * Which conversations agents reach: `all`, those `assigned` to them, or those and what waits in the `queue`. Default `all`.
     */
    readonly agentsReach?: 'all' | Reach;
    /** Times and limits of the assistant's answers. */
    readonly answering?: AnsweringSettings;
    /**
     * Largest order that a typed yes confirms, in minor units; above it only the button does. Default: see
     * `defaultLimitMinor`.
     */
    readonly typedConfirmLimitMinor?: number;
    readonly assistant?: AssistantSettings;
}

export interface TextMessage {
    readonly kind: 'text';
    readonly body: string;
    readonly previewUrl?: boolean;
}

export interface ThinkLimits {
    /** Calls of the model. Default 6. */
    readonly steps: number;
    /** Tokens of all calls; a turn over it asks no more. Default 60,000. */
    readonly tokens: number;
    /** Tokens of one answer. Default 1,200. */
    readonly outputTokens: number;
    /** Time for thinking, in milliseconds. Default 20,000. */
    readonly wallMs: number;
    /** Cost of all calls, in millionths of the currency of `price`. Default: no limit. */
    readonly costMicros?: number;
    /** Default: the model costs nothing. */
    readonly price?: ModelPrice;
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

export interface Tool {
    readonly model: ModelTool;
    readonly authority: AuthorityAction;
    run(input: unknown, context: ToolContext): Promise<ToolAnswer>;
}

export interface ToolAnswer {
    /** A code. */
    readonly outcome: string;
    readonly data: Json;
    /** Made by our renderer. */
    readonly messages?: readonly OutboundMessage[];
    readonly deferred?: Deferred;
    /** The model writes nothing more to the customer in this turn. */
    readonly ends?: 'hand_off';
}

export interface ToolContext {
    readonly turn: ToolTurn;
    /** Names this turn has given things, and the values that only our renderer writes out. */
    readonly handles: Handles;
    /** Whether the tool's action, or another, may happen with these facts. */
    decide(facts: AuthorityFacts, action?: AuthorityAction): AuthorityDecision;
}

export interface ToolTurn {
    readonly tenantId: TenantId;
    readonly contactId: ContactId;
    readonly conversationId: ConversationId;
    readonly locale: Locale;
    readonly settings: TenantSettings;
    readonly now: Date;
    /** The thread, newest first. */
    readonly recent: readonly Message[];
    /** Runs `body` in a transaction, after checking that the turn still has the conversation. The shop acts as the assistant. */
    withShop<Result>(body: (shop: Shop) => Promise<Result>): Promise<Result>;
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
    /** Jobs that failed for good, newest first. `limit` 1 to 100. */
    deadJobs(actor: Actor, limit: number): Promise<readonly DeadJob[]>;
    /** Runs a dead job again, now. Returns false when it is not dead. */
    replayJob(actor: Actor, id: JobId): Promise<boolean>;
    /** Forgets a dead job. Returns false when it is not dead. */
    discardJob(actor: Actor, id: JobId): Promise<boolean>;
}

export interface TurnRecord {
    readonly model: string;
    readonly promptVersion: string;
    /** SHA-256 of the instructions. */
    readonly promptHash: string;
    readonly modelCalls: number;
    readonly calls: readonly CallRecord[];
    readonly tokens: Tokens;
    /** In millionths of the currency of the model's price; 0 without a price. */
    readonly costMicros: number;
    /** From the first unanswered message to the commit of the answer, in milliseconds. */
    readonly latencyMs: number;
    readonly steps: readonly TraceStep[];
    readonly replies: readonly OutboxId[];
}

export interface TurnStore {
    /** The turn of a conversation that is not done, locked. */
    lockOpen(conversationId: ConversationId): Promise<AssistantTurn | undefined>;
    /**
     * Inserts a turn of version 1, replaces one whose stored version is one less. Throws `version_conflict`, also for a
     * second turn that is not done.
     */
    save(turn: AssistantTurn): Promise<void>;
    /**
     * Until when another turn of the contact thinks at `now`, over all its conversations; nothing when this one may start.
     * Who asks first goes first: a transaction that asks for the same contact waits for the end of this one.
     */
    busyUntil(contactId: ContactId, except: TurnId, now: Date): Promise<Date | undefined>;
    /** Turns, newest first: of a conversation, or those that answered the messages of some events. `limit` 1 to 100. */
    list(query: {
        readonly limit: number;
    } & ({
        readonly conversationId: ConversationId;
    } | {
        readonly eventIds: readonly InboxEventId[];
    } | {
        readonly ids: readonly TurnId[];
    })): Promise<readonly AssistantTurn[]>;
    /** Whether the customer of a conversation was told that an assistant writes. */
    isDisclosed(conversationId: ConversationId): Promise<boolean>;
    /** What was spent on a contact on the day of `at`, and by the tenant in its month, by UTC. */
    spent(contactId: ContactId, at: Date): Promise<{
        readonly contact: Spend;
        readonly tenant: Spend;
    }>;
    /**
     * Adds to both counters, and forgets a part of those that nobody asks for any more: of contacts after two days, of the
     * tenant after thirteen months.
     */
    spend(contactId: ContactId, at: Date, spend: Spend): Promise<void>;
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

export interface UsageDirectory {
    /** Tenants with events before `before`, at most `limit`. */
    due(before: Date, limit: number): Promise<readonly TenantId[]>;
}

export interface UsageEvent {
    readonly name: UsageName;
    /** HMAC-SHA-256 of the member's id under the tenant's own key, hex. */
    readonly pseudonym: string;
    readonly at: Date;
}

export interface UsageKeyPlace {
    readonly tenantId: TenantId;
    readonly table: string;
    readonly column: string;
    readonly rowId: string;
}

export interface UsageSealer {
    seal(place: UsageKeyPlace, bytes: Uint8Array): Promise<Uint8Array>;
    /** Throws `seal_broken`. */
    open(place: UsageKeyPlace, sealed: Uint8Array): Promise<Uint8Array>;
}

export interface UsageStore {
    append(event: UsageEvent): Promise<void>;
    /** Deletes what a pseudonym did; returns how many events. Totals stay, they name nobody. */
    forget(pseudonym: string): Promise<number>;
    /** Turns events before `before` into totals by month and deletes them; returns how many events. */
    roll(before: Date): Promise<number>;
    /** Totals and events together, by month and name. */
    totals(): Promise<readonly UsageTotal[]>;
    /** Whether a member objected to being counted. */
    isObjected(memberId: MemberId): Promise<boolean>;
    /** Notes an objection, or that it was taken back. */
    setObjected(memberId: MemberId, objectedAt: Date | undefined): Promise<void>;
    /** The tenant's sealed key. `make`: stored when there is none, or in the place of `instead`. */
    key(make?: {
        readonly sealed: Uint8Array;
        readonly instead?: Uint8Array;
    }): Promise<Uint8Array | undefined>;
}

export interface UsageTotal {
    readonly name: UsageName;
    /** UTC month, `2026-11`. */
    readonly month: string;
    readonly uses: number;
    /** Different people; a floor where a month was counted in several parts. */
    readonly people: number;
}

export interface User {
    readonly id: UserId;
    /** Lower-cased; unique over all tenants. */
    readonly email: string;
    readonly name: string;
    readonly phone?: string;
    readonly locale: Locale;
    readonly status: 'active' | 'disabled';
    /** When the address was first proven; until then whatever hangs on the account is void at the first sign-in. */
    readonly emailVerifiedAt?: Date;
    /** For the platform's own people, who sign in at another door. */
    readonly operatorRole?: OperatorRole;
    readonly createdAt: Date;
    readonly updatedAt: Date;
    readonly version: number;
}

export interface UserStore {
    get(id: UserId): Promise<User | undefined>;
    /** By lower-cased e-mail. */
    byEmail(email: string): Promise<User | undefined>;
    /** Creates or replaces; `version` must follow the stored one. Throws `version_conflict`, `conflict` for a taken e-mail. */
    save(user: User): Promise<void>;
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

export interface WebhookApp {
    readonly appId: string;
    readonly appSecret: Secret;
    readonly verifyToken: Secret;
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

export interface Within {
    readonly assigneeId: string;
    readonly withQueue: boolean;
}

export interface Work {
    /**
     * Works until nothing is due, `maxMs` milliseconds passed or the signal aborts, then finishes what is in hand; for hosts
     * without resident processes. `nextDue` is when to call again; without it no work is known. Throws `invalid_input`
     * unless `maxMs` is a whole number of at least 0.
     */
    (options: {
        readonly maxMs: number;
        readonly signal?: AbortSignal;
    }): Promise<{
        readonly nextDue?: Date;
    }>;
    /** Works until the signal aborts, then finishes what is in hand; without a signal, for as long as the process lives. */
    (options?: {
        readonly signal?: AbortSignal;
    }): Promise<void>;
}

export interface WrappedKey {
    readonly rootVersion: number;
    readonly bytes: Uint8Array;
}

export type ActionCommand = 'confirm' | 'cancel' | 'edit' | 'open';

export type ActionOutcome = {
    readonly kind: 'changed' | 'unchanged';
    readonly conversation: Conversation;
} | {
    readonly kind: 'refused';
    readonly reason: 'not_found' | 'not_permitted' | 'resolved' | 'human_owns';
};

export type ActionView = {
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
    readonly cart: CartView;
    readonly repeated: boolean;
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

export type ArrivedCall = Pick<ArrivedMessage, 'contactId' | 'channelId' | 'timestampMs' | 'eventId'>;

export type AuditFact = string | number | boolean | null;

export type AuthMethod = 'otp' | 'hwk' | 'host';

export type AuthorityAction = (typeof authorityActions)[number];

export type AuthorityDecision = {
    readonly kind: 'run';
} | {
    readonly kind: 'needs_button';
} | {
    readonly kind: 'needs_staff';
    readonly reason: 'rule' | 'above_limit' | 'amount_unknown';
} | {
    readonly kind: 'refused';
};

export type AuthorityLevel = 'alone' | 'button' | 'staff' | 'refused';

export type BlobId = Brand<'BlobId'>;

export type Brand<Name extends string> = string & {
    readonly [brandName]: Name;
};

export type BusinessTopic = (typeof businessTopics)[number];

export type CallOutcome = {
    readonly kind: 'noted';
    readonly conversation: Conversation;
} | {
    readonly kind: 'ignored';
    readonly reason: 'nothing_to_attach';
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

export type CredentialKind = 'access_token' | 'pin' | 'app_secret' | 'verify_token';

export type CredentialOwner = {
    readonly kind: 'channel';
    readonly id: ChannelId;
} | {
    readonly kind: 'app';
    readonly id: string;
};

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

export type EgressFetch = (input: string | URL | Request, init?: EgressInit) => Promise<Response>;

export type ErrorCode = (typeof errorCodes)[number];

export type ErrorDetail = string | number | boolean | null | readonly (string | number)[];

export type HandleTarget = {
    readonly kind: 'variant';
    readonly id: VariantId;
} | {
    readonly kind: 'order';
    readonly ref: string;
};

export type HeaderValue = string | readonly string[] | null | undefined;

export type IdempotencyClaim = {
    readonly kind: 'first';
} | {
    readonly kind: 'replay';
    readonly response: Json;
};

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

export type LaneAfterTurn = 'empty' | 'waits' | 'kept' | 'lost';

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

export type ModelFailure = 'timeout' | 'unavailable' | 'rate_limited' | 'rejected' | 'malformed' | 'aborted';

export type ModelItem = {
    readonly kind: 'customer' | 'business' | 'facts';
    readonly text: string;
} | ({
    readonly kind: 'tool_call';
} & ModelToolCall) | {
    readonly kind: 'tool_result';
    readonly callId: string;
    readonly output: string;
} | {
    readonly kind: 'continuation';
    readonly value: unknown;
};

export type ModelReply = {
    readonly kind: 'answered';
    readonly text: string;
    readonly toolCalls: readonly ModelToolCall[];
    /** Items to put before the calls' results in the next request of this turn. */
    readonly continuation: readonly ModelItem[];
    readonly usage: ModelUsage;
} | {
    readonly kind: 'refused' | 'incomplete';
    readonly usage: ModelUsage;
} | {
    readonly kind: 'failed';
    readonly reason: ModelFailure;
    readonly retryAfterMs?: number;
};

export type NoteOutcome = {
    readonly kind: 'noted';
    readonly conversation: Conversation;
    readonly messages: readonly Message[];
} | {
    readonly kind: 'refused';
    readonly reason: 'not_found' | 'stale' | 'not_permitted';
};

export type NumberStep = 'input' | 'token' | 'account' | 'number' | 'store' | 'subscribe' | 'register' | 'deregister';

export type OperatorPermission = (typeof operatorPermissions)[number];

export type OperatorRole = 'support' | 'privacy_officer';

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

export type Permission = (typeof permissions)[number];

export type Place = readonly string[];

export type PriceId = Brand<'PriceId'>;

export type PriceInput = z.infer<typeof priceInputSchema>;

export type Principal = MemberPrincipal | KeyPrincipal | OperatorPrincipal;

export type ProductId = Brand<'ProductId'>;

export type ProductInput = z.infer<typeof productInputSchema>;

export type Reach = 'assigned' | 'queue';

export type RefusalCode = Extract<ErrorCode, 'signature_missing' | 'signature_malformed' | 'signature_mismatch' | 'payload_too_large'>;

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

export type Role = (typeof roles)[number];

export type SaveProductOutcome = {
    readonly kind: 'saved';
    readonly product: Product;
} | CatalogRefusal;

export type SealScope = TenantId | 'platform';

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

export type SessionId = Brand<'SessionId'>;

export type SetLocaleOutcome = {
    readonly kind: 'changed' | 'unchanged';
    readonly contact: Contact;
} | {
    readonly kind: 'refused';
    readonly reason: 'not_permitted' | 'not_found';
};

export type StockInput = z.infer<typeof stockInputSchema>;

export type SuppressOutcome = {
    readonly kind: 'changed' | 'unchanged';
    readonly contact: Contact;
} | {
    readonly kind: 'refused';
    readonly reason: 'not_found' | 'not_permitted';
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

export type TenantStatus = 'active' | 'suspended' | 'closing' | 'closed';

export type Tokens = ModelUsage;

export type TurnId = Brand<'TurnId'>;

export type TurnOutcome = 'answered' | 'handed_off' | 'menus' | 'superseded' | 'person_owns' | 'person_answered' | 'resolved' | 'blocked' | 'window_closed';

export type UnitCode = keyof typeof unitScales;

export type UnknownReason = 'object_unknown' | 'envelope_malformed' | 'field_unknown' | 'member_unknown' | 'value_malformed' | 'item_malformed' | 'item_without_id';

export type UnreadableReason = 'empty' | 'not_json' | 'not_an_object' | 'no_entries';

export type UploadOutcome = {
    readonly kind: 'uploaded';
    readonly mediaId: string;
} | {
    readonly kind: 'refused';
    readonly code: number | string;
    readonly advice: Advice;
    readonly detail: string;
};

export type UsageName = (typeof usageNames)[number];

export type UserId = Brand<'UserId'>;

export type VariantId = Brand<'VariantId'>;

type Judged = Pick<OrderOf<OrderLineFacts>, 'status' | 'contactId' | 'confirmBy' | 'contentHash'>;
