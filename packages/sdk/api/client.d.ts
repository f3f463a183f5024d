// @auronx/sdk/client exports: CallInput, Client, ClientOptions, EventOptions, Operations, createClient

export declare function createClient(options: ClientOptions): Client;

export interface Client extends Operations {
    /** What happens, as it happens; see {@link readEvents}. */
    events(options: EventOptions): AsyncIterable<EventDocument>;
}

export interface ClientOptions {
    /** Address of the server, without `/v1`. */
    readonly baseUrl: string;
    /** The access token or API key of now; asked before every request. Without it the cookies of `fetch` decide. */
    readonly token?: () => string | Promise<string>;
    /**
     * Called when the server answers 401, once for all requests that fail together; resolves to whether trying again makes
     * sense, because `token` has a new one now.
     */
    readonly refresh?: () => Promise<boolean>;
    /** Default: the platform's. */
    readonly fetch?: typeof fetch;
    /** For one try, in milliseconds. Default 30,000. */
    readonly timeoutMs?: number;
    /** How often an answer of 429 or 503, or none at all, is tried again where that is safe. Default 2. */
    readonly retries?: number;
    /** Source of idempotency keys. Default: the platform's. */
    readonly random?: Random;
}

export type CallInput<Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType> = Part<'params', Params> & Part<'query', Query> & Part<'body', Body> & {
    /** Version of the aggregate the call is about: sent as `If-Match`, and the call fails when it moved on. */
    readonly version?: number;
    /** Default: a new one for each call, the same for its retries. */
    readonly idempotencyKey?: string;
    readonly signal?: AbortSignal;
};

// named by the above

declare function bindOperations(sender: Sender): {
    members: {
        list: (input: CallInput<z.ZodObject<{}, z.core.$strict>, z.ZodObject<{}, z.core.$strict>, z.ZodObject<{}, z.core.$strict>>) => Promise<{
            data: {
                id: string;
                email: string;
                name: string;
                role: "owner" | "admin" | "agent" | "viewer";
                status: "active" | "suspended" | "removed";
                createdAt: string;
                updatedAt: string;
                version: number;
            }[];
        }>;
        changeRole: (input: CallInput<z.ZodObject<{
            id: z.ZodUUID;
        }, z.core.$strict>, z.ZodObject<{}, z.core.$strict>, z.ZodObject<{
            role: z.ZodEnum<{
                owner: "owner";
                admin: "admin";
                agent: "agent";
                viewer: "viewer";
            }>;
        }, z.core.$strict>>) => Promise<{
            id: string;
            email: string;
            name: string;
            role: "owner" | "admin" | "agent" | "viewer";
            status: "active" | "suspended" | "removed";
            createdAt: string;
            updatedAt: string;
            version: number;
        }>;
        suspend: (input: CallInput<z.ZodObject<{
            id: z.ZodUUID;
        }, z.core.$strict>, z.ZodObject<{}, z.core.$strict>, z.ZodObject<{}, z.core.$strict>>) => Promise<{
            id: string;
            email: string;
            name: string;
            role: "owner" | "admin" | "agent" | "viewer";
            status: "active" | "suspended" | "removed";
            createdAt: string;
            updatedAt: string;
            version: number;
        }>;
        reactivate: (input: CallInput<z.ZodObject<{
            id: z.ZodUUID;
        }, z.core.$strict>, z.ZodObject<{}, z.core.$strict>, z.ZodObject<{}, z.core.$strict>>) => Promise<{
            id: string;
            email: string;
            name: string;
            role: "owner" | "admin" | "agent" | "viewer";
            status: "active" | "suspended" | "removed";
            createdAt: string;
            updatedAt: string;
            version: number;
        }>;
        remove: (input: CallInput<z.ZodObject<{
            id: z.ZodUUID;
        }, z.core.$strict>, z.ZodObject<{}, z.core.$strict>, z.ZodObject<{}, z.core.$strict>>) => Promise<{
            id: string;
            email: string;
            name: string;
            role: "owner" | "admin" | "agent" | "viewer";
            status: "active" | "suspended" | "removed";
            createdAt: string;
            updatedAt: string;
            version: number;
        }>;
        leave: (input: CallInput<z.ZodObject<{
            id: z.ZodUUID;
        }, z.core.$strict>, z.ZodObject<{}, z.core.$strict>, z.ZodObject<{}, z.core.$strict>>) => Promise<{
            id: string;
            email: string;
            name: string;
            role: "owner" | "admin" | "agent" | "viewer";
            status: "active" | "suspended" | "removed";
            createdAt: string;
            updatedAt: string;
            version: number;
        }>;
    };
    invitations: {
        list: (input: CallInput<z.ZodObject<{}, z.core.$strict>, z.ZodObject<{}, z.core.$strict>, z.ZodObject<{}, z.core.$strict>>) => Promise<{
            data: {
                id: string;
                email: string;
                role: "owner" | "admin" | "agent" | "viewer";
                invitedBy: string;
                createdAt: string;
                expiresAt: string;
            }[];
        }>;
        create: (input: CallInput<z.ZodObject<{}, z.core.$strict>, z.ZodObject<{}, z.core.$strict>, z.ZodObject<{
            email: z.ZodEmail;
            role: z.ZodEnum<{
                owner: "owner";
                admin: "admin";
                agent: "agent";
                viewer: "viewer";
            }>;
        }, z.core.$strict>>) => Promise<{
            id: string;
            email: string;
            role: "owner" | "admin" | "agent" | "viewer";
            invitedBy: string;
            createdAt: string;
            expiresAt: string;
        }>;
        revoke: (input: CallInput<z.ZodObject<{
            id: z.ZodUUID;
        }, z.core.$strict>, z.ZodObject<{}, z.core.$strict>, z.ZodObject<{}, z.core.$strict>>) => Promise<Record<string, never>>;
    };
    apiKeys: {
        list: (input: CallInput<z.ZodObject<{}, z.core.$strict>, z.ZodObject<{}, z.core.$strict>, z.ZodObject<{}, z.core.$strict>>) => Promise<{
            data: {
                id: string;
                name: string;
                scopes: ("conversation:read" | "conversation:reply" | "conversation:assign" | "conversation:close" | "contact:read" | "contact:update" | "contact:reveal_identifier" | "order:read" | "order:write" | "quote:read" | "quote:write" | "ticket:read" | "ticket:write" | "appointment:read" | "appointment:write" | "catalog:read" | "catalog:write" | "template:write" | "ai:write" | "settings:read" | "settings:write" | "channel:read" | "channel:write" | "member:read" | "member:invite" | "member:change_role" | "member:remove" | "apikey:manage" | "privacy:report" | "privacy:request_create" | "privacy:execute" | "privacy:view_restricted" | "export:bulk" | "tenant:close" | "audit:read" | "audit:read_own")[];
                createdBy: string;
                createdAt: string;
                expiresAt: string;
                lastUsedAt?: string | undefined;
                revokedAt?: string | undefined;
                previousUntil?: string | undefined;
            }[];
        }>;
        create: (input: CallInput<z.ZodObject<{}, z.core.$strict>, z.ZodObject<{}, z.core.$strict>, z.ZodObject<{
            name: z.ZodString;
            scopes: z.ZodArray<z.ZodEnum<{
                "conversation:read": "conversation:read";
                "conversation:reply": "conversation:reply";
                "conversation:assign": "conversation:assign";
                "conversation:close": "conversation:close";
                "contact:read": "contact:read";
                "contact:update": "contact:update";
                "contact:reveal_identifier": "contact:reveal_identifier";
                "order:read": "order:read";
                "order:write": "order:write";
                "quote:read": "quote:read";
                "quote:write": "quote:write";
                "ticket:read": "ticket:read";
                "ticket:write": "ticket:write";
                "appointment:read": "appointment:read";
                "appointment:write": "appointment:write";
                "catalog:read": "catalog:read";
                "catalog:write": "catalog:write";
                "template:write": "template:write";
                "ai:write": "ai:write";
                "settings:read": "settings:read";
                "settings:write": "settings:write";
                "channel:read": "channel:read";
                "channel:write": "channel:write";
                "member:read": "member:read";
                "member:invite": "member:invite";
                "member:change_role": "member:change_role";
                "member:remove": "member:remove";
                "apikey:manage": "apikey:manage";
                "privacy:report": "privacy:report";
                "privacy:request_create": "privacy:request_create";
                "privacy:execute": "privacy:execute";
                "privacy:view_restricted": "privacy:view_restricted";
                "export:bulk": "export:bulk";
                "tenant:close": "tenant:close";
                "audit:read": "audit:read";
                "audit:read_own": "audit:read_own";
            }>>;
            expiresAt: z.ZodOptional<z.ZodISODateTime>;
        }, z.core.$strict>>) => Promise<{
            key: {
                id: string;
                name: string;
                scopes: ("conversation:read" | "conversation:reply" | "conversation:assign" | "conversation:close" | "contact:read" | "contact:update" | "contact:reveal_identifier" | "order:read" | "order:write" | "quote:read" | "quote:write" | "ticket:read" | "ticket:write" | "appointment:read" | "appointment:write" | "catalog:read" | "catalog:write" | "template:write" | "ai:write" | "settings:read" | "settings:write" | "channel:read" | "channel:write" | "member:read" | "member:invite" | "member:change_role" | "member:remove" | "apikey:manage" | "privacy:report" | "privacy:request_create" | "privacy:execute" | "privacy:view_restricted" | "export:bulk" | "tenant:close" | "audit:read" | "audit:read_own")[];
                createdBy: string;
                createdAt: string;
                expiresAt: string;
                lastUsedAt?: string | undefined;
                revokedAt?: string | undefined;
                previousUntil?: string | undefined;
            };
            text: string | null;
        }>;
        rotate: (input: CallInput<z.ZodObject<{
            id: z.ZodString;
        }, z.core.$strict>, z.ZodObject<{}, z.core.$strict>, z.ZodObject<{
            overlapMs: z.ZodOptional<z.ZodInt>;
        }, z.core.$strict>>) => Promise<{
            key: {
                id: string;
                name: string;
                scopes: ("conversation:read" | "conversation:reply" | "conversation:assign" | "conversation:close" | "contact:read" | "contact:update" | "contact:reveal_identifier" | "order:read" | "order:write" | "quote:read" | "quote:write" | "ticket:read" | "ticket:write" | "appointment:read" | "appointment:write" | "catalog:read" | "catalog:write" | "template:write" | "ai:write" | "settings:read" | "settings:write" | "channel:read" | "channel:write" | "member:read" | "member:invite" | "member:change_role" | "member:remove" | "apikey:manage" | "privacy:report" | "privacy:request_create" | "privacy:execute" | "privacy:view_restricted" | "export:bulk" | "tenant:close" | "audit:read" | "audit:read_own")[];
                createdBy: string;
                createdAt: string;
                expiresAt: string;
                lastUsedAt?: string | undefined;
                revokedAt?: string | undefined;
                previousUntil?: string | undefined;
            };
            text: string | null;
        }>;
        revoke: (input: CallInput<z.ZodObject<{
            id: z.ZodString;
        }, z.core.$strict>, z.ZodObject<{}, z.core.$strict>, z.ZodObject<{}, z.core.$strict>>) => Promise<Record<string, never>>;
    };
    sessions: {
        list: (input: CallInput<z.ZodObject<{}, z.core.$strict>, z.ZodObject<{}, z.core.$strict>, z.ZodObject<{}, z.core.$strict>>) => Promise<{
            data: {
                id: string;
                methods: string[];
                authenticatedAt: string;
                createdAt: string;
                expiresAt: string;
                isCurrent: boolean;
                device?: string | undefined;
            }[];
        }>;
        revoke: (input: CallInput<z.ZodObject<{
            id: z.ZodUUID;
        }, z.core.$strict>, z.ZodObject<{}, z.core.$strict>, z.ZodObject<{}, z.core.$strict>>) => Promise<Record<string, never>>;
    };
    settings: {
        get: (input: CallInput<z.ZodObject<{}, z.core.$strict>, z.ZodObject<{}, z.core.$strict>, z.ZodObject<{}, z.core.$strict>>) => Promise<{
            businessName: string;
            locale: "en" | "es" | "pt" | "ar";
            timeZone: string;
            currency: string;
            taxRounding: "rate-group" | "line";
            proposalTtlMs: number;
            reopenWithinMs: number;
            holdOnPropose: boolean;
            agentsRevealIdentifiers: boolean;
            agentsReach: "assigned" | "queue" | "all";
            version: number;
        }>;
        change: (input: CallInput<z.ZodObject<{}, z.core.$strict>, z.ZodObject<{}, z.core.$strict>, z.ZodObject<{
            businessName: z.ZodOptional<z.ZodString>;
            locale: z.ZodOptional<z.ZodEnum<{
                en: "en";
                es: "es";
                pt: "pt";
                ar: "ar";
            }>>;
            timeZone: z.ZodOptional<z.ZodString>;
            taxRounding: z.ZodOptional<z.ZodEnum<{
                "rate-group": "rate-group";
                line: "line";
            }>>;
            proposalTtlMs: z.ZodOptional<z.ZodInt>;
            reopenWithinMs: z.ZodOptional<z.ZodInt>;
            holdOnPropose: z.ZodOptional<z.ZodBoolean>;
            agentsRevealIdentifiers: z.ZodOptional<z.ZodBoolean>;
            agentsReach: z.ZodOptional<z.ZodEnum<{
                assigned: "assigned";
                queue: "queue";
                all: "all";
            }>>;
        }, z.core.$strict>>) => Promise<{
            businessName: string;
            locale: "en" | "es" | "pt" | "ar";
            timeZone: string;
            currency: string;
            taxRounding: "rate-group" | "line";
            proposalTtlMs: number;
            reopenWithinMs: number;
            holdOnPropose: boolean;
            agentsRevealIdentifiers: boolean;
            agentsReach: "assigned" | "queue" | "all";
            version: number;
        }>;
    };
    channels: {
        list: (input: CallInput<z.ZodObject<{}, z.core.$strict>, z.ZodObject<{}, z.core.$strict>, z.ZodObject<{}, z.core.$strict>>) => Promise<{
            data: {
                id: string;
                appId: string;
                phoneNumberId: string;
                businessAccountId: string;
                displayPhoneNumber: string;
                status: "active" | "stopped";
                version: number;
                stoppedReason?: string | undefined;
            }[];
            webhookUrl?: string | undefined;
        }>;
        connect: (input: CallInput<z.ZodObject<{}, z.core.$strict>, z.ZodObject<{}, z.core.$strict>, z.ZodObject<{
            phoneNumberId: z.ZodString;
            businessAccountId: z.ZodString;
            appId: z.ZodString;
            accessToken: z.ZodString;
            appSecret: z.ZodOptional<z.ZodString>;
            verifyToken: z.ZodOptional<z.ZodString>;
            pin: z.ZodOptional<z.ZodString>;
        }, z.core.$strict>>) => Promise<{
            id: string;
            appId: string;
            phoneNumberId: string;
            businessAccountId: string;
            displayPhoneNumber: string;
            status: "active" | "stopped";
            version: number;
            stoppedReason?: string | undefined;
        }>;
        health: (input: CallInput<z.ZodObject<{
            id: z.ZodUUID;
        }, z.core.$strict>, z.ZodObject<{}, z.core.$strict>, z.ZodObject<{}, z.core.$strict>>) => Promise<{
            canSend: string;
            obstacles: string[];
            status?: string | undefined;
            quality?: string | undefined;
            throughput?: string | undefined;
            tokenExpiresAt?: string | undefined;
        }>;
        replaceToken: (input: CallInput<z.ZodObject<{
            id: z.ZodUUID;
        }, z.core.$strict>, z.ZodObject<{}, z.core.$strict>, z.ZodObject<{
            accessToken: z.ZodString;
        }, z.core.$strict>>) => Promise<{
            id: string;
            appId: string;
            phoneNumberId: string;
            businessAccountId: string;
            displayPhoneNumber: string;
            status: "active" | "stopped";
            version: number;
            stoppedReason?: string | undefined;
        }>;
        resume: (input: CallInput<z.ZodObject<{
            id: z.ZodUUID;
        }, z.core.$strict>, z.ZodObject<{}, z.core.$strict>, z.ZodObject<{}, z.core.$strict>>) => Promise<{
            id: string;
            appId: string;
            phoneNumberId: string;
            businessAccountId: string;
            displayPhoneNumber: string;
            status: "active" | "stopped";
            version: number;
            stoppedReason?: string | undefined;
        }>;
        disconnect: (input: CallInput<z.ZodObject<{
            id: z.ZodUUID;
        }, z.core.$strict>, z.ZodObject<{}, z.core.$strict>, z.ZodObject<{}, z.core.$strict>>) => Promise<{
            id: string;
            left: {
                step: string;
                words: string;
            }[];
        }>;
    };
    usage: {
        list: (input: CallInput<z.ZodObject<{}, z.core.$strict>, z.ZodObject<{}, z.core.$strict>, z.ZodObject<{}, z.core.$strict>>) => Promise<{
            data: {
                name: string;
                month: string;
                uses: number;
                people: number;
            }[];
        }>;
        objection: (input: CallInput<z.ZodObject<{}, z.core.$strict>, z.ZodObject<{}, z.core.$strict>, z.ZodObject<{}, z.core.$strict>>) => Promise<{
            isObjected: boolean;
        }>;
        setObjection: (input: CallInput<z.ZodObject<{}, z.core.$strict>, z.ZodObject<{}, z.core.$strict>, z.ZodObject<{
            isObjected: z.ZodBoolean;
        }, z.core.$strict>>) => Promise<{
            isObjected: boolean;
        }>;
    };
    audit: {
        list: (input: CallInput<z.ZodObject<{}, z.core.$strict>, z.ZodObject<{
            limit: z.ZodDefault<z.ZodCoercedNumber<unknown>>;
            cursor: z.ZodOptional<z.ZodString>;
        }, z.core.$strict>, z.ZodObject<{}, z.core.$strict>>) => Promise<{
            data: {
                sequence: number;
                at: string;
                actor: {
                    kind: string;
                    id: string;
                    via: string;
                };
                action: string;
                target: {
                    type: string;
                    id: string;
                };
                facts: Record<string, unknown>;
                hash: string;
                personal?: Record<string, string> | undefined;
            }[];
            page: {
                nextCursor: string | null;
                hasMore: boolean;
            };
        }>;
        all: (input: CallInput<z.ZodObject<{}, z.core.$strict>, z.ZodObject<{
            limit: z.ZodDefault<z.ZodCoercedNumber<unknown>>;
            cursor: z.ZodOptional<z.ZodString>;
        }, z.core.$strict>, z.ZodObject<{}, z.core.$strict>>) => AsyncIterable<{
            sequence: number;
            at: string;
            actor: {
                kind: string;
                id: string;
                via: string;
            };
            action: string;
            target: {
                type: string;
                id: string;
            };
            facts: Record<string, unknown>;
            hash: string;
            personal?: Record<string, string> | undefined;
        }>;
    };
    conversations: {
        list: (input: CallInput<z.ZodObject<{}, z.core.$strict>, z.ZodObject<{
            limit: z.ZodDefault<z.ZodCoercedNumber<unknown>>;
            status: z.ZodOptional<z.ZodEnum<{
                open: "open";
                resolved: "resolved";
            }>>;
            cursor: z.ZodOptional<z.ZodString>;
        }, z.core.$strict>, z.ZodObject<{}, z.core.$strict>>) => Promise<{
            data: {
                id: string;
                contactId: string;
                channelId: string;
                owner: "queue" | "ai" | "human";
                status: "open" | "resolved";
                lastInteractionAt: string;
                lastMessageAt: string;
                preview: string;
                unreadCount: number;
                createdAt: string;
                updatedAt: string;
                version: number;
                assigneeId?: string | undefined;
                resolvedAt?: string | undefined;
                lastInboundAt?: string | undefined;
                windowExpiresAt?: string | undefined;
            }[];
            page: {
                nextCursor: string | null;
                hasMore: boolean;
            };
        }>;
        all: (input: CallInput<z.ZodObject<{}, z.core.$strict>, z.ZodObject<{
            limit: z.ZodDefault<z.ZodCoercedNumber<unknown>>;
            status: z.ZodOptional<z.ZodEnum<{
                open: "open";
                resolved: "resolved";
            }>>;
            cursor: z.ZodOptional<z.ZodString>;
        }, z.core.$strict>, z.ZodObject<{}, z.core.$strict>>) => AsyncIterable<{
            id: string;
            contactId: string;
            channelId: string;
            owner: "queue" | "ai" | "human";
            status: "open" | "resolved";
            lastInteractionAt: string;
            lastMessageAt: string;
            preview: string;
            unreadCount: number;
            createdAt: string;
            updatedAt: string;
            version: number;
            assigneeId?: string | undefined;
            resolvedAt?: string | undefined;
            lastInboundAt?: string | undefined;
            windowExpiresAt?: string | undefined;
        }>;
        get: (input: CallInput<z.ZodObject<{
            id: z.ZodUUID;
        }, z.core.$strict>, z.ZodObject<{}, z.core.$strict>, z.ZodObject<{}, z.core.$strict>>) => Promise<{
            id: string;
            contactId: string;
            channelId: string;
            owner: "queue" | "ai" | "human";
            status: "open" | "resolved";
            lastInteractionAt: string;
            lastMessageAt: string;
            preview: string;
            unreadCount: number;
            createdAt: string;
            updatedAt: string;
            version: number;
            assigneeId?: string | undefined;
            resolvedAt?: string | undefined;
            lastInboundAt?: string | undefined;
            windowExpiresAt?: string | undefined;
        }>;
        messages: (input: CallInput<z.ZodObject<{
            id: z.ZodUUID;
        }, z.core.$strict>, z.ZodObject<{
            limit: z.ZodDefault<z.ZodCoercedNumber<unknown>>;
            cursor: z.ZodOptional<z.ZodString>;
        }, z.core.$strict>, z.ZodObject<{}, z.core.$strict>>) => Promise<{
            data: {
                id: string;
                conversationId: string;
                direction: "in" | "out";
                author: "customer" | "ai" | "staff" | "system" | "menu" | "phone";
                at: string;
                content: Record<string, unknown>;
                outboxId?: string | undefined;
            }[];
            page: {
                nextCursor: string | null;
                hasMore: boolean;
            };
        }>;
        allMessages: (input: CallInput<z.ZodObject<{
            id: z.ZodUUID;
        }, z.core.$strict>, z.ZodObject<{
            limit: z.ZodDefault<z.ZodCoercedNumber<unknown>>;
            cursor: z.ZodOptional<z.ZodString>;
        }, z.core.$strict>, z.ZodObject<{}, z.core.$strict>>) => AsyncIterable<{
            id: string;
            conversationId: string;
            direction: "in" | "out";
            author: "customer" | "ai" | "staff" | "system" | "menu" | "phone";
            at: string;
            content: Record<string, unknown>;
            outboxId?: string | undefined;
        }>;
        turns: (input: CallInput<z.ZodObject<{
            id: z.ZodUUID;
        }, z.core.$strict>, z.ZodObject<{
            limit: z.ZodDefault<z.ZodCoercedNumber<unknown>>;
        }, z.core.$strict>, z.ZodObject<{}, z.core.$strict>>) => Promise<{
            data: {
                id: string;
                conversationId: string;
                state: "waiting" | "done" | "thinking";
                messageIds: string[];
                disclosed: boolean;
                outcome?: string | undefined;
                finishedAt?: string | undefined;
                model?: string | undefined;
                promptVersion?: string | undefined;
                calls?: {
                    name: string;
                    outcome: string;
                }[] | undefined;
                steps?: {
                    step: string;
                    outcome: string;
                }[] | undefined;
                replies?: string[] | undefined;
            }[];
        }>;
        reply: (input: CallInput<z.ZodObject<{
            id: z.ZodUUID;
        }, z.core.$strict>, z.ZodObject<{}, z.core.$strict>, z.ZodObject<{
            text: z.ZodObject<{
                body: z.ZodString;
                previewUrl: z.ZodOptional<z.ZodBoolean>;
            }, z.core.$strict>;
        }, z.core.$strict>>) => Promise<{
            id: string;
            conversationId: string;
            contactId: string;
            state: "accepted" | "unknown" | "failed" | "queued" | "sending" | "parked" | "discarded";
            attempts: number;
            createdAt: string;
            updatedAt: string;
            delivery?: string | undefined;
            errorCode?: string | undefined;
        }>;
        takeOver: (input: CallInput<z.ZodObject<{
            id: z.ZodUUID;
        }, z.core.$strict>, z.ZodObject<{}, z.core.$strict>, z.ZodObject<{}, z.core.$strict>>) => Promise<{
            id: string;
            contactId: string;
            channelId: string;
            owner: "queue" | "ai" | "human";
            status: "open" | "resolved";
            lastInteractionAt: string;
            lastMessageAt: string;
            preview: string;
            unreadCount: number;
            createdAt: string;
            updatedAt: string;
            version: number;
            assigneeId?: string | undefined;
            resolvedAt?: string | undefined;
            lastInboundAt?: string | undefined;
            windowExpiresAt?: string | undefined;
        }>;
        returnToAi: (input: CallInput<z.ZodObject<{
            id: z.ZodUUID;
        }, z.core.$strict>, z.ZodObject<{}, z.core.$strict>, z.ZodObject<{}, z.core.$strict>>) => Promise<{
            id: string;
            contactId: string;
            channelId: string;
            owner: "queue" | "ai" | "human";
            status: "open" | "resolved";
            lastInteractionAt: string;
            lastMessageAt: string;
            preview: string;
            unreadCount: number;
            createdAt: string;
            updatedAt: string;
            version: number;
            assigneeId?: string | undefined;
            resolvedAt?: string | undefined;
            lastInboundAt?: string | undefined;
            windowExpiresAt?: string | undefined;
        }>;
        handOff: (input: CallInput<z.ZodObject<{
            id: z.ZodUUID;
        }, z.core.$strict>, z.ZodObject<{}, z.core.$strict>, z.ZodObject<{
            reason: z.ZodString;
        }, z.core.$strict>>) => Promise<{
            id: string;
            contactId: string;
            channelId: string;
            owner: "queue" | "ai" | "human";
            status: "open" | "resolved";
            lastInteractionAt: string;
            lastMessageAt: string;
            preview: string;
            unreadCount: number;
            createdAt: string;
            updatedAt: string;
            version: number;
            assigneeId?: string | undefined;
            resolvedAt?: string | undefined;
            lastInboundAt?: string | undefined;
            windowExpiresAt?: string | undefined;
        }>;
        resolve: (input: CallInput<z.ZodObject<{
            id: z.ZodUUID;
        }, z.core.$strict>, z.ZodObject<{}, z.core.$strict>, z.ZodObject<{}, z.core.$strict>>) => Promise<{
            id: string;
            contactId: string;
            channelId: string;
            owner: "queue" | "ai" | "human";
            status: "open" | "resolved";
            lastInteractionAt: string;
            lastMessageAt: string;
            preview: string;
            unreadCount: number;
            createdAt: string;
            updatedAt: string;
            version: number;
            assigneeId?: string | undefined;
            resolvedAt?: string | undefined;
            lastInboundAt?: string | undefined;
            windowExpiresAt?: string | undefined;
        }>;
        markRead: (input: CallInput<z.ZodObject<{
            id: z.ZodUUID;
        }, z.core.$strict>, z.ZodObject<{}, z.core.$strict>, z.ZodObject<{}, z.core.$strict>>) => Promise<{
            id: string;
            contactId: string;
            channelId: string;
            owner: "queue" | "ai" | "human";
            status: "open" | "resolved";
            lastInteractionAt: string;
            lastMessageAt: string;
            preview: string;
            unreadCount: number;
            createdAt: string;
            updatedAt: string;
            version: number;
            assigneeId?: string | undefined;
            resolvedAt?: string | undefined;
            lastInboundAt?: string | undefined;
            windowExpiresAt?: string | undefined;
        }>;
    };
    contacts: {
        list: (input: CallInput<z.ZodObject<{}, z.core.$strict>, z.ZodObject<{
            q: z.ZodOptional<z.ZodString>;
            limit: z.ZodDefault<z.ZodCoercedNumber<unknown>>;
            cursor: z.ZodOptional<z.ZodString>;
        }, z.core.$strict>, z.ZodObject<{}, z.core.$strict>>) => Promise<{
            data: {
                id: string;
                identities: {
                    kind: string;
                    value: string;
                }[];
                createdAt: string;
                updatedAt: string;
                version: number;
                displayName?: string | undefined;
                locale?: string | undefined;
                blockedAt?: string | undefined;
                suppressed?: {
                    everything?: {
                        since: string;
                        reason: string;
                    } | undefined;
                    marketing?: {
                        since: string;
                        reason: string;
                    } | undefined;
                } | undefined;
            }[];
            page: {
                nextCursor: string | null;
                hasMore: boolean;
            };
        }>;
        all: (input: CallInput<z.ZodObject<{}, z.core.$strict>, z.ZodObject<{
            q: z.ZodOptional<z.ZodString>;
            limit: z.ZodDefault<z.ZodCoercedNumber<unknown>>;
            cursor: z.ZodOptional<z.ZodString>;
        }, z.core.$strict>, z.ZodObject<{}, z.core.$strict>>) => AsyncIterable<{
            id: string;
            identities: {
                kind: string;
                value: string;
            }[];
            createdAt: string;
            updatedAt: string;
            version: number;
            displayName?: string | undefined;
            locale?: string | undefined;
            blockedAt?: string | undefined;
            suppressed?: {
                everything?: {
                    since: string;
                    reason: string;
                } | undefined;
                marketing?: {
                    since: string;
                    reason: string;
                } | undefined;
            } | undefined;
        }>;
        get: (input: CallInput<z.ZodObject<{
            id: z.ZodUUID;
        }, z.core.$strict>, z.ZodObject<{}, z.core.$strict>, z.ZodObject<{}, z.core.$strict>>) => Promise<{
            id: string;
            identities: {
                kind: string;
                value: string;
            }[];
            createdAt: string;
            updatedAt: string;
            version: number;
            displayName?: string | undefined;
            locale?: string | undefined;
            blockedAt?: string | undefined;
            suppressed?: {
                everything?: {
                    since: string;
                    reason: string;
                } | undefined;
                marketing?: {
                    since: string;
                    reason: string;
                } | undefined;
            } | undefined;
        }>;
        setLocale: (input: CallInput<z.ZodObject<{
            id: z.ZodUUID;
        }, z.core.$strict>, z.ZodObject<{}, z.core.$strict>, z.ZodObject<{
            locale: z.ZodEnum<{
                en: "en";
                es: "es";
                pt: "pt";
                ar: "ar";
            }>;
        }, z.core.$strict>>) => Promise<{
            id: string;
            identities: {
                kind: string;
                value: string;
            }[];
            createdAt: string;
            updatedAt: string;
            version: number;
            displayName?: string | undefined;
            locale?: string | undefined;
            blockedAt?: string | undefined;
            suppressed?: {
                everything?: {
                    since: string;
                    reason: string;
                } | undefined;
                marketing?: {
                    since: string;
                    reason: string;
                } | undefined;
            } | undefined;
        }>;
        merge: (input: CallInput<z.ZodObject<{
            id: z.ZodUUID;
        }, z.core.$strict>, z.ZodObject<{}, z.core.$strict>, z.ZodObject<{
            fromId: z.ZodUUID;
        }, z.core.$strict>>) => Promise<{
            id: string;
            identities: {
                kind: string;
                value: string;
            }[];
            createdAt: string;
            updatedAt: string;
            version: number;
            displayName?: string | undefined;
            locale?: string | undefined;
            blockedAt?: string | undefined;
            suppressed?: {
                everything?: {
                    since: string;
                    reason: string;
                } | undefined;
                marketing?: {
                    since: string;
                    reason: string;
                } | undefined;
            } | undefined;
        }>;
        suppress: (input: CallInput<z.ZodObject<{
            id: z.ZodUUID;
        }, z.core.$strict>, z.ZodObject<{}, z.core.$strict>, z.ZodObject<{
            what: z.ZodEnum<{
                everything: "everything";
                marketing: "marketing";
            }>;
            reason: z.ZodString;
        }, z.core.$strict>>) => Promise<{
            id: string;
            identities: {
                kind: string;
                value: string;
            }[];
            createdAt: string;
            updatedAt: string;
            version: number;
            displayName?: string | undefined;
            locale?: string | undefined;
            blockedAt?: string | undefined;
            suppressed?: {
                everything?: {
                    since: string;
                    reason: string;
                } | undefined;
                marketing?: {
                    since: string;
                    reason: string;
                } | undefined;
            } | undefined;
        }>;
        liftSuppression: (input: CallInput<z.ZodObject<{
            id: z.ZodUUID;
        }, z.core.$strict>, z.ZodObject<{}, z.core.$strict>, z.ZodObject<{
            what: z.ZodLiteral<"everything">;
        }, z.core.$strict>>) => Promise<{
            id: string;
            identities: {
                kind: string;
                value: string;
            }[];
            createdAt: string;
            updatedAt: string;
            version: number;
            displayName?: string | undefined;
            locale?: string | undefined;
            blockedAt?: string | undefined;
            suppressed?: {
                everything?: {
                    since: string;
                    reason: string;
                } | undefined;
                marketing?: {
                    since: string;
                    reason: string;
                } | undefined;
            } | undefined;
        }>;
    };
    sends: {
        list: (input: CallInput<z.ZodObject<{}, z.core.$strict>, z.ZodObject<{
            limit: z.ZodDefault<z.ZodCoercedNumber<unknown>>;
        }, z.core.$strict>, z.ZodObject<{}, z.core.$strict>>) => Promise<{
            data: {
                id: string;
                conversationId: string;
                contactId: string;
                state: "accepted" | "unknown" | "failed" | "queued" | "sending" | "parked" | "discarded";
                attempts: number;
                createdAt: string;
                updatedAt: string;
                delivery?: string | undefined;
                errorCode?: string | undefined;
            }[];
        }>;
        resend: (input: CallInput<z.ZodObject<{
            id: z.ZodUUID;
        }, z.core.$strict>, z.ZodObject<{}, z.core.$strict>, z.ZodObject<{}, z.core.$strict>>) => Promise<{
            id: string;
            conversationId: string;
            contactId: string;
            state: "accepted" | "unknown" | "failed" | "queued" | "sending" | "parked" | "discarded";
            attempts: number;
            createdAt: string;
            updatedAt: string;
            delivery?: string | undefined;
            errorCode?: string | undefined;
        }>;
        discard: (input: CallInput<z.ZodObject<{
            id: z.ZodUUID;
        }, z.core.$strict>, z.ZodObject<{}, z.core.$strict>, z.ZodObject<{}, z.core.$strict>>) => Promise<{
            id: string;
            conversationId: string;
            contactId: string;
            state: "accepted" | "unknown" | "failed" | "queued" | "sending" | "parked" | "discarded";
            attempts: number;
            createdAt: string;
            updatedAt: string;
            delivery?: string | undefined;
            errorCode?: string | undefined;
        }>;
    };
    deadEvents: {
        list: (input: CallInput<z.ZodObject<{}, z.core.$strict>, z.ZodObject<{
            limit: z.ZodDefault<z.ZodCoercedNumber<unknown>>;
        }, z.core.$strict>, z.ZodObject<{}, z.core.$strict>>) => Promise<{
            data: {
                id: string;
                kind: string;
                errorCode: string;
                attempts: number;
                receivedAt: string;
            }[];
        }>;
        replay: (input: CallInput<z.ZodObject<{
            id: z.ZodUUID;
        }, z.core.$strict>, z.ZodObject<{}, z.core.$strict>, z.ZodObject<{}, z.core.$strict>>) => Promise<{
            id: string;
            state: "waiting";
        }>;
    };
    deadJobs: {
        list: (input: CallInput<z.ZodObject<{}, z.core.$strict>, z.ZodObject<{
            limit: z.ZodDefault<z.ZodCoercedNumber<unknown>>;
        }, z.core.$strict>, z.ZodObject<{}, z.core.$strict>>) => Promise<{
            data: {
                id: string;
                kind: string;
                errorCode: string;
                attempts: number;
                runAt: string;
            }[];
        }>;
        replay: (input: CallInput<z.ZodObject<{
            id: z.ZodUUID;
        }, z.core.$strict>, z.ZodObject<{}, z.core.$strict>, z.ZodObject<{}, z.core.$strict>>) => Promise<{
            id: string;
            state: "waiting";
        }>;
        discard: (input: CallInput<z.ZodObject<{
            id: z.ZodUUID;
        }, z.core.$strict>, z.ZodObject<{}, z.core.$strict>, z.ZodObject<{}, z.core.$strict>>) => Promise<{
            id: string;
            state: "discarded";
        }>;
    };
    log: {
        list: (input: CallInput<z.ZodObject<{}, z.core.$strict>, z.ZodObject<{
            limit: z.ZodDefault<z.ZodCoercedNumber<unknown>>;
            cursor: z.ZodOptional<z.ZodString>;
        }, z.core.$strict>, z.ZodObject<{}, z.core.$strict>>) => Promise<{
            data: {
                id: string;
                type: string;
                schema: number;
                aggregateType: string;
                aggregateId: string;
                aggregateVersion: number;
                occurredAt: string;
                actor: {
                    kind: string;
                    id: string;
                    via: string;
                };
                data: Record<string, unknown>;
            }[];
            page: {
                nextCursor: string | null;
                hasMore: boolean;
            };
        }>;
        all: (input: CallInput<z.ZodObject<{}, z.core.$strict>, z.ZodObject<{
            limit: z.ZodDefault<z.ZodCoercedNumber<unknown>>;
            cursor: z.ZodOptional<z.ZodString>;
        }, z.core.$strict>, z.ZodObject<{}, z.core.$strict>>) => AsyncIterable<{
            id: string;
            type: string;
            schema: number;
            aggregateType: string;
            aggregateId: string;
            aggregateVersion: number;
            occurredAt: string;
            actor: {
                kind: string;
                id: string;
                via: string;
            };
            data: Record<string, unknown>;
        }>;
    };
    me: (input: CallInput<z.ZodObject<{}, z.core.$strict>, z.ZodObject<{}, z.core.$strict>, z.ZodObject<{}, z.core.$strict>>) => Promise<{
        kind: "member" | "api_key";
        id: string;
        tenantId: string;
        permissions: ("conversation:read" | "conversation:reply" | "conversation:assign" | "conversation:close" | "contact:read" | "contact:update" | "contact:reveal_identifier" | "order:read" | "order:write" | "quote:read" | "quote:write" | "ticket:read" | "ticket:write" | "appointment:read" | "appointment:write" | "catalog:read" | "catalog:write" | "template:write" | "ai:write" | "settings:read" | "settings:write" | "channel:read" | "channel:write" | "member:read" | "member:invite" | "member:change_role" | "member:remove" | "apikey:manage" | "privacy:report" | "privacy:request_create" | "privacy:execute" | "privacy:view_restricted" | "export:bulk" | "tenant:close" | "audit:read" | "audit:read_own")[];
        mayGrant: {
            roles: ("owner" | "admin" | "agent" | "viewer")[];
            scopes: ("conversation:read" | "conversation:reply" | "conversation:assign" | "conversation:close" | "contact:read" | "contact:update" | "contact:reveal_identifier" | "order:read" | "order:write" | "quote:read" | "quote:write" | "ticket:read" | "ticket:write" | "appointment:read" | "appointment:write" | "catalog:read" | "catalog:write" | "template:write" | "ai:write" | "settings:read" | "settings:write" | "channel:read" | "channel:write" | "member:read" | "member:invite" | "member:change_role" | "member:remove" | "apikey:manage" | "privacy:report" | "privacy:request_create" | "privacy:execute" | "privacy:view_restricted" | "export:bulk" | "tenant:close" | "audit:read" | "audit:read_own")[];
        };
        authenticatedAt?: string | undefined;
    }>;
    variants: {
        list: (input: CallInput<z.ZodObject<{}, z.core.$strict>, z.ZodObject<{
            limit: z.ZodDefault<z.ZodCoercedNumber<unknown>>;
            cursor: z.ZodOptional<z.ZodString>;
        }, z.core.$strict>, z.ZodObject<{}, z.core.$strict>>) => Promise<{
            data: {
                variant: {
                    id: string;
                    sku: string;
                    unitCode: "C62" | "KGM" | "LTR" | "MTR" | "HUR" | "DAY";
                    taxCode: string;
                    status: "active" | "archived";
                    title?: string | undefined;
                    maxPerOrder?: number | undefined;
                };
                product: {
                    id: string;
                    status: "active" | "draft" | "archived";
                    position: number;
                    version: number;
                    title: string;
                    description?: string | undefined;
                };
                prices: {
                    id: string;
                    variantId: string;
                    unitPrice: {
                        amount: number;
                        currency: string;
                    };
                    taxBehavior: "inclusive" | "exclusive";
                    minQuantity: number;
                    validFrom: string;
                    validTo?: string | undefined;
                }[];
                stock?: {
                    onHand: number;
                    reserved: number;
                    policy: "deny" | "backorder" | "untracked";
                } | undefined;
            }[];
            page: {
                nextCursor: string | null;
                hasMore: boolean;
            };
        }>;
        all: (input: CallInput<z.ZodObject<{}, z.core.$strict>, z.ZodObject<{
            limit: z.ZodDefault<z.ZodCoercedNumber<unknown>>;
            cursor: z.ZodOptional<z.ZodString>;
        }, z.core.$strict>, z.ZodObject<{}, z.core.$strict>>) => AsyncIterable<{
            variant: {
                id: string;
                sku: string;
                unitCode: "C62" | "KGM" | "LTR" | "MTR" | "HUR" | "DAY";
                taxCode: string;
                status: "active" | "archived";
                title?: string | undefined;
                maxPerOrder?: number | undefined;
            };
            product: {
                id: string;
                status: "active" | "draft" | "archived";
                position: number;
                version: number;
                title: string;
                description?: string | undefined;
            };
            prices: {
                id: string;
                variantId: string;
                unitPrice: {
                    amount: number;
                    currency: string;
                };
                taxBehavior: "inclusive" | "exclusive";
                minQuantity: number;
                validFrom: string;
                validTo?: string | undefined;
            }[];
            stock?: {
                onHand: number;
                reserved: number;
                policy: "deny" | "backorder" | "untracked";
            } | undefined;
        }>;
        get: (input: CallInput<z.ZodObject<{
            id: z.ZodUUID;
        }, z.core.$strict>, z.ZodObject<{}, z.core.$strict>, z.ZodObject<{}, z.core.$strict>>) => Promise<{
            variant: {
                id: string;
                sku: string;
                unitCode: "C62" | "KGM" | "LTR" | "MTR" | "HUR" | "DAY";
                taxCode: string;
                status: "active" | "archived";
                title?: string | undefined;
                maxPerOrder?: number | undefined;
            };
            product: {
                id: string;
                status: "active" | "draft" | "archived";
                position: number;
                version: number;
                title: string;
                description?: string | undefined;
            };
            prices: {
                id: string;
                variantId: string;
                unitPrice: {
                    amount: number;
                    currency: string;
                };
                taxBehavior: "inclusive" | "exclusive";
                minQuantity: number;
                validFrom: string;
                validTo?: string | undefined;
            }[];
            stock?: {
                onHand: number;
                reserved: number;
                policy: "deny" | "backorder" | "untracked";
            } | undefined;
        }>;
        previewPrice: (input: CallInput<z.ZodObject<{
            id: z.ZodUUID;
        }, z.core.$strict>, z.ZodObject<{
            quantity: z.ZodDefault<z.ZodCoercedNumber<unknown>>;
        }, z.core.$strict>, z.ZodObject<{}, z.core.$strict>>) => Promise<{
            id: string;
            variantId: string;
            unitPrice: {
                amount: number;
                currency: string;
            };
            taxBehavior: "inclusive" | "exclusive";
            minQuantity: number;
            validFrom: string;
            validTo?: string | undefined;
        }>;
        setPrice: (input: CallInput<z.ZodObject<{
            id: z.ZodUUID;
        }, z.core.$strict>, z.ZodObject<{}, z.core.$strict>, z.ZodObject<{
            price: z.ZodObject<{
                amount: z.ZodInt;
                currency: z.ZodString;
                taxBehavior: z.ZodEnum<{
                    inclusive: "inclusive";
                    exclusive: "exclusive";
                }>;
            }, z.core.$strict>;
            validFrom: z.ZodOptional<z.ZodISODateTime>;
            validTo: z.ZodOptional<z.ZodISODateTime>;
            minQuantity: z.ZodOptional<z.ZodInt>;
        }, z.core.$strict>>) => Promise<{
            id: string;
            variantId: string;
            unitPrice: {
                amount: number;
                currency: string;
            };
            taxBehavior: "inclusive" | "exclusive";
            minQuantity: number;
            validFrom: string;
            validTo?: string | undefined;
        }>;
        setStock: (input: CallInput<z.ZodObject<{
            id: z.ZodUUID;
        }, z.core.$strict>, z.ZodObject<{}, z.core.$strict>, z.ZodObject<{
            onHand: z.ZodInt;
            policy: z.ZodEnum<{
                deny: "deny";
                backorder: "backorder";
                untracked: "untracked";
            }>;
        }, z.core.$strict>>) => Promise<{
            variant: {
                id: string;
                sku: string;
                unitCode: "C62" | "KGM" | "LTR" | "MTR" | "HUR" | "DAY";
                taxCode: string;
                status: "active" | "archived";
                title?: string | undefined;
                maxPerOrder?: number | undefined;
            };
            product: {
                id: string;
                status: "active" | "draft" | "archived";
                position: number;
                version: number;
                title: string;
                description?: string | undefined;
            };
            prices: {
                id: string;
                variantId: string;
                unitPrice: {
                    amount: number;
                    currency: string;
                };
                taxBehavior: "inclusive" | "exclusive";
                minQuantity: number;
                validFrom: string;
                validTo?: string | undefined;
            }[];
            stock?: {
                onHand: number;
                reserved: number;
                policy: "deny" | "backorder" | "untracked";
            } | undefined;
        }>;
    };
    products: {
        list: (input: CallInput<z.ZodObject<{}, z.core.$strict>, z.ZodObject<{
            status: z.ZodOptional<z.ZodString>;
            limit: z.ZodDefault<z.ZodCoercedNumber<unknown>>;
            cursor: z.ZodOptional<z.ZodString>;
        }, z.core.$strict>, z.ZodObject<{}, z.core.$strict>>) => Promise<{
            data: {
                id: string;
                title: string;
                status: "active" | "draft" | "archived";
                position: number;
                variants: {
                    id: string;
                    sku: string;
                    unitCode: "C62" | "KGM" | "LTR" | "MTR" | "HUR" | "DAY";
                    taxCode: string;
                    status: "active" | "archived";
                    title?: string | undefined;
                    maxPerOrder?: number | undefined;
                }[];
                createdAt: string;
                updatedAt: string;
                version: number;
                description?: string | undefined;
            }[];
            page: {
                nextCursor: string | null;
                hasMore: boolean;
            };
        }>;
        all: (input: CallInput<z.ZodObject<{}, z.core.$strict>, z.ZodObject<{
            status: z.ZodOptional<z.ZodString>;
            limit: z.ZodDefault<z.ZodCoercedNumber<unknown>>;
            cursor: z.ZodOptional<z.ZodString>;
        }, z.core.$strict>, z.ZodObject<{}, z.core.$strict>>) => AsyncIterable<{
            id: string;
            title: string;
            status: "active" | "draft" | "archived";
            position: number;
            variants: {
                id: string;
                sku: string;
                unitCode: "C62" | "KGM" | "LTR" | "MTR" | "HUR" | "DAY";
                taxCode: string;
                status: "active" | "archived";
                title?: string | undefined;
                maxPerOrder?: number | undefined;
            }[];
            createdAt: string;
            updatedAt: string;
            version: number;
            description?: string | undefined;
        }>;
        get: (input: CallInput<z.ZodObject<{
            id: z.ZodUUID;
        }, z.core.$strict>, z.ZodObject<{}, z.core.$strict>, z.ZodObject<{}, z.core.$strict>>) => Promise<{
            id: string;
            title: string;
            status: "active" | "draft" | "archived";
            position: number;
            variants: {
                id: string;
                sku: string;
                unitCode: "C62" | "KGM" | "LTR" | "MTR" | "HUR" | "DAY";
                taxCode: string;
                status: "active" | "archived";
                title?: string | undefined;
                maxPerOrder?: number | undefined;
            }[];
            createdAt: string;
            updatedAt: string;
            version: number;
            description?: string | undefined;
        }>;
        create: (input: CallInput<z.ZodObject<{}, z.core.$strict>, z.ZodObject<{}, z.core.$strict>, z.ZodObject<{
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
        }, z.core.$strict>>) => Promise<{
            id: string;
            title: string;
            status: "active" | "draft" | "archived";
            position: number;
            variants: {
                id: string;
                sku: string;
                unitCode: "C62" | "KGM" | "LTR" | "MTR" | "HUR" | "DAY";
                taxCode: string;
                status: "active" | "archived";
                title?: string | undefined;
                maxPerOrder?: number | undefined;
            }[];
            createdAt: string;
            updatedAt: string;
            version: number;
            description?: string | undefined;
        }>;
        replace: (input: CallInput<z.ZodObject<{
            id: z.ZodUUID;
        }, z.core.$strict>, z.ZodObject<{}, z.core.$strict>, z.ZodObject<{
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
        }, z.core.$strict>>) => Promise<{
            id: string;
            title: string;
            status: "active" | "draft" | "archived";
            position: number;
            variants: {
                id: string;
                sku: string;
                unitCode: "C62" | "KGM" | "LTR" | "MTR" | "HUR" | "DAY";
                taxCode: string;
                status: "active" | "archived";
                title?: string | undefined;
                maxPerOrder?: number | undefined;
            }[];
            createdAt: string;
            updatedAt: string;
            version: number;
            description?: string | undefined;
        }>;
        publish: (input: CallInput<z.ZodObject<{
            id: z.ZodUUID;
        }, z.core.$strict>, z.ZodObject<{}, z.core.$strict>, z.ZodObject<{}, z.core.$strict>>) => Promise<{
            id: string;
            title: string;
            status: "active" | "draft" | "archived";
            position: number;
            variants: {
                id: string;
                sku: string;
                unitCode: "C62" | "KGM" | "LTR" | "MTR" | "HUR" | "DAY";
                taxCode: string;
                status: "active" | "archived";
                title?: string | undefined;
                maxPerOrder?: number | undefined;
            }[];
            createdAt: string;
            updatedAt: string;
            version: number;
            description?: string | undefined;
        }>;
        archive: (input: CallInput<z.ZodObject<{
            id: z.ZodUUID;
        }, z.core.$strict>, z.ZodObject<{}, z.core.$strict>, z.ZodObject<{}, z.core.$strict>>) => Promise<{
            id: string;
            title: string;
            status: "active" | "draft" | "archived";
            position: number;
            variants: {
                id: string;
                sku: string;
                unitCode: "C62" | "KGM" | "LTR" | "MTR" | "HUR" | "DAY";
                taxCode: string;
                status: "active" | "archived";
                title?: string | undefined;
                maxPerOrder?: number | undefined;
            }[];
            createdAt: string;
            updatedAt: string;
            version: number;
            description?: string | undefined;
        }>;
    };
    taxCategories: {
        list: (input: CallInput<z.ZodObject<{}, z.core.$strict>, z.ZodObject<{}, z.core.$strict>, z.ZodObject<{}, z.core.$strict>>) => Promise<{
            data: {
                code: string;
                category: string;
                rate: number;
            }[];
        }>;
        save: (input: CallInput<z.ZodObject<{
            code: z.ZodString;
        }, z.core.$strict>, z.ZodObject<{}, z.core.$strict>, z.ZodObject<{
            category: z.ZodEnum<{
                S: "S";
                Z: "Z";
                E: "E";
                AE: "AE";
                O: "O";
            }>;
            rate: z.ZodInt;
        }, z.core.$strict>>) => Promise<{
            code: string;
            category: string;
            rate: number;
        }>;
    };
    orders: {
        list: (input: CallInput<z.ZodObject<{}, z.core.$strict>, z.ZodObject<{
            contactId: z.ZodOptional<z.ZodUUID>;
            status: z.ZodOptional<z.ZodString>;
            limit: z.ZodDefault<z.ZodCoercedNumber<unknown>>;
            cursor: z.ZodOptional<z.ZodString>;
        }, z.core.$strict>, z.ZodObject<{}, z.core.$strict>>) => Promise<{
            data: {
                id: string;
                ref: string;
                contactId: string;
                status: "expired" | "draft" | "awaiting_customer" | "confirmed" | "cancelled";
                revision: number;
                lines: {
                    variantId: string;
                    productId: string;
                    sku: string;
                    title: string;
                    unitCode: string;
                    quantity: number;
                    unitPrice: {
                        amount: number;
                        currency: string;
                    };
                    taxBehavior: "inclusive" | "exclusive";
                    taxRate: number;
                    gross: {
                        amount: number;
                        currency: string;
                    };
                    discount: {
                        amount: number;
                        currency: string;
                    };
                    tax: {
                        amount: number;
                        currency: string;
                    };
                    total: {
                        amount: number;
                        currency: string;
                    };
                }[];
                totals: {
                    subtotal: {
                        amount: number;
                        currency: string;
                    };
                    discountTotal: {
                        amount: number;
                        currency: string;
                    };
                    taxTotal: {
                        amount: number;
                        currency: string;
                    };
                    total: {
                        amount: number;
                        currency: string;
                    };
                    payable: {
                        amount: number;
                        currency: string;
                    };
                };
                allowedActions: string[];
                createdAt: string;
                updatedAt: string;
                version: number;
                number?: string | undefined;
                conversationId?: string | undefined;
                contentHash?: string | undefined;
                confirmBy?: string | undefined;
                confirmedAt?: string | undefined;
                endedAt?: string | undefined;
                endReason?: string | undefined;
            }[];
            page: {
                nextCursor: string | null;
                hasMore: boolean;
            };
        }>;
        all: (input: CallInput<z.ZodObject<{}, z.core.$strict>, z.ZodObject<{
            contactId: z.ZodOptional<z.ZodUUID>;
            status: z.ZodOptional<z.ZodString>;
            limit: z.ZodDefault<z.ZodCoercedNumber<unknown>>;
            cursor: z.ZodOptional<z.ZodString>;
        }, z.core.$strict>, z.ZodObject<{}, z.core.$strict>>) => AsyncIterable<{
            id: string;
            ref: string;
            contactId: string;
            status: "expired" | "draft" | "awaiting_customer" | "confirmed" | "cancelled";
            revision: number;
            lines: {
                variantId: string;
                productId: string;
                sku: string;
                title: string;
                unitCode: string;
                quantity: number;
                unitPrice: {
                    amount: number;
                    currency: string;
                };
                taxBehavior: "inclusive" | "exclusive";
                taxRate: number;
                gross: {
                    amount: number;
                    currency: string;
                };
                discount: {
                    amount: number;
                    currency: string;
                };
                tax: {
                    amount: number;
                    currency: string;
                };
                total: {
                    amount: number;
                    currency: string;
                };
            }[];
            totals: {
                subtotal: {
                    amount: number;
                    currency: string;
                };
                discountTotal: {
                    amount: number;
                    currency: string;
                };
                taxTotal: {
                    amount: number;
                    currency: string;
                };
                total: {
                    amount: number;
                    currency: string;
                };
                payable: {
                    amount: number;
                    currency: string;
                };
            };
            allowedActions: string[];
            createdAt: string;
            updatedAt: string;
            version: number;
            number?: string | undefined;
            conversationId?: string | undefined;
            contentHash?: string | undefined;
            confirmBy?: string | undefined;
            confirmedAt?: string | undefined;
            endedAt?: string | undefined;
            endReason?: string | undefined;
        }>;
        get: (input: CallInput<z.ZodObject<{
            id: z.ZodUUID;
        }, z.core.$strict>, z.ZodObject<{}, z.core.$strict>, z.ZodObject<{}, z.core.$strict>>) => Promise<{
            id: string;
            ref: string;
            contactId: string;
            status: "expired" | "draft" | "awaiting_customer" | "confirmed" | "cancelled";
            revision: number;
            lines: {
                variantId: string;
                productId: string;
                sku: string;
                title: string;
                unitCode: string;
                quantity: number;
                unitPrice: {
                    amount: number;
                    currency: string;
                };
                taxBehavior: "inclusive" | "exclusive";
                taxRate: number;
                gross: {
                    amount: number;
                    currency: string;
                };
                discount: {
                    amount: number;
                    currency: string;
                };
                tax: {
                    amount: number;
                    currency: string;
                };
                total: {
                    amount: number;
                    currency: string;
                };
            }[];
            totals: {
                subtotal: {
                    amount: number;
                    currency: string;
                };
                discountTotal: {
                    amount: number;
                    currency: string;
                };
                taxTotal: {
                    amount: number;
                    currency: string;
                };
                total: {
                    amount: number;
                    currency: string;
                };
                payable: {
                    amount: number;
                    currency: string;
                };
            };
            allowedActions: string[];
            createdAt: string;
            updatedAt: string;
            version: number;
            number?: string | undefined;
            conversationId?: string | undefined;
            contentHash?: string | undefined;
            confirmBy?: string | undefined;
            confirmedAt?: string | undefined;
            endedAt?: string | undefined;
            endReason?: string | undefined;
        }>;
        events: (input: CallInput<z.ZodObject<{
            id: z.ZodUUID;
        }, z.core.$strict>, z.ZodObject<{}, z.core.$strict>, z.ZodObject<{}, z.core.$strict>>) => Promise<{
            data: {
                id: string;
                type: string;
                schema: number;
                aggregateType: string;
                aggregateId: string;
                aggregateVersion: number;
                occurredAt: string;
                actor: {
                    kind: string;
                    id: string;
                    via: string;
                };
                data: Record<string, unknown>;
            }[];
        }>;
        create: (input: CallInput<z.ZodObject<{}, z.core.$strict>, z.ZodObject<{}, z.core.$strict>, z.ZodObject<{
            contactId: z.ZodUUID;
            conversationId: z.ZodOptional<z.ZodUUID>;
            lines: z.ZodArray<z.ZodObject<{
                variantId: z.ZodUUID;
                quantity: z.ZodInt;
            }, z.core.$strict>>;
        }, z.core.$strict>>) => Promise<{
            id: string;
            ref: string;
            contactId: string;
            status: "expired" | "draft" | "awaiting_customer" | "confirmed" | "cancelled";
            revision: number;
            lines: {
                variantId: string;
                productId: string;
                sku: string;
                title: string;
                unitCode: string;
                quantity: number;
                unitPrice: {
                    amount: number;
                    currency: string;
                };
                taxBehavior: "inclusive" | "exclusive";
                taxRate: number;
                gross: {
                    amount: number;
                    currency: string;
                };
                discount: {
                    amount: number;
                    currency: string;
                };
                tax: {
                    amount: number;
                    currency: string;
                };
                total: {
                    amount: number;
                    currency: string;
                };
            }[];
            totals: {
                subtotal: {
                    amount: number;
                    currency: string;
                };
                discountTotal: {
                    amount: number;
                    currency: string;
                };
                taxTotal: {
                    amount: number;
                    currency: string;
                };
                total: {
                    amount: number;
                    currency: string;
                };
                payable: {
                    amount: number;
                    currency: string;
                };
            };
            allowedActions: string[];
            createdAt: string;
            updatedAt: string;
            version: number;
            number?: string | undefined;
            conversationId?: string | undefined;
            contentHash?: string | undefined;
            confirmBy?: string | undefined;
            confirmedAt?: string | undefined;
            endedAt?: string | undefined;
            endReason?: string | undefined;
        }>;
        setLines: (input: CallInput<z.ZodObject<{
            id: z.ZodUUID;
        }, z.core.$strict>, z.ZodObject<{}, z.core.$strict>, z.ZodObject<{
            lines: z.ZodArray<z.ZodObject<{
                variantId: z.ZodUUID;
                quantity: z.ZodInt;
            }, z.core.$strict>>;
        }, z.core.$strict>>) => Promise<{
            id: string;
            ref: string;
            contactId: string;
            status: "expired" | "draft" | "awaiting_customer" | "confirmed" | "cancelled";
            revision: number;
            lines: {
                variantId: string;
                productId: string;
                sku: string;
                title: string;
                unitCode: string;
                quantity: number;
                unitPrice: {
                    amount: number;
                    currency: string;
                };
                taxBehavior: "inclusive" | "exclusive";
                taxRate: number;
                gross: {
                    amount: number;
                    currency: string;
                };
                discount: {
                    amount: number;
                    currency: string;
                };
                tax: {
                    amount: number;
                    currency: string;
                };
                total: {
                    amount: number;
                    currency: string;
                };
            }[];
            totals: {
                subtotal: {
                    amount: number;
                    currency: string;
                };
                discountTotal: {
                    amount: number;
                    currency: string;
                };
                taxTotal: {
                    amount: number;
                    currency: string;
                };
                total: {
                    amount: number;
                    currency: string;
                };
                payable: {
                    amount: number;
                    currency: string;
                };
            };
            allowedActions: string[];
            createdAt: string;
            updatedAt: string;
            version: number;
            number?: string | undefined;
            conversationId?: string | undefined;
            contentHash?: string | undefined;
            confirmBy?: string | undefined;
            confirmedAt?: string | undefined;
            endedAt?: string | undefined;
            endReason?: string | undefined;
        }>;
        propose: (input: CallInput<z.ZodObject<{
            id: z.ZodUUID;
        }, z.core.$strict>, z.ZodObject<{}, z.core.$strict>, z.ZodObject<{}, z.core.$strict>>) => Promise<{
            id: string;
            ref: string;
            contactId: string;
            status: "expired" | "draft" | "awaiting_customer" | "confirmed" | "cancelled";
            revision: number;
            lines: {
                variantId: string;
                productId: string;
                sku: string;
                title: string;
                unitCode: string;
                quantity: number;
                unitPrice: {
                    amount: number;
                    currency: string;
                };
                taxBehavior: "inclusive" | "exclusive";
                taxRate: number;
                gross: {
                    amount: number;
                    currency: string;
                };
                discount: {
                    amount: number;
                    currency: string;
                };
                tax: {
                    amount: number;
                    currency: string;
                };
                total: {
                    amount: number;
                    currency: string;
                };
            }[];
            totals: {
                subtotal: {
                    amount: number;
                    currency: string;
                };
                discountTotal: {
                    amount: number;
                    currency: string;
                };
                taxTotal: {
                    amount: number;
                    currency: string;
                };
                total: {
                    amount: number;
                    currency: string;
                };
                payable: {
                    amount: number;
                    currency: string;
                };
            };
            allowedActions: string[];
            createdAt: string;
            updatedAt: string;
            version: number;
            number?: string | undefined;
            conversationId?: string | undefined;
            contentHash?: string | undefined;
            confirmBy?: string | undefined;
            confirmedAt?: string | undefined;
            endedAt?: string | undefined;
            endReason?: string | undefined;
        }>;
        confirm: (input: CallInput<z.ZodObject<{
            id: z.ZodUUID;
        }, z.core.$strict>, z.ZodObject<{}, z.core.$strict>, z.ZodObject<{
            contentHash: z.ZodString;
        }, z.core.$strict>>) => Promise<{
            id: string;
            ref: string;
            contactId: string;
            status: "expired" | "draft" | "awaiting_customer" | "confirmed" | "cancelled";
            revision: number;
            lines: {
                variantId: string;
                productId: string;
                sku: string;
                title: string;
                unitCode: string;
                quantity: number;
                unitPrice: {
                    amount: number;
                    currency: string;
                };
                taxBehavior: "inclusive" | "exclusive";
                taxRate: number;
                gross: {
                    amount: number;
                    currency: string;
                };
                discount: {
                    amount: number;
                    currency: string;
                };
                tax: {
                    amount: number;
                    currency: string;
                };
                total: {
                    amount: number;
                    currency: string;
                };
            }[];
            totals: {
                subtotal: {
                    amount: number;
                    currency: string;
                };
                discountTotal: {
                    amount: number;
                    currency: string;
                };
                taxTotal: {
                    amount: number;
                    currency: string;
                };
                total: {
                    amount: number;
                    currency: string;
                };
                payable: {
                    amount: number;
                    currency: string;
                };
            };
            allowedActions: string[];
            createdAt: string;
            updatedAt: string;
            version: number;
            number?: string | undefined;
            conversationId?: string | undefined;
            contentHash?: string | undefined;
            confirmBy?: string | undefined;
            confirmedAt?: string | undefined;
            endedAt?: string | undefined;
            endReason?: string | undefined;
        }>;
        cancel: (input: CallInput<z.ZodObject<{
            id: z.ZodUUID;
        }, z.core.$strict>, z.ZodObject<{}, z.core.$strict>, z.ZodObject<{
            reason: z.ZodString;
        }, z.core.$strict>>) => Promise<{
            id: string;
            ref: string;
            contactId: string;
            status: "expired" | "draft" | "awaiting_customer" | "confirmed" | "cancelled";
            revision: number;
            lines: {
                variantId: string;
                productId: string;
                sku: string;
                title: string;
                unitCode: string;
                quantity: number;
                unitPrice: {
                    amount: number;
                    currency: string;
                };
                taxBehavior: "inclusive" | "exclusive";
                taxRate: number;
                gross: {
                    amount: number;
                    currency: string;
                };
                discount: {
                    amount: number;
                    currency: string;
                };
                tax: {
                    amount: number;
                    currency: string;
                };
                total: {
                    amount: number;
                    currency: string;
                };
            }[];
            totals: {
                subtotal: {
                    amount: number;
                    currency: string;
                };
                discountTotal: {
                    amount: number;
                    currency: string;
                };
                taxTotal: {
                    amount: number;
                    currency: string;
                };
                total: {
                    amount: number;
                    currency: string;
                };
                payable: {
                    amount: number;
                    currency: string;
                };
            };
            allowedActions: string[];
            createdAt: string;
            updatedAt: string;
            version: number;
            number?: string | undefined;
            conversationId?: string | undefined;
            contentHash?: string | undefined;
            confirmBy?: string | undefined;
            confirmedAt?: string | undefined;
            endedAt?: string | undefined;
            endReason?: string | undefined;
        }>;
        edit: (input: CallInput<z.ZodObject<{
            id: z.ZodUUID;
        }, z.core.$strict>, z.ZodObject<{}, z.core.$strict>, z.ZodObject<{}, z.core.$strict>>) => Promise<{
            id: string;
            ref: string;
            contactId: string;
            status: "expired" | "draft" | "awaiting_customer" | "confirmed" | "cancelled";
            revision: number;
            lines: {
                variantId: string;
                productId: string;
                sku: string;
                title: string;
                unitCode: string;
                quantity: number;
                unitPrice: {
                    amount: number;
                    currency: string;
                };
                taxBehavior: "inclusive" | "exclusive";
                taxRate: number;
                gross: {
                    amount: number;
                    currency: string;
                };
                discount: {
                    amount: number;
                    currency: string;
                };
                tax: {
                    amount: number;
                    currency: string;
                };
                total: {
                    amount: number;
                    currency: string;
                };
            }[];
            totals: {
                subtotal: {
                    amount: number;
                    currency: string;
                };
                discountTotal: {
                    amount: number;
                    currency: string;
                };
                taxTotal: {
                    amount: number;
                    currency: string;
                };
                total: {
                    amount: number;
                    currency: string;
                };
                payable: {
                    amount: number;
                    currency: string;
                };
            };
            allowedActions: string[];
            createdAt: string;
            updatedAt: string;
            version: number;
            number?: string | undefined;
            conversationId?: string | undefined;
            contentHash?: string | undefined;
            confirmBy?: string | undefined;
            confirmedAt?: string | undefined;
            endedAt?: string | undefined;
            endReason?: string | undefined;
        }>;
    };
};

export declare const eventSchema: z.ZodObject<{
    id: z.ZodUUID;
    type: z.ZodString;
    schema: z.ZodInt;
    aggregateType: z.ZodString;
    aggregateId: z.ZodString;
    aggregateVersion: z.ZodInt;
    occurredAt: z.ZodISODateTime;
    actor: z.ZodObject<{
        kind: z.ZodString;
        id: z.ZodString;
        via: z.ZodString;
    }, z.core.$strip>;
    data: z.ZodRecord<z.ZodString, z.ZodUnknown>;
}, z.core.$strip>;

export declare const permissions: readonly ["conversation:read", "conversation:reply", "conversation:assign", "conversation:close", "contact:read", "contact:update", "contact:reveal_identifier", "order:read", "order:write", "quote:read", "quote:write", "ticket:read", "ticket:write", "appointment:read", "appointment:write", "catalog:read", "catalog:write", "template:write", "ai:write", "settings:read", "settings:write", "channel:read", "channel:write", "member:read", "member:invite", "member:change_role", "member:remove", "apikey:manage", "privacy:report", "privacy:request_create", "privacy:execute", "privacy:view_restricted", "export:bulk", "tenant:close", "audit:read", "audit:read_own"];

export declare const problemKinds: {
    readonly malformed_request: {
        readonly status: 400;
        readonly title: "The request cannot be read";
    };
    readonly idempotency_key_missing: {
        readonly status: 400;
        readonly title: "This command needs an Idempotency-Key header";
    };
    readonly cursor_invalid: {
        readonly status: 400;
        readonly title: "The cursor is not one of this list";
    };
    readonly unauthenticated: {
        readonly status: 401;
        readonly title: "A valid credential is needed";
    };
    readonly not_permitted: {
        readonly status: 403;
        readonly title: "This credential may not do that";
    };
    readonly reauthentication_required: {
        readonly status: 403;
        readonly title: "Sign in again first";
    };
    readonly not_found: {
        readonly status: 404;
        readonly title: "There is no such thing";
    };
    readonly method_not_allowed: {
        readonly status: 405;
        readonly title: "This address does not know the method";
    };
    readonly conflict: {
        readonly status: 409;
        readonly title: "Something else was faster, or stands in the way";
    };
    readonly illegal_transition: {
        readonly status: 409;
        readonly title: "Not in this state";
    };
    readonly idempotency_in_progress: {
        readonly status: 409;
        readonly title: "The first request with this key still runs";
    };
    readonly empty: {
        readonly status: 409;
        readonly title: "The order has no lines";
    };
    readonly not_for_sale: {
        readonly status: 409;
        readonly title: "A variant is not on sale";
    };
    readonly too_soon: {
        readonly status: 429;
        readonly title: "Tried again too soon";
    };
    readonly too_many: {
        readonly status: 409;
        readonly title: "More than is allowed";
    };
    readonly insufficient_stock: {
        readonly status: 409;
        readonly title: "Not enough in stock";
    };
    readonly expired: {
        readonly status: 409;
        readonly title: "The proposal is over";
    };
    readonly changed: {
        readonly status: 409;
        readonly title: "Not what the customer was shown";
    };
    readonly same: {
        readonly status: 409;
        readonly title: "Both are the same contact";
    };
    readonly sku_taken: {
        readonly status: 409;
        readonly title: "Another product has that SKU";
    };
    readonly price_overlap: {
        readonly status: 409;
        readonly title: "Another price is valid at that time";
    };
    readonly below_reserved: {
        readonly status: 409;
        readonly title: "Customers have more set aside than that";
    };
    readonly resolved: {
        readonly status: 409;
        readonly title: "The conversation is resolved";
    };
    readonly human_owns: {
        readonly status: 409;
        readonly title: "A person has the conversation";
    };
    readonly window_closed: {
        readonly status: 409;
        readonly title: "The 24-hour window of the customer is closed";
    };
    readonly no_recipient: {
        readonly status: 409;
        readonly title: "There is no address to send to";
    };
    readonly stale: {
        readonly status: 409;
        readonly title: "The conversation moved on";
    };
    readonly not_parked: {
        readonly status: 409;
        readonly title: "This send waits for nobody";
    };
    readonly last_owner: {
        readonly status: 409;
        readonly title: "A business keeps an owner";
    };
    readonly stronger: {
        readonly status: 403;
        readonly title: "The role or a scope is above your own";
    };
    readonly already_member: {
        readonly status: 409;
        readonly title: "That person is a member already";
    };
    readonly no_scopes: {
        readonly status: 422;
        readonly title: "A key needs a scope";
    };
    readonly never_for_keys: {
        readonly status: 422;
        readonly title: "No key ever has that scope";
    };
    readonly number_refused: {
        readonly status: 409;
        readonly title: "WhatsApp did not accept the number";
    };
    readonly version_conflict: {
        readonly status: 412;
        readonly title: "It was changed in the meantime";
    };
    readonly payload_too_large: {
        readonly status: 413;
        readonly title: "The body is too large";
    };
    readonly unsupported_media_type: {
        readonly status: 415;
        readonly title: "Bodies are application/json";
    };
    readonly invalid_input: {
        readonly status: 422;
        readonly title: "Something in the body is not valid";
    };
    readonly idempotency_mismatch: {
        readonly status: 422;
        readonly title: "The key was used for another request";
    };
    readonly precondition_required: {
        readonly status: 428;
        readonly title: "This change needs an If-Match header";
    };
    readonly rate_limited: {
        readonly status: 429;
        readonly title: "Too many requests";
    };
    readonly internal: {
        readonly status: 500;
        readonly title: "Something went wrong on the server";
    };
    readonly storage_unavailable: {
        readonly status: 503;
        readonly title: "The database cannot be reached now";
    };
    readonly overloaded: {
        readonly status: 503;
        readonly title: "Too much to do just now";
    };
};

export interface EventOptions {
    /** Id of the last event that was handled, or `start` for everything from the first one. Default: from now on. */
    readonly after?: string;
    readonly signal: AbortSignal;
}

export interface Random {
    /** `length` random bytes, cryptographically strong in production. */
    bytes(length: number): Uint8Array;
}

export interface Route<Params extends z.ZodType = z.ZodType, Query extends z.ZodType = z.ZodType, Body extends z.ZodType = z.ZodType, Response extends z.ZodType = z.ZodType> {
    /** Unique name in the document. */
    readonly operation: string;
    readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
    /** Below `/v1`, with `{name}` for parameters. */
    readonly path: string;
    readonly tag: string;
    readonly summary: string;
    /** What it takes; `signed_in` any credential of a tenant, `member` a person and no key. */
    readonly access: Permission | 'signed_in' | 'member';
    readonly params: Params;
    readonly query: Query;
    /** Of commands; strict. */
    readonly body: Body;
    readonly response: Response;
    readonly status: 200 | 201 | 204;
    /** Whether an `Idempotency-Key` is needed. */
    readonly idempotent: boolean;
    /** Whether `If-Match` is needed. */
    readonly match: 'none' | 'optional' | 'required';
    /** What the answer is; `lines` is one JSON document a line, `events` a stream of server-sent events. */
    readonly kind: 'json' | 'page' | 'lines' | 'events';
    /** Domain problems beside those every operation can have. */
    readonly problems: readonly ProblemCode[];
    /** Members of the answer that are shown once: a repetition of the request has `null` in their place. */
    readonly shownOnce: readonly string[];
    /** Whether it runs in one transaction of ours; calls of the network do not, and usage data has its own. */
    readonly isJoined: boolean;
    /**
     * Whether reading it is written into the audit log, because it shows personal data. Commands in one transaction
     * always are; those of numbers write their own entries, and an objection to being counted is not written down.
     */
    readonly isPersonal: boolean;
}

export interface Sender {
    /** One request; the body of its answer. Throws an `AuronxError` with the problem's code. */
    send<Schema extends z.ZodType>(route: Route, response: Schema, input: AnyInput): Promise<z.output<Schema>>;
    /** One request whose answer is read as it comes. Throws as `send`. */
    open(route: Route, input: AnyInput, headers: Readonly<Record<string, string>>): Promise<Response>;
}

export type EventDocument = z.output<typeof eventSchema>;

export type Operations = ReturnType<typeof bindOperations>;

export type Permission = (typeof permissions)[number];

export type ProblemCode = keyof typeof problemKinds;

interface AnyInput {
    readonly params?: unknown;
    readonly query?: unknown;
    readonly body?: unknown;
    readonly version?: number;
    readonly idempotencyKey?: string;
    readonly signal?: AbortSignal;
}

type Part<Name extends string, Schema extends z.ZodType> = Record<never, never> extends z.input<Schema> ? {
    readonly [Key in Name]?: z.input<Schema>;
} : {
    readonly [Key in Name]: z.input<Schema>;
};
