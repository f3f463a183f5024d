// @auronx/sdk/auth exports: AccessClaim, AccessClaims, ApiKey, ApiKeyMade, ApiKeyStore, ApiKeyStores, ApiKeyView, ApiKeys, ApiKeysDeps, AttemptStore, Auth, AuthMethod, AuthOptions, AuthProvider, AuthProviderDeps, AuthRequest, AuthStorage, AuthStores, CeremonyDeps, CodeBudget, CodeCounts, CodeRequest, CodeRequested, CodeSignIn, CodeSignInDeps, CodeVerified, Entrance, Entry, EntryDeps, EntryRefusal, EntryRequest, IdentityStores, IdentityWork, KeyClaim, KeyEnvironment, KeyPlace, KeyPrincipal, KeyRing, KeyRingDeps, KeySealer, KeyText, MemberPrincipal, NewOperator, NewPasskey, OperatorEnrolment, OperatorInvited, OperatorPrincipal, OperatorSession, OperatorSessionStore, OperatorSignedIn, Operators, OperatorsDeps, OwnProvider, Passkey, PasskeyAdded, PasskeyBegun, PasskeyDuty, PasskeyOptions, PasskeySignIn, PasskeySignInDeps, PasskeyStore, PasskeyVerified, PasskeyView, Passkeys, People, PeopleDeps, Principal, Profile, ProofDeps, PublicJwk, RefreshToken, Session, SessionClaim, SessionRefusal, SessionStore, SessionStores, Sessions, SessionsDeps, SignInAttempt, SignUp, SignedIn, SignedInPerson, SigningKey, SigningKeyStore, TokenNames, VerifiedClaims, accessTokenMs, actorOf, attemptKeepMs, attemptMs, attemptTries, budgetWindowMs, clockSkewSeconds, codeBudget, createApiKeys, createAuth, createAuthProvider, createCodeSignIn, createEntry, createKeyRing, createOperatorEnrolment, createOperators, createOwnSessions, createPasskeyDuty, createPasskeySignIn, createPeople, createSealedSigningKeys, createSessions, idleMs, maxKeyMs, maxKeys, maxOverlapMs, maxOwnedTenants, parseKey, passkeyDueAt, passkeyRoles, passkeyWithinMs, publishBeforeMs, refreshGraceMs, resolveActor, ringCacheMs, sessionMs, signAccessToken, signingKeyMs, verifyAccessToken

export declare const accessTokenMs: number;

export declare const attemptKeepMs = 3600000;

export declare const attemptMs: number;

export declare const attemptTries = 5;

export declare const budgetWindowMs: number;

export declare const clockSkewSeconds = 5;

export declare const codeBudget: CodeBudget;

export declare const idleMs: number;

export declare const maxKeyMs: number;

export declare const maxKeys = 50;

export declare const maxOverlapMs: number;

export declare const maxOwnedTenants = 10;

export declare const passkeyRoles: readonly Role[];

export declare const passkeyWithinMs: number;

export declare const publishBeforeMs: number;

export declare const refreshGraceMs = 10000;

export declare const ringCacheMs = 60000;

export declare const sessionMs: number;

export declare const signingKeyMs: number;

export declare function actorOf(principal: MemberPrincipal | KeyPrincipal, { via, evidence }?: {
    readonly via?: ActorVia;
    readonly evidence?: Evidence;
}): Actor;

export declare function createApiKeys(deps: ApiKeysDeps): ApiKeys;

export declare function createAuth<Stores extends AuthStores>(options: AuthOptions<Stores>): Auth<Stores>;

export declare function createAuthProvider(deps: AuthProviderDeps): OwnProvider;

export declare function createCodeSignIn(deps: CodeSignInDeps): CodeSignIn;

export declare function createEntry(deps: EntryDeps): Entry;

export declare function createKeyRing(deps: KeyRingDeps): KeyRing;

export declare function createOperatorEnrolment(deps: CeremonyDeps): OperatorEnrolment;

export declare function createOperators(deps: OperatorsDeps): Operators;

export declare function createOwnSessions({ work, clock, random, }: Pick<SessionsDeps, 'work' | 'clock' | 'random'>): Pick<Sessions, 'list' | 'revoke' | 'revokeAll'>;

export declare function createPasskeyDuty(deps: {
    readonly identity: IdentityWork;
    readonly clock: Clock;
}): PasskeyDuty;

export declare function createPasskeySignIn(deps: PasskeySignInDeps): PasskeySignIn;

export declare function createPeople(deps: PeopleDeps): People;

export declare function createSealedSigningKeys(identity: IdentityWork): SealedColumn;

export declare function createSessions(deps: SessionsDeps): Sessions;

export declare function parseKey(text: string): KeyText | undefined;

export declare function passkeyDueAt({ role, updatedAt }: Bound): Date | undefined;

export declare function resolveActor(provider: AuthProvider, request: AuthRequest, options?: {
    readonly via?: ActorVia;
    readonly requestId?: string;
}): Promise<Actor>;

export declare function signAccessToken(deps: {
    readonly keys: KeyRing;
    readonly clock: Clock;
    readonly ids: Ids;
}, names: TokenNames, claims: AccessClaims): Promise<{
    readonly token: string;
    readonly expiresAt: Date;
}>;

export declare function verifyAccessToken(deps: {
    readonly keys: KeyRing;
    readonly clock: Clock;
}, names: TokenNames, token: string): Promise<VerifiedClaims>;

export interface AccessClaims {
    readonly userId: UserId;
    readonly tenantId: TenantId;
    readonly sessionId: SessionId;
    readonly sessionVersion: number;
    readonly methods: readonly AuthMethod[];
    readonly authenticatedAt: Date;
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

export interface ApiKeyStores {
    readonly accounts: AccountStore;
    readonly team: TeamStore;
    readonly apiKeys: ApiKeyStore;
}

export interface ApiKeys {
    /**
     * Makes a key with `apikey:manage` and a recent sign-in. Throws `invalid_input` for a name of more than 120
     * characters or a life over a year.
     */
    create(actor: Actor, wanted: {
        readonly name: string;
        readonly scopes: readonly Permission[];
        /** Default: 90 days from now. */
        readonly expiresAt?: Date;
    }): Promise<ApiKeyMade>;
    /** Gives a key a new secret; the old one holds for `overlapMs`, by default a day, at most seven. */
    rotate(actor: Actor, id: string, overlapMs?: number): Promise<ApiKeyMade>;
    /** Ends a key at once; returns false when there is none alive. Throws `not_permitted`. */
    revoke(actor: Actor, id: string): Promise<boolean>;
    /** All keys, newest first. Throws `not_permitted` without `apikey:manage`. */
    list(actor: Actor): Promise<readonly ApiKeyView[]>;
    /** Who a key's text stands for. Throws `unauthenticated` for anything that is no live key. */
    authenticate(text: string): Promise<ReadKey>;
}

export interface ApiKeysDeps {
    readonly work: UnitOfWork<ApiKeyStores>;
    readonly access: AccessDirectory;
    readonly clock: Clock;
    readonly random: Random;
    /** Stands in the text of new keys. Default `live`. */
    readonly environment?: KeyEnvironment;
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

export interface Auth<Stores extends AuthStores> {
    readonly team: Team;
    readonly codes: CodeSignIn;
    readonly passkeys?: PasskeySignIn;
    readonly entry: Entry;
    readonly sessions: Sessions;
    readonly apiKeys: ApiKeys;
    readonly people: People;
    readonly operators: Operators;
    /** Who owes a passkey; absent where nobody does. */
    readonly passkeyDuty?: PasskeyDuty;
    /**
     * Whether a signed-in member has to add a passkey by now, for what outlives a request: a stream ends when the answer is another
     * than `owesPasskey` was when it was opened. Throws `unauthenticated` when the session is over. Never true for who has none.
     */
    owesPasskey(principal: MemberPrincipal): Promise<boolean>;
    /** Absent without passkeys, which are the only way in for operators. */
    readonly enrolment?: OperatorEnrolment;
    readonly keys: KeyRing;
    readonly provider: OwnProvider;
    /**
     * The unit of work of one request: for a session or an API key of ours, every transaction asserts first that it,
     * and the membership behind it are still what `provider` read and the tenant is open, of a recalled principal also that
     * the tenant's settings are. Hand it to `auronx.within`.
     */
    workOf(principal: Principal): UnitOfWork<Stores>;
}

export interface AuthOptions<Stores extends AuthStores> {
    readonly storage: AuthStorage<Stores>;
    readonly mailer: Mailer;
    /** Seals the private halves of signing keys. */
    readonly sealer: KeySealer;
    /** `iss` and `aud` of access tokens: this server's address, and what the tokens are for. */
    readonly names: TokenNames;
    /** Without it nobody signs in with passkeys. */
    readonly passkeys?: Passkeys;
    /** Whether owners and admins have to add a passkey within seven days. Default: when there are `passkeys`. */
    readonly requirePasskeys?: boolean;
    /** Address of the page that a mailed code's link opens. */
    readonly signInLink?: (code: string) => string;
    /** Address of the page that shows an invitation. */
    readonly invitationLink?: (token: string) => string;
    readonly budget?: CodeBudget;
    /** Default `live`. */
    readonly keyEnvironment?: KeyEnvironment;
    /** Default: the platform's clock. */
    readonly clock?: Clock;
    readonly ids?: Ids;
    readonly random?: Random;
}

export interface AuthProviderDeps {
    readonly work: UnitOfWork<{
        readonly accounts: AccountStore;
        readonly team: TeamStore;
        readonly sessions: SessionStore;
    }>;
    readonly apiKeys: Pick<ApiKeys, 'authenticate'>;
    readonly keys: KeyRing;
    readonly clock: Clock;
    readonly names: TokenNames;
    /** Without it nobody owes a passkey. */
    readonly passkeyDuty?: PasskeyDuty;
}

export interface CeremonyDeps {
    readonly identity: IdentityWork;
    readonly passkeys: Passkeys;
    readonly clock: Clock;
    readonly ids: Ids;
    readonly random: Random;
}

export interface CodeSignInDeps {
    readonly identity: IdentityWork;
    readonly access: AccessDirectory;
    readonly work: UnitOfWork<SessionStores>;
    readonly mailer: Mailer;
    readonly clock: Clock;
    readonly ids: Ids;
    readonly random: Random;
    /** Address of the page that a mailed link opens; it must not use the code up before the person presses a button. */
    readonly signInLink?: (code: string) => string;
    /** Default: {@link codeBudget}. */
    readonly budget?: CodeBudget;
}

export interface EntryDeps extends ProofDeps, Pick<SessionsDeps, 'access'> {
    readonly work: UnitOfWork<TeamStores>;
    readonly sessions: Sessions;
}

export interface KeyRingDeps {
    readonly identity: IdentityWork;
    readonly sealer: KeySealer;
    readonly clock: Clock;
}

export interface KeyText {
    readonly environment: KeyEnvironment;
    /** Public, 12 characters. */
    readonly id: string;
    /** 256 random bits, 43 characters. */
    readonly secret: string;
}

export interface OperatorsDeps {
    readonly identity: IdentityWork;
    readonly clock: Clock;
    readonly random: Random;
}

export interface PasskeySignInDeps extends CeremonyDeps {
    readonly access: AccessDirectory;
}

export interface PeopleDeps {
    readonly identity: IdentityWork;
    readonly access: AccessDirectory;
    readonly work: UnitOfWork<SessionStores & {
        readonly apiKeys: ApiKeyStore;
    }>;
    readonly clock: Clock;
    readonly random: Random;
}

export interface VerifiedClaims extends AccessClaims {
    /** Thumbprint of the key that signed it. */
    readonly keyId: string;
    readonly tokenId: string;
    readonly expiresAt: Date;
}

export type AccessClaim = SessionClaim | KeyClaim;

export type ApiKeyMade = {
    readonly kind: 'made';
    readonly key: ApiKeyView;
    readonly text: string;
} | {
    readonly kind: 'refused';
    readonly reason: 'not_permitted' | 'reauthentication_required' | 'no_scopes' | 'never_for_keys' | 'stronger' | 'too_many' | 'not_found';
};

// named by the above

declare const brandName: unique symbol;

export declare const authorityActions: readonly ["inform", "change_draft", "propose_order", "propose_backorder", "cancel_order", "change_order", "set_preference", "hand_off"];

export declare const businessTopics: readonly ["hours", "address", "delivery", "payment", "returns", "custom"];

export declare const locales: readonly ["en", "es", "pt", "ar"];

export declare const operatorPermissions: readonly ["platform:list_tenants", "platform:suspend_tenant", "platform:health", "platform:audit_metadata", "platform:privacy_report", "platform:privacy_execute", "platform:close_tenant"];

export declare const permissions: readonly ["conversation:read", "conversation:reply", "conversation:assign", "conversation:close", "contact:read", "contact:update", "contact:reveal_identifier", "order:read", "order:write", "quote:read", "quote:write", "ticket:read", "ticket:write", "appointment:read", "appointment:write", "catalog:read", "catalog:write", "template:write", "ai:write", "settings:read", "settings:write", "channel:read", "channel:write", "member:read", "member:invite", "member:change_role", "member:remove", "apikey:manage", "privacy:report", "privacy:request_create", "privacy:execute", "privacy:view_restricted", "export:bulk", "tenant:close", "audit:read", "audit:read_own"];

export declare const roles: readonly ["owner", "admin", "agent", "viewer"];

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

export interface AuthProvider {
    /** The principal, or nothing when no proof was offered. Throws `unauthenticated` for a proof that does not hold. */
    authenticate(request: AuthRequest): Promise<Principal | undefined>;
}

export interface AuthRequest {
    /** The `Authorization` header as it came. */
    readonly authorization?: string;
    /** The access token of the session cookie. */
    readonly sessionToken?: string;
}

export interface AuthStorage<Stores extends AuthStores> {
    readonly work: UnitOfWork<Stores>;
    readonly identity: IdentityWork;
    readonly access: AccessDirectory;
    readonly workFor: (claim: AccessClaim, clock: Clock) => UnitOfWork<Stores>;
}

export interface AuthStores extends TeamStores, SessionStores, ApiKeyStores {
    readonly sessions: SessionStores['sessions'];
    readonly apiKeys: ApiKeyStores['apiKeys'];
}

export interface AuthorityRule {
    readonly level: AuthorityLevel;
    readonly limitMinor?: number;
    /** Default `staff`. */
    readonly above?: AuthorityLevel;
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

export interface Clock {
    /** The current instant, in UTC with millisecond precision. */
    now(): Date;
}

export interface CodeBudget {
    /** To one address, asked for from one network. Default 5. */
    readonly perAddress: number;
    /** To one address, from all networks. Default 15. */
    readonly perAddressInAll: number;
    /** Asked for from one network, to any address. Default 60. */
    readonly perNetwork: number;
    /** Asked for in one known browser. Default 5. */
    readonly perDevice: number;
    /** To strangers in all, and as many again to known browsers. Default 2,000. */
    readonly inAll: number;
}

export interface CodeCounts {
    readonly toAddress: number;
    readonly toAddressFromNetwork: number;
    readonly fromNetwork: number;
    readonly toStrangers: number;
    readonly fromDevice: number;
    readonly toDevices: number;
}

export interface CodeRequest {
    readonly email: string;
    readonly locale: Locale;
    /** What stands for the network that asks, so that one network cannot use up what is there for all. */
    readonly network?: string;
    /**
     * What stands for a browser in which this address was proven before; the caller has made sure of that. It has a share of its
     * own, however many codes others ask for.
     */
    readonly device?: string;
}

export interface CodeSignIn {
    /** Mails a code, as far as the budget goes. Throws `invalid_input` for what is no address. */
    start(request: CodeRequest): Promise<CodeRequested>;
    /**
     * Proves the address to the browser that asked; from then on it has ten minutes to enter. Call it from a POST only:
     * mail scanners follow links. The first proof of an address voids what hung on the account before.
     */
    verify(request: {
        readonly browser: string;
        readonly code: string;
    }): Promise<CodeVerified>;
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

export interface Entrance {
    readonly tenantId: TenantId;
    readonly userId: UserId;
    readonly methods: readonly AuthMethod[];
    readonly authenticatedAt: Date;
    /** Browser and system in a few words. */
    readonly device?: string;
}

export interface Entry {
    /** Opens a session in a tenant that the person is a member of. */
    enter(request: EntryRequest & {
        readonly tenantId: TenantId;
    }): Promise<SignedIn | EntryRefusal>;
    /**
     * Makes a tenant with the person as its owner, and an account when there is none. Throws `invalid_input`,
     * `unknown_time_zone`, `unknown_currency`.
     */
    signUp(request: SignUp): Promise<SignedIn | EntryRefusal>;
    /** Accepts an invitation that was sent to the proven address, and opens a session. */
    accept(request: EntryRequest & {
        readonly token: string;
        readonly profile: Profile;
    }): Promise<SignedIn | EntryRefusal>;
    /** Notes the proof in an open session, for sensitive commands. */
    stepUp(request: EntryRequest & {
        readonly tenantId: TenantId;
        readonly sessionId: SessionId;
    }): Promise<Omit<SignedIn, 'refreshToken'> | EntryRefusal>;
}

export interface EntryRequest {
    /** The cookie value of the browser that gave the proof. */
    readonly browser: string;
    /** Browser and system in a few words. */
    readonly device?: string;
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

export interface KeyPlace {
    /** Signing keys belong to no tenant. */
    readonly tenantId: 'platform';
    readonly table: string;
    readonly column: string;
    readonly rowId: string;
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

export interface KeyRing {
    /** What verifies now and soon: active, next and retiring. At most {@link ringCacheMs} old. */
    publicKeys(): Promise<readonly PublicJwk[]>;
    /** One key that verifies; an unknown id looks again, at most every ten seconds. */
    publicKey(kid: string): Promise<PublicJwk | undefined>;
    /** The key to sign with. Makes the first one when there is none. */
    signer(): Promise<{
        readonly kid: string;
        readonly key: WebKey;
    }>;
    /**
     * Moves every key on that is due: makes what is missing, activates `next` when the active key is
     * {@link signingKeyMs} old and `next` has been public for a day, deletes what retired. Call it daily; safe to repeat.
     */
    rotate(): Promise<readonly SigningKey[]>;
    /** Ends a key at once: its tokens are refused from the next tenant transaction on; a fresh key signs. */
    revoke(kid: string): Promise<void>;
}

export interface KeySealer {
    seal(context: KeyPlace, bytes: Uint8Array): Promise<Uint8Array>;
    /** Throws when the bytes were not sealed for this context. */
    open(context: KeyPlace, bytes: Uint8Array): Promise<Uint8Array>;
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

export interface MemberEndings {
    /** Ends everything of a member; returns how many. */
    revokeOf(memberId: MemberId, at: Date, reason: string): Promise<number>;
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

export interface NewOperator {
    readonly email: string;
    /** 1 to 120 characters. */
    readonly name: string;
    readonly role: OperatorRole;
    readonly locale: Locale;
}

export interface NewPasskey {
    /** Credential id, base64url. */
    readonly id: string;
    readonly publicKey: Uint8Array;
    readonly counter: number;
    readonly transports: readonly string[];
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

export interface OperatorEnrolment {
    /**
     * Makes an operator, or begins anew with one that is there: its passkeys and sessions end, because they may be in other
     * hands. Gives a token for a passkey. For whoever runs the server: nothing is checked. Throws `invalid_input` for what is no address or no name.
     */
    invite(operator: NewOperator): Promise<OperatorInvited>;
    /** What a browser needs to make the passkey; nothing for a token that is over. Asking does not use the token up. */
    begin(token: string): Promise<PasskeyOptions | undefined>;
    /** Keeps the passkey that a browser made; uses the token up, whatever comes of it. */
    finish(answer: {
        readonly token: string;
        readonly response: unknown;
        readonly name: string;
    }): Promise<PasskeyAdded>;
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

export interface OperatorSignedIn {
    readonly kind: 'signed_in';
    readonly token: string;
    readonly expiresAt: Date;
}

export interface Operators {
    /** Spends a passkey proof that was begun for the audience `operator`. */
    enter(browser: string): Promise<OperatorSignedIn | {
        readonly kind: 'refused';
        readonly reason: 'no_proof';
    }>;
    /** Who a token stands for, with the role as it is now. Throws `unauthenticated`. */
    authenticate(token: string): Promise<OperatorPrincipal>;
    /** Ends the token's session. */
    leave(token: string): Promise<void>;
    /** Ends every session of an operator; returns how many. */
    leaveEverywhere(userId: UserId): Promise<number>;
}

export interface OwnProvider extends AuthProvider {
    /**
     * Whom this access token or API key stood for when it was last authenticated, without asking the database; nothing when
     * that is not remembered, was more than a minute ago, or the token is over. Good for transactions of
     * `workOf(principal)` only: each asserts that session or key, membership and tenant settings are still what was read,
     * and fails with `unauthenticated` otherwise.
     */
    recall(request: AuthRequest): MemberPrincipal | KeyPrincipal | undefined;
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

export interface PasskeyBegun {
    readonly browser: string;
    readonly options: PasskeyOptions;
}

export interface PasskeyDuty {
    /** Until when a member has to add a passkey; nothing for who need not, or has one. */
    dueAt(member: Bound): Promise<Date | undefined>;
    /** Whether that time is over. Asks storage only then, and at most once a minute for who has a passkey. */
    isOverdue(member: Bound): Promise<boolean>;
}

export interface PasskeySignIn {
    /** `audience` is the door: people of tenants by default, or operators of the platform. */
    begin(locale: Locale, audience?: SignInAttempt['audience']): Promise<PasskeyBegun>;
    /** Proves a person to the browser that began; it has ten minutes to enter. */
    verify(answer: {
        readonly browser: string;
        readonly response: unknown;
    }): Promise<PasskeyVerified>;
    /**
     * Begins to add a passkey; nothing for a person who may not sign in. Throws `reauthentication_required` unless the
     * person signed in within five minutes: whoever borrows a session must not make it last.
     */
    beginAdding(person: SignedInPerson): Promise<PasskeyBegun | undefined>;
    add(answer: {
        readonly userId: UserId;
        readonly browser: string;
        readonly response: unknown;
        readonly name: string;
    }): Promise<PasskeyAdded>;
    list(userId: UserId): Promise<readonly PasskeyView[]>;
    /** Removes one; returns false when there is none. Throws `reauthentication_required` as `beginAdding` does. */
    remove(person: SignedInPerson, id: string): Promise<boolean>;
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

export interface Passkeys {
    /** Options to make a passkey; those the user has are excluded. `challenge` is base64url. */
    registrationOptions(request: {
        readonly challenge: string;
        /** Opaque handle of the user, base64url; no personal data. */
        readonly userHandle: string;
        readonly userName: string;
        readonly displayName: string;
        readonly existing: readonly Pick<Passkey, 'id' | 'transports'>[];
    }): Promise<PasskeyOptions>;
    /** The passkey in a browser's answer, or nothing when the answer does not hold. */
    verifyRegistration(answer: {
        readonly challenge: string;
        readonly response: unknown;
    }): Promise<NewPasskey | undefined>;
    /** Options to sign in with any passkey of this site. */
    signInOptions(request: {
        readonly challenge: string;
    }): Promise<PasskeyOptions>;
    /** Which passkey an answer claims to be of, before anything is proven. */
    claimedId(response: unknown): string | undefined;
    /** The passkey's new counter when the answer holds, or nothing. */
    verifySignIn(answer: {
        readonly challenge: string;
        readonly response: unknown;
        readonly passkey: Pick<Passkey, 'id' | 'publicKey' | 'counter' | 'transports'>;
    }): Promise<{
        readonly counter: number;
    } | undefined>;
}

export interface People {
    /**
     * Closes the account of an address: nobody signs in with it any more, its sessions and the API keys it made end in every
     * business with their next request, and its passkeys are deleted, because one may be an intruder's. Places in businesses
     * stay. Returns how many sessions ended; nothing when there is no such account. Safe to repeat after a failure.
     */
    disable(email: string): Promise<number | undefined>;
    /** Opens a closed account again; false when there is none. Safe to repeat after a failure. */
    enable(email: string): Promise<boolean>;
}

export interface Profile {
    readonly name: string;
    readonly phone?: string;
    readonly locale: Locale;
}

export interface ProofDeps {
    readonly identity: IdentityWork;
    readonly clock: Clock;
    readonly ids: Ids;
}

export interface PublicJwk {
    readonly kty: 'OKP';
    readonly crv: 'Ed25519';
    readonly x: string;
    readonly kid: string;
    readonly alg: 'EdDSA';
    readonly use: 'sig';
}

export interface Random {
    /** `length` random bytes, cryptographically strong in production. */
    bytes(length: number): Uint8Array;
}

export interface ReadKey {
    readonly principal: KeyPrincipal;
    readonly tenantVersion: number;
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

export interface SessionRefusal {
    readonly kind: 'refused';
    readonly reason: 'reused' | 'over';
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

export interface SessionStores {
    readonly team: TeamStore;
    readonly sessions: SessionStore;
    readonly audit: AuditStore;
}

export interface Sessions {
    /** Opens a session for a person who proved who it is. Refused as `over` unless it is an active member. */
    open(entrance: Entrance): Promise<SignedIn | SessionRefusal>;
    /**
     * New tokens for a refresh token. The same token gives the same successor for ten seconds; after that its coming back
     * ends the session.
     */
    refresh(refreshToken: string): Promise<SignedIn | SessionRefusal>;
    /** Notes a fresh proof in a session, for sensitive commands. Tokens issued before keep their older time. */
    stepUp(tenantId: TenantId, id: SessionId, proof: Pick<Entrance, 'userId' | 'methods'>): Promise<Omit<SignedIn, 'refreshToken'> | SessionRefusal>;
    /** The caller's own live sessions, newest first. */
    list(actor: Actor): Promise<readonly Session[]>;
    /** Ends one of the caller's own sessions, at once. Returns false when there is none. */
    revoke(actor: Actor, id: SessionId): Promise<boolean>;
    /** Ends all of the caller's own sessions in this tenant, at once, and writes that into the audit log; returns how many. */
    revokeAll(actor: Actor): Promise<number>;
}

export interface SessionsDeps {
    readonly work: UnitOfWork<SessionStores>;
    readonly identity: IdentityWork;
    readonly access: AccessDirectory;
    readonly keys: KeyRing;
    readonly clock: Clock;
    readonly ids: Ids;
    readonly random: Random;
    readonly names: TokenNames;
    /** Called after a session ended because an old refresh token came back. */
    readonly onReuse?: (session: Session, tenantId: TenantId) => Promise<void>;
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

export interface SignUp extends EntryRequest, NewTenant {
    /** The person's name. */
    readonly name: string;
    readonly phone?: string;
}

export interface SignedIn {
    readonly kind: 'signed_in';
    readonly tenantId: TenantId;
    readonly session: Session;
    readonly accessToken: string;
    readonly accessExpiresAt: Date;
    /** Single use; comes new with every refresh. */
    readonly refreshToken: string;
}

export interface SignedInPerson {
    readonly userId: UserId;
    readonly authenticatedAt: Date;
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

export interface TokenNames {
    readonly issuer: string;
    /** Tokens of the dashboard, of machines and of operators have different audiences. */
    readonly audience: string;
}

export interface UnitOfWork<Stores> {
    /**
     * Runs `body` in one transaction and returns what it returns. Throws what `body` throws after rolling back;
     * `storage_unavailable` (retryable) when the database cannot be reached.
     */
    run<Result>(tenantId: TenantId, body: (stores: Stores) => Promise<Result>): Promise<Result>;
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

export type ActorVia = 'whatsapp' | 'dashboard' | 'api' | 'job' | 'host';

export type ApiKeyView = Omit<ApiKey, 'secretHash' | 'previous'> & {
    /** Until when the secret before the rotation still holds. */
    readonly previousUntil?: Date;
};

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

export type CodeRequested = {
    readonly kind: 'sent';
    readonly browser: string;
    readonly expiresAt: Date;
} | {
    readonly kind: 'refused';
    readonly reason: 'too_many' | 'not_sent';
};

export type CodeVerified = {
    readonly kind: 'verified';
    readonly email: string;
    /** Whether the person has an account; without one it can sign up or accept an invitation. */
    readonly isKnown: boolean;
    readonly memberships: readonly Membership[];
} | {
    readonly kind: 'refused';
    readonly reason: 'wrong_code';
    readonly triesLeft: number;
} | {
    readonly kind: 'refused';
    readonly reason: 'over' | 'disabled';
};

export type ContactId = Brand<'ContactId'>;

export type ConversationId = Brand<'ConversationId'>;

export type EntryRefusal = {
    readonly kind: 'refused';
    readonly reason: 'no_proof' | 'not_a_member' | 'already_member' | 'too_many' | 'unknown' | 'expired' | 'other_address' | 'void';
} | SessionRefusal;

export type InboxEventId = Brand<'InboxEventId'>;

export type InvitationView = Omit<Invitation, 'tokenHash'>;

export type InviteOutcome = {
    readonly kind: 'invited';
    readonly invitation: InvitationView;
    readonly isSent: boolean;
} | {
    readonly kind: 'refused';
    readonly reason: 'not_permitted' | 'stronger' | 'already_member' | 'too_many' | 'too_soon';
};

export type JobId = Brand<'JobId'>;

export type Json = string | number | boolean | null | readonly Json[] | {
    readonly [key: string]: Json;
};

export type KeyEnvironment = 'live' | 'test';

export type Locale = (typeof locales)[number];

export type MailOutcome = {
    readonly kind: 'accepted';
} | {
    readonly kind: 'refused' | 'failed';
    readonly reason: string;
};

export type MemberId = Brand<'MemberId'>;

export type MemberOutcome = {
    readonly kind: 'changed';
    readonly member: Member;
} | {
    readonly kind: 'refused';
    readonly reason: 'not_found' | 'not_permitted' | 'reauthentication_required' | 'stronger' | 'last_owner' | 'illegal_transition';
};

export type MessageId = Brand<'MessageId'>;

export type OperatorInvited = {
    readonly kind: 'invited';
    readonly token: string;
    readonly expiresAt: Date;
} | {
    readonly kind: 'refused';
    readonly reason: 'has_account' | 'disabled';
};

export type OperatorPermission = (typeof operatorPermissions)[number];

export type OperatorRole = 'support' | 'privacy_officer';

export type OrderId = Brand<'OrderId'>;

export type OutboxId = Brand<'OutboxId'>;

export type PasskeyAdded = {
    readonly kind: 'added';
    readonly passkey: PasskeyView;
} | {
    readonly kind: 'refused';
    readonly reason: 'not_verified' | 'too_many';
};

export type PasskeyOptions = Json;

export type PasskeyVerified = {
    readonly kind: 'verified';
    readonly memberships: readonly Membership[];
} | {
    readonly kind: 'refused';
    readonly reason: 'not_verified';
};

export type PasskeyView = Pick<Passkey, 'id' | 'name' | 'createdAt' | 'lastUsedAt'>;

export type Permission = (typeof permissions)[number];

export type PriceId = Brand<'PriceId'>;

export type Principal = MemberPrincipal | KeyPrincipal | OperatorPrincipal;

export type ProductId = Brand<'ProductId'>;

export type Reach = 'assigned' | 'queue';

export type Role = (typeof roles)[number];

export type SealScope = TenantId | 'platform';

export type SessionId = Brand<'SessionId'>;

export type TenantId = Brand<'TenantId'>;

export type TenantStatus = 'active' | 'suspended' | 'closing' | 'closed';

export type TurnId = Brand<'TurnId'>;

export type UserId = Brand<'UserId'>;

export type VariantId = Brand<'VariantId'>;

export type WebKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

type Bound = Pick<Member, 'userId' | 'role' | 'updatedAt'>;
