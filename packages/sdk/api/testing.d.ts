// @auronx/sdk/testing exports: AccountSubject, ArrivedMessage, AssignmentSubject, AuditSubject, BlobSubject, CatalogListSubject, CatalogSubject, CleanupSubject, ContactListSubject, ContactSubject, ContractAssert, ContractCase, ContractRun, ContractSkip, ConversationSubject, CredentialSubject, EventSubject, FakeClock, FakeMailer, FakeMessenger, IdempotencySubject, IdentitySubject, InboxSubject, LaneSubject, MailerSubject, MessengerControl, MessengerFault, MessengerSubject, ModelControl, ModelScript, ModelSubject, OrderSubject, OutboxSubject, ReachSubject, ScriptedModel, ScriptedStep, SealingKeySubject, SecretsSubject, SessionSubject, StoreSubject, TeamSubject, TurnSubject, UsageSubject, WireAnswer, WireCall, WireUsage, accountContract, assignmentContract, auditContract, blobContract, catalogContract, catalogListContract, cleanupContract, contactContract, contactListContract, conversationContract, createFakeClock, createFakeMailer, createFakeMessenger, createMemoryAccessDirectory, createMemoryAccountStore, createMemoryActionDirectory, createMemoryActionStore, createMemoryApiKeyStore, createMemoryAppDirectory, createMemoryAssignmentStore, createMemoryAuditStore, createMemoryBlobStore, createMemoryCatalogLists, createMemoryCatalogStore, createMemoryChannelDirectory, createMemoryContactLists, createMemoryContactStore, createMemoryConversationStore, createMemoryCredentialStore, createMemoryDatabase, createMemoryEventStore, createMemoryIdempotencyStore, createMemoryIdentityWork, createMemoryInboxStore, createMemoryJobQueue, createMemoryJobStore, createMemoryLaneQueue, createMemoryLaneStore, createMemoryOrderStore, createMemoryOutboxQueue, createMemoryOutboxStore, createMemorySealedCredentials, createMemorySealingKeyDirectory, createMemorySealingKeyStore, createMemorySessionStore, createMemoryStorage, createMemoryTeamStore, createMemoryTurnStore, createMemoryUsageDirectory, createMemoryUsageStore, createMemoryWork, createScriptedModel, createSeededRandom, credentialContract, eventContract, expiresAt, idempotencyContract, identityContract, inboxContract, invitationOf, keyOf, laneContract, mailerContract, memberOf, messengerContract, modelContract, orderContract, outboxContract, reachContract, refreshOf, runContract, scriptedCalls, scriptedText, sealingKeyContract, secretsContract, sessionContract, sessionOf, teamContract, turnContract, usageContract, userOf

export declare const accountContract: readonly ContractCase<AccountSubject>[];

export declare const assignmentContract: readonly ContractCase<AssignmentSubject>[];

export declare const auditContract: readonly ContractCase<AuditSubject>[];

export declare const blobContract: readonly ContractCase<BlobSubject>[];

export declare const catalogContract: readonly ContractCase<CatalogSubject>[];

export declare const catalogListContract: readonly ContractCase<CatalogListSubject>[];

export declare const cleanupContract: readonly ContractCase<CleanupSubject>[];

export declare const contactContract: readonly ContractCase<ContactSubject>[];

export declare const contactListContract: readonly ContractCase<ContactListSubject>[];

export declare const conversationContract: readonly ContractCase<ConversationSubject>[];

export declare const credentialContract: readonly ContractCase<CredentialSubject>[];

export declare const eventContract: readonly ContractCase<EventSubject>[];

export declare const idempotencyContract: readonly ContractCase<IdempotencySubject>[];

export declare const identityContract: readonly ContractCase<IdentitySubject>[];

export declare const inboxContract: readonly ContractCase<InboxSubject>[];

export declare const laneContract: readonly ContractCase<LaneSubject>[];

export declare const mailerContract: readonly ContractCase<MailerSubject>[];

export declare const messengerContract: readonly ContractCase<MessengerSubject>[];

export declare const modelContract: readonly ContractCase<ModelSubject>[];

export declare const orderContract: readonly ContractCase<OrderSubject>[];

export declare const outboxContract: readonly ContractCase<OutboxSubject>[];

export declare const reachContract: readonly ContractCase<ReachSubject>[];

export declare const sealingKeyContract: readonly ContractCase<SealingKeySubject>[];

export declare const secretsContract: readonly ContractCase<SecretsSubject>[];

export declare const sessionContract: readonly ContractCase<SessionSubject>[];

export declare const teamContract: readonly ContractCase<TeamSubject>[];

export declare const turnContract: readonly ContractCase<TurnSubject>[];

export declare const usageContract: readonly ContractCase<UsageSubject>[];

export declare function createFakeClock(start?: Date): FakeClock;

export declare function createFakeMailer(): FakeMailer;

export declare function createFakeMessenger(options?: FakeMessengerOptions): FakeMessenger;

export declare function createMemoryAccessDirectory(database: MemoryDatabase): AccessDirectory;

export declare function createMemoryAccountStore(database: MemoryDatabase, tenantId: TenantId): AccountStore;

export declare function createMemoryActionDirectory(database: MemoryDatabase): ActionDirectory;

export declare function createMemoryActionStore(database: MemoryDatabase, tenantId: TenantId): ActionStore;

export declare function createMemoryApiKeyStore(database: MemoryDatabase, tenantId: TenantId): ApiKeyStore;

export declare function createMemoryAppDirectory(database: MemoryDatabase): AppDirectory;

export declare function createMemoryAuditStore(database: MemoryDatabase, tenantId: TenantId): AuditStore;

export declare function createMemoryBlobStore(database: MemoryDatabase): BlobStore;

export declare function createMemoryCatalogLists(database: MemoryDatabase, tenantId: TenantId): CatalogLists;

export declare function createMemoryCatalogStore(database: MemoryDatabase, tenantId: TenantId): CatalogStore;

export declare function createMemoryChannelDirectory(database: MemoryDatabase): ChannelDirectory;

export declare function createMemoryContactLists(database: MemoryDatabase, tenantId: TenantId): ContactLists;

export declare function createMemoryContactStore(database: MemoryDatabase, tenantId: TenantId): ContactStore;

export declare function createMemoryConversationStore(database: MemoryDatabase, tenantId: TenantId): ConversationStore;

export declare function createMemoryCredentialStore(database: MemoryDatabase, tenantId: TenantId): CredentialStore;

export declare function createMemoryDatabase(): MemoryDatabase;

export declare function createMemoryEventStore(database: MemoryDatabase, tenantId: TenantId): EventStore;

export declare function createMemoryIdempotencyStore(database: MemoryDatabase, tenantId: TenantId): IdempotencyStore;

export declare function createMemoryIdentityWork(database: MemoryDatabase): IdentityWork;

export declare function createMemoryInboxStore(database: MemoryDatabase): InboxStore;

export declare function createMemoryJobQueue(database: MemoryDatabase): JobQueue;

export declare function createMemoryJobStore(database: MemoryDatabase, tenantId: TenantId): JobStore;

export declare function createMemoryLaneQueue(database: MemoryDatabase): LaneQueue;

export declare function createMemoryLaneStore(database: MemoryDatabase, tenantId: TenantId): LaneStore;

export declare function createMemoryOrderStore(database: MemoryDatabase, tenantId: TenantId): OrderStore;

export declare function createMemoryOutboxQueue(database: MemoryDatabase, isStopped: (tenantId: TenantId, channelId: ChannelId) => boolean): OutboxQueue;

export declare function createMemoryOutboxStore(database: MemoryDatabase, tenantId: TenantId): OutboxStore;

export declare function createMemorySealedCredentials(database: MemoryDatabase, tenantId: TenantId): SealedColumn;

export declare function createMemorySealingKeyDirectory(database: MemoryDatabase): SealingKeyDirectory;

export declare function createMemorySealingKeyStore(database: MemoryDatabase, tenantId: TenantId, isUsed?: (version: number) => boolean): SealingKeyStore;

export declare function createMemorySessionStore(database: MemoryDatabase, tenantId: TenantId): SessionStore;

export declare function createMemoryStorage(database?: MemoryDatabase): Storage;

export declare function createMemoryTeamStore(database: MemoryDatabase, tenantId: TenantId): TeamStore;

export declare function createMemoryTurnStore(database: MemoryDatabase, tenantId: TenantId): TurnStore;

export declare function createMemoryUsageDirectory(database: MemoryDatabase): UsageDirectory;

export declare function createMemoryUsageStore(database: MemoryDatabase, tenantId: TenantId): UsageStore;

export declare function createMemoryWork<Stores>(database: MemoryDatabase, open: (database: MemoryDatabase, tenantId: TenantId) => Stores): UnitOfWork<Stores>;

export declare function createScriptedModel(script: ModelScript, { name }?: {
    readonly name?: string;
}): ScriptedModel;

export declare function createSeededRandom(seed?: number): Random;

export declare function expiresAt(lastInteractionAt: Date): Date;

export declare function invitationOf({ ids, clock }: Pick<TeamSubject, 'ids' | 'clock'>, { id: invitedBy }: Pick<Member, 'id'>): Invitation;

export declare function keyOf({ clock }: Pick<SessionSubject, 'clock'>, { id: createdBy }: Pick<Member, 'id'>, id: string): ApiKey;

export declare function memberOf({ ids, clock }: Pick<TeamSubject, 'ids' | 'clock'>, change?: Partial<Member>): Member;

export declare function refreshOf({ clock }: Pick<SessionSubject, 'clock'>, { id: sessionId }: Pick<Session, 'id'>): RefreshToken;

export declare function runContract<Subject>(run: ContractRun<Subject>, cases: readonly ContractCase<Subject>[]): void;

export declare function scriptedCalls(calls: readonly {
    readonly name: string;
    readonly args: unknown;
    readonly callId?: string;
}[], usage?: ModelUsage): ModelReply;

export declare function scriptedText(text: string, usage?: ModelUsage): ModelReply;

export declare function sessionOf({ ids, clock }: Pick<SessionSubject, 'ids' | 'clock'>, { id: memberId, userId }: Pick<Member, 'id' | 'userId'>): Session;

export declare function userOf({ ids, clock }: Pick<IdentitySubject, 'ids' | 'clock'>): User;

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

export interface CleanupSubject extends StoreSubject<{
    readonly team: TeamStore;
    readonly sessions: SessionStore;
    readonly idempotency: IdempotencyStore;
}> {
    readonly cleanup: Cleanup;
    readonly identity: IdentityWork;
    readonly access: AccessDirectory;
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

export interface CredentialSubject extends StoreSubject<{
    readonly accounts: AccountStore;
    readonly credentials: CredentialStore;
    readonly sealingKeys: SealingKeyStore;
    readonly sealedCredentials: SealedColumn;
}> {
    readonly directory: ChannelDirectory;
    readonly apps: AppDirectory;
}

export interface FakeClock extends Clock {
    /** Moves forward by `ms` milliseconds. */
    advance(ms: number): void;
}

export interface FakeMailer extends Mailer {
    /** What was accepted, oldest first. */
    readonly sent: readonly Mail[];
    /** Makes the next mails end like this, until it is called with nothing. */
    answer(outcome?: MailOutcome): void;
}

export interface FakeMessenger extends Messenger, MessengerControl {
    /** Every send that arrived, whole, in order. */
    readonly sent: readonly SendRequest[];
    /** Every read receipt, in order. */
    readonly reads: readonly ReadRequest[];
    /** Makes a file downloadable under an id, as if a customer had sent it. */
    receive(mediaId: string, media: MediaContent): void;
}

export interface IdentitySubject {
    readonly identity: IdentityWork;
    readonly clock: Clock & {
        advance(ms: number): void;
    };
    readonly ids: Ids;
}

export interface MailerSubject {
    readonly mailer: Mailer;
    /** What arrived where mail goes to. */
    delivered(): Promise<readonly Pick<Mail, 'to' | 'subject' | 'text'>[]>;
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

export interface ModelControl {
    next(answer: WireAnswer): Promise<void>;
    /** The bodies of the requests that arrived, in order, as text. */
    asked(): Promise<readonly string[]>;
}

export interface ModelSubject {
    /** Waits ten seconds for an answer, and accepts at most two megabytes. */
    readonly model: Model;
    /** The same model, with a time limit of 300 milliseconds. */
    readonly impatient: Model;
    readonly control: ModelControl;
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

export interface ScriptedModel extends Model {
    /** Every request that was asked, in order. */
    readonly requests: readonly ModelRequest[];
}

export interface SealingKeySubject extends StoreSubject<{
    readonly sealingKeys: SealingKeyStore;
}> {
    readonly directory: SealingKeyDirectory;
}

export interface SecretsSubject {
    readonly secrets: Secrets;
}

export interface SessionSubject extends StoreSubject<{
    readonly team: TeamStore;
    readonly sessions: SessionStore;
    readonly apiKeys: ApiKeyStore;
}> {
    readonly access: AccessDirectory;
}

export interface TeamSubject extends StoreSubject<{
    readonly team: TeamStore;
}> {
    readonly access: AccessDirectory;
}

export interface UsageSubject extends StoreSubject<{
    readonly usage: UsageStore;
}> {
    readonly directory: UsageDirectory;
}

export type AssignmentSubject = StoreSubject<{
    readonly contacts: ContactStore;
    readonly conversations: ConversationStore;
    readonly assignments: ReturnType<typeof createMemoryAssignmentStore>;
}>;

export type AuditSubject = StoreSubject<{
    readonly audit: AuditStore;
}>;

export type CatalogListSubject = StoreSubject<{
    readonly catalog: CatalogStore;
    readonly catalogLists: CatalogLists;
}>;

export type CatalogSubject = StoreSubject<{
    readonly accounts: AccountStore;
    readonly catalog: CatalogStore;
    readonly events: EventStore;
}>;

export type ContactListSubject = StoreSubject<{
    readonly contacts: ContactStore;
    readonly contactLists: ContactLists;
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

export type ModelScript = readonly ScriptedStep[] | ((request: ModelRequest, index: number) => ScriptedStep | Promise<ScriptedStep>);

export type ReachSubject = StoreSubject<{
    readonly accounts: AccountStore;
    readonly contacts: ContactStore;
    readonly contactLists: ContactLists;
    readonly conversations: ConversationStore;
    readonly orders: OrderStore;
    readonly outbox: OutboxStore;
}>;

export type TurnSubject = StoreSubject<{
    readonly contacts: ContactStore;
    readonly conversations: ConversationStore;
    readonly turns: TurnStore;
}>;

// named by the above

declare const brandName: unique symbol;

export declare const authorityActions: readonly ["inform", "change_draft", "propose_order", "propose_backorder", "cancel_order", "change_order", "set_preference", "hand_off"];

export declare const businessTopics: readonly ["hours", "address", "delivery", "payment", "returns", "custom"];

export declare const locales: readonly ["en", "es", "pt", "ar"];

export declare const orderStatuses: readonly ["draft", "awaiting_customer", "confirmed", "cancelled", "expired"];

export declare const permissions: readonly ["conversation:read", "conversation:reply", "conversation:assign", "conversation:close", "contact:read", "contact:update", "contact:reveal_identifier", "order:read", "order:write", "quote:read", "quote:write", "ticket:read", "ticket:write", "appointment:read", "appointment:write", "catalog:read", "catalog:write", "template:write", "ai:write", "settings:read", "settings:write", "channel:read", "channel:write", "member:read", "member:invite", "member:change_role", "member:remove", "apikey:manage", "privacy:report", "privacy:request_create", "privacy:execute", "privacy:view_restricted", "export:bulk", "tenant:close", "audit:read", "audit:read_own"];

export declare const roles: readonly ["owner", "admin", "agent", "viewer"];

export declare const unitScales: {
    readonly C62: 0;
    readonly KGM: 3;
    readonly LTR: 3;
    readonly MTR: 3;
    readonly HUR: 2;
    readonly DAY: 2;
};

export declare const usageNames: readonly ["page.live", "page.team", "page.numbers", "page.keys", "page.account", "feature.conversation-read", "feature.conversation-taken-over", "feature.conversation-given-back", "feature.conversation-resolved", "feature.reply", "feature.send-resent", "feature.send-discarded", "feature.event-replayed", "feature.member-invited", "feature.member-changed", "feature.number-connected", "feature.number-checked", "feature.number-disconnected", "feature.key-created", "feature.key-rotated", "feature.key-revoked", "feature.passkey-added", "feature.sign-out"];

export declare function createMemoryAssignmentStore(database: MemoryDatabase, tenantId: TenantId): {
    release(memberId: MemberId, at: Date): Promise<readonly {
        readonly conversationId: ConversationId;
        readonly ownerEpoch: number;
        readonly version: number;
    }[]>;
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

export interface AppDirectory {
    /** Every app, by id. */
    apps(): Promise<readonly AppEntry[]>;
}

export interface AppEntry {
    readonly tenantId: TenantId;
    readonly appId: string;
}

export interface AssignmentStore {
    /** Gives every open conversation that is assigned to a member back to the queue; returns them. */
    release(memberId: MemberId, at: Date): Promise<readonly Released[]>;
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

export interface AudioMessage {
    readonly kind: 'audio';
    readonly media: MediaSource;
    readonly voice?: boolean;
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

export interface AuthorityRule {
    readonly level: AuthorityLevel;
    readonly limitMinor?: number;
    /** Default `staff`. */
    readonly above?: AuthorityLevel;
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

export interface FakeMessengerOptions {
    /** Advice per Graph code. Default: that of the contract's codes; all others fail. */
    readonly advice?: (code: number) => Advice;
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

export interface Identity {
    readonly kind: 'wa_phone' | 'wa_bsuid' | 'wa_parent_bsuid' | 'wa_username' | 'email' | 'external';
    readonly scope: string;
    /** As received, except usernames: without `@`, lower case. */
    readonly value: string;
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

export interface Membership {
    readonly tenantId: TenantId;
    readonly memberId: MemberId;
    readonly role: Role;
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

export interface MessengerControl {
    next(fault: MessengerFault): Promise<void>;
    /** The messages that arrived, in order. */
    arrived(): Promise<readonly ArrivedMessage[]>;
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

export interface PipelineStores extends ContactStores, ConversationStores {
    readonly ahead: ReadAhead;
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

export interface ProductQuery {
    /** Products that come after this one in the list. */
    readonly after?: ProductId;
    readonly limit: number;
    /** Default: in any state. */
    readonly statuses?: readonly Product['status'][];
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

export interface Secrets {
    /** Versions at hand, ascending; keys are wrapped under the last. */
    versions(): Promise<readonly number[]>;
    /** Encrypts a key for one place under the newest version. */
    wrap(key: Uint8Array, place: Place): Promise<WrappedKey>;
    /** The key again. Throws `seal_broken` when bytes or place differ, or the version is not at hand. */
    unwrap(wrapped: WrappedKey, place: Place): Promise<Uint8Array>;
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

export interface TraceStep {
    readonly step: string;
    readonly outcome: string;
    readonly detail?: {
        readonly [key: string]: string | number | boolean;
    };
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

export interface WireCall {
    readonly callId: string;
    readonly name: string;
    readonly arguments: string;
}

export interface WireUsage {
    readonly input: number;
    readonly cachedInput: number;
    readonly output: number;
}

export interface Within {
    readonly assigneeId: string;
    readonly withQueue: boolean;
}

export interface WrappedKey {
    readonly rootVersion: number;
    readonly bytes: Uint8Array;
}

export type AccessClaim = SessionClaim | KeyClaim;

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

export type AuditActor = Pick<Actor, 'kind' | 'id' | 'via' | 'onBehalfOf' | 'evidence'>;

export type AuditFact = string | number | boolean | null;

export type AuthMethod = 'otp' | 'hwk' | 'host';

export type AuthorityAction = (typeof authorityActions)[number];

export type AuthorityLevel = 'alone' | 'button' | 'staff' | 'refused';

export type BlobId = Brand<'BlobId'>;

export type Brand<Name extends string> = string & {
    readonly [brandName]: Name;
};

export type BusinessTopic = (typeof businessTopics)[number];

export type ChannelId = Brand<'ChannelId'>;

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

export type LaneAfterTurn = 'empty' | 'waits' | 'kept' | 'lost';

export type Locale = (typeof locales)[number];

export type MailOutcome = {
    readonly kind: 'accepted';
} | {
    readonly kind: 'refused' | 'failed';
    readonly reason: string;
};

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

export type OperatorRole = 'support' | 'privacy_officer';

export type Order = OrderOf<OrderLine>;

export type OrderId = Brand<'OrderId'>;

export type OrderStatus = (typeof orderStatuses)[number];

export type OutboundMessage = TextMessage | ImageOrVideoMessage | DocumentMessage | AudioMessage | StickerMessage | ButtonsMessage | ListMessage | LinkMessage | ProductMessage | ProductListMessage | CatalogMessage | TemplateMessage | LocationMessage | ContactsMessage | ReactionMessage | RequestMessage;

export type OutboxId = Brand<'OutboxId'>;

export type OutboxState = 'queued' | 'sending' | 'unknown' | 'parked' | 'accepted' | 'failed' | 'discarded';

export type Permission = (typeof permissions)[number];

export type Place = readonly string[];

export type PriceId = Brand<'PriceId'>;

export type ProductId = Brand<'ProductId'>;

export type Reach = 'assigned' | 'queue';

export type Role = (typeof roles)[number];

export type ScriptedStep = ModelReply | {
    readonly kind: 'silent';
} | {
    readonly kind: 'slow';
    readonly afterMs: number;
    readonly reply: ModelReply;
};

export type SealScope = TenantId | 'platform';

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

export type WireAnswer = {
    readonly kind: 'text';
    readonly text: string;
    readonly usage: WireUsage;
} | {
    readonly kind: 'calls';
    readonly calls: readonly WireCall[];
    readonly usage: WireUsage;
} | {
    readonly kind: 'status';
    readonly status: number;
    readonly retryAfter?: string;
} | {
    readonly kind: 'refusal' | 'cut_off' | 'not_json' | 'wrong_shape' | 'half_json' | 'huge' | 'silent' | 'stalled' | 'dripping' | 'reset' | 'unreachable';
};
