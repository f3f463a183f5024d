// @auronx/sdk/api exports: EventDocument, Problem, ProblemCode, ProblemDocument, ProblemKind, Route, RouteSpec, api, errorCodeOf, eventSchema, isProblemCode, problemError, problemKinds, problemOf, problemSchema, problemType, route, routes

export declare const api: {
    readonly listUsage: Route<import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        data: import("zod").ZodArray<import("zod").ZodObject<{
            name: import("zod").ZodString;
            month: import("zod").ZodString;
            uses: import("zod").ZodInt;
            people: import("zod").ZodInt;
        }, import("zod/v4/core").$strip>>;
    }, import("zod/v4/core").$strip>>;
    readonly getUsageObjection: Route<import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        isObjected: import("zod").ZodBoolean;
    }, import("zod/v4/core").$strip>>;
    readonly setUsageObjection: Route<import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        isObjected: import("zod").ZodBoolean;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        isObjected: import("zod").ZodBoolean;
    }, import("zod/v4/core").$strip>>;
    readonly listEvents: Route<import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        limit: import("zod").ZodDefault<import("zod").ZodCoercedNumber<unknown>>;
        cursor: import("zod").ZodOptional<import("zod").ZodString>;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        data: import("zod").ZodArray<import("zod").ZodObject<{
            id: import("zod").ZodUUID;
            type: import("zod").ZodString;
            schema: import("zod").ZodInt;
            aggregateType: import("zod").ZodString;
            aggregateId: import("zod").ZodString;
            aggregateVersion: import("zod").ZodInt;
            occurredAt: import("zod").ZodISODateTime;
            actor: import("zod").ZodObject<{
                kind: import("zod").ZodString;
                id: import("zod").ZodString;
                via: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
            data: import("zod").ZodRecord<import("zod").ZodString, import("zod").ZodUnknown>;
        }, import("zod/v4/core").$strip>>;
        page: import("zod").ZodObject<{
            nextCursor: import("zod").ZodNullable<import("zod").ZodString>;
            hasMore: import("zod").ZodBoolean;
        }>;
    }, import("zod/v4/core").$strip>>;
    readonly streamEvents: Route<import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        id: import("zod").ZodUUID;
        type: import("zod").ZodString;
        schema: import("zod").ZodInt;
        aggregateType: import("zod").ZodString;
        aggregateId: import("zod").ZodString;
        aggregateVersion: import("zod").ZodInt;
        occurredAt: import("zod").ZodISODateTime;
        actor: import("zod").ZodObject<{
            kind: import("zod").ZodString;
            id: import("zod").ZodString;
            via: import("zod").ZodString;
        }, import("zod/v4/core").$strip>;
        data: import("zod").ZodRecord<import("zod").ZodString, import("zod").ZodUnknown>;
    }, import("zod/v4/core").$strip>>;
    readonly listChannels: Route<import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        data: import("zod").ZodArray<import("zod").ZodObject<{
            id: import("zod").ZodUUID;
            appId: import("zod").ZodString;
            phoneNumberId: import("zod").ZodString;
            businessAccountId: import("zod").ZodString;
            displayPhoneNumber: import("zod").ZodString;
            status: import("zod").ZodEnum<{
                active: "active";
                stopped: "stopped";
            }>;
            stoppedReason: import("zod").ZodOptional<import("zod").ZodString>;
            version: import("zod").ZodInt;
        }, import("zod/v4/core").$strip>>;
        webhookUrl: import("zod").ZodOptional<import("zod").ZodString>;
    }, import("zod/v4/core").$strip>>;
    readonly connectChannel: Route<import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        phoneNumberId: import("zod").ZodString;
        businessAccountId: import("zod").ZodString;
        appId: import("zod").ZodString;
        accessToken: import("zod").ZodString;
        appSecret: import("zod").ZodOptional<import("zod").ZodString>;
        verifyToken: import("zod").ZodOptional<import("zod").ZodString>;
        pin: import("zod").ZodOptional<import("zod").ZodString>;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        id: import("zod").ZodUUID;
        appId: import("zod").ZodString;
        phoneNumberId: import("zod").ZodString;
        businessAccountId: import("zod").ZodString;
        displayPhoneNumber: import("zod").ZodString;
        status: import("zod").ZodEnum<{
            active: "active";
            stopped: "stopped";
        }>;
        stoppedReason: import("zod").ZodOptional<import("zod").ZodString>;
        version: import("zod").ZodInt;
    }, import("zod/v4/core").$strip>>;
    readonly getChannelHealth: Route<import("zod").ZodObject<{
        id: import("zod").ZodUUID;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        canSend: import("zod").ZodString;
        status: import("zod").ZodOptional<import("zod").ZodString>;
        quality: import("zod").ZodOptional<import("zod").ZodString>;
        throughput: import("zod").ZodOptional<import("zod").ZodString>;
        obstacles: import("zod").ZodArray<import("zod").ZodString>;
        tokenExpiresAt: import("zod").ZodOptional<import("zod").ZodISODateTime>;
    }, import("zod/v4/core").$strip>>;
    readonly replaceChannelToken: Route<import("zod").ZodObject<{
        id: import("zod").ZodUUID;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        accessToken: import("zod").ZodString;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        id: import("zod").ZodUUID;
        appId: import("zod").ZodString;
        phoneNumberId: import("zod").ZodString;
        businessAccountId: import("zod").ZodString;
        displayPhoneNumber: import("zod").ZodString;
        status: import("zod").ZodEnum<{
            active: "active";
            stopped: "stopped";
        }>;
        stoppedReason: import("zod").ZodOptional<import("zod").ZodString>;
        version: import("zod").ZodInt;
    }, import("zod/v4/core").$strip>>;
    readonly resumeChannel: Route<import("zod").ZodObject<{
        id: import("zod").ZodUUID;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        id: import("zod").ZodUUID;
        appId: import("zod").ZodString;
        phoneNumberId: import("zod").ZodString;
        businessAccountId: import("zod").ZodString;
        displayPhoneNumber: import("zod").ZodString;
        status: import("zod").ZodEnum<{
            active: "active";
            stopped: "stopped";
        }>;
        stoppedReason: import("zod").ZodOptional<import("zod").ZodString>;
        version: import("zod").ZodInt;
    }, import("zod/v4/core").$strip>>;
    readonly disconnectChannel: Route<import("zod").ZodObject<{
        id: import("zod").ZodUUID;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        id: import("zod").ZodUUID;
        left: import("zod").ZodArray<import("zod").ZodObject<{
            step: import("zod").ZodString;
            words: import("zod").ZodString;
        }, import("zod/v4/core").$strip>>;
    }, import("zod/v4/core").$strip>>;
    readonly getSettings: Route<import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        businessName: import("zod").ZodString;
        locale: import("zod").ZodEnum<{
            en: "en";
            es: "es";
            pt: "pt";
            ar: "ar";
        }>;
        timeZone: import("zod").ZodString;
        currency: import("zod").ZodString;
        taxRounding: import("zod").ZodEnum<{
            "rate-group": "rate-group";
            line: "line";
        }>;
        proposalTtlMs: import("zod").ZodInt;
        reopenWithinMs: import("zod").ZodInt;
        holdOnPropose: import("zod").ZodBoolean;
        agentsRevealIdentifiers: import("zod").ZodBoolean;
        agentsReach: import("zod").ZodEnum<{
            assigned: "assigned";
            queue: "queue";
            all: "all";
        }>;
        version: import("zod").ZodInt;
    }, import("zod/v4/core").$strip>>;
    readonly changeSettings: Route<import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        businessName: import("zod").ZodOptional<import("zod").ZodString>;
        locale: import("zod").ZodOptional<import("zod").ZodEnum<{
            en: "en";
            es: "es";
            pt: "pt";
            ar: "ar";
        }>>;
        timeZone: import("zod").ZodOptional<import("zod").ZodString>;
        taxRounding: import("zod").ZodOptional<import("zod").ZodEnum<{
            "rate-group": "rate-group";
            line: "line";
        }>>;
        proposalTtlMs: import("zod").ZodOptional<import("zod").ZodInt>;
        reopenWithinMs: import("zod").ZodOptional<import("zod").ZodInt>;
        holdOnPropose: import("zod").ZodOptional<import("zod").ZodBoolean>;
        agentsRevealIdentifiers: import("zod").ZodOptional<import("zod").ZodBoolean>;
        agentsReach: import("zod").ZodOptional<import("zod").ZodEnum<{
            assigned: "assigned";
            queue: "queue";
            all: "all";
        }>>;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        businessName: import("zod").ZodString;
        locale: import("zod").ZodEnum<{
            en: "en";
            es: "es";
            pt: "pt";
            ar: "ar";
        }>;
        timeZone: import("zod").ZodString;
        currency: import("zod").ZodString;
        taxRounding: import("zod").ZodEnum<{
            "rate-group": "rate-group";
            line: "line";
        }>;
        proposalTtlMs: import("zod").ZodInt;
        reopenWithinMs: import("zod").ZodInt;
        holdOnPropose: import("zod").ZodBoolean;
        agentsRevealIdentifiers: import("zod").ZodBoolean;
        agentsReach: import("zod").ZodEnum<{
            assigned: "assigned";
            queue: "queue";
            all: "all";
        }>;
        version: import("zod").ZodInt;
    }, import("zod/v4/core").$strip>>;
    readonly listAudit: Route<import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        limit: import("zod").ZodDefault<import("zod").ZodCoercedNumber<unknown>>;
        cursor: import("zod").ZodOptional<import("zod").ZodString>;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        data: import("zod").ZodArray<import("zod").ZodObject<{
            sequence: import("zod").ZodInt;
            at: import("zod").ZodISODateTime;
            actor: import("zod").ZodObject<{
                kind: import("zod").ZodString;
                id: import("zod").ZodString;
                via: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
            action: import("zod").ZodString;
            target: import("zod").ZodObject<{
                type: import("zod").ZodString;
                id: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
            facts: import("zod").ZodRecord<import("zod").ZodString, import("zod").ZodUnknown>;
            personal: import("zod").ZodOptional<import("zod").ZodRecord<import("zod").ZodString, import("zod").ZodString>>;
            hash: import("zod").ZodString;
        }, import("zod/v4/core").$strip>>;
        page: import("zod").ZodObject<{
            nextCursor: import("zod").ZodNullable<import("zod").ZodString>;
            hasMore: import("zod").ZodBoolean;
        }>;
    }, import("zod/v4/core").$strip>>;
    readonly exportAudit: Route<import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodRecord<import("zod").ZodString, import("zod").ZodUnknown>>;
    readonly getMe: Route<import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        kind: import("zod").ZodEnum<{
            member: "member";
            api_key: "api_key";
        }>;
        id: import("zod").ZodString;
        tenantId: import("zod").ZodUUID;
        permissions: import("zod").ZodArray<import("zod").ZodEnum<{
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
        mayGrant: import("zod").ZodObject<{
            roles: import("zod").ZodArray<import("zod").ZodEnum<{
                owner: "owner";
                admin: "admin";
                agent: "agent";
                viewer: "viewer";
            }>>;
            scopes: import("zod").ZodArray<import("zod").ZodEnum<{
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
        }, import("zod/v4/core").$strip>;
        authenticatedAt: import("zod").ZodOptional<import("zod").ZodISODateTime>;
    }, import("zod/v4/core").$strip>>;
    readonly listMembers: Route<import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        data: import("zod").ZodArray<import("zod").ZodObject<{
            id: import("zod").ZodUUID;
            email: import("zod").ZodString;
            name: import("zod").ZodString;
            role: import("zod").ZodEnum<{
                owner: "owner";
                admin: "admin";
                agent: "agent";
                viewer: "viewer";
            }>;
            status: import("zod").ZodEnum<{
                active: "active";
                suspended: "suspended";
                removed: "removed";
            }>;
            createdAt: import("zod").ZodISODateTime;
            updatedAt: import("zod").ZodISODateTime;
            version: import("zod").ZodInt;
        }, import("zod/v4/core").$strip>>;
    }, import("zod/v4/core").$strip>>;
    readonly changeRole: Route<import("zod").ZodObject<{
        id: import("zod").ZodUUID;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        role: import("zod").ZodEnum<{
            owner: "owner";
            admin: "admin";
            agent: "agent";
            viewer: "viewer";
        }>;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        id: import("zod").ZodUUID;
        email: import("zod").ZodString;
        name: import("zod").ZodString;
        role: import("zod").ZodEnum<{
            owner: "owner";
            admin: "admin";
            agent: "agent";
            viewer: "viewer";
        }>;
        status: import("zod").ZodEnum<{
            active: "active";
            suspended: "suspended";
            removed: "removed";
        }>;
        createdAt: import("zod").ZodISODateTime;
        updatedAt: import("zod").ZodISODateTime;
        version: import("zod").ZodInt;
    }, import("zod/v4/core").$strip>>;
    readonly suspendMember: Route<import("zod").ZodObject<{
        id: import("zod").ZodUUID;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        id: import("zod").ZodUUID;
        email: import("zod").ZodString;
        name: import("zod").ZodString;
        role: import("zod").ZodEnum<{
            owner: "owner";
            admin: "admin";
            agent: "agent";
            viewer: "viewer";
        }>;
        status: import("zod").ZodEnum<{
            active: "active";
            suspended: "suspended";
            removed: "removed";
        }>;
        createdAt: import("zod").ZodISODateTime;
        updatedAt: import("zod").ZodISODateTime;
        version: import("zod").ZodInt;
    }, import("zod/v4/core").$strip>>;
    readonly reactivateMember: Route<import("zod").ZodObject<{
        id: import("zod").ZodUUID;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        id: import("zod").ZodUUID;
        email: import("zod").ZodString;
        name: import("zod").ZodString;
        role: import("zod").ZodEnum<{
            owner: "owner";
            admin: "admin";
            agent: "agent";
            viewer: "viewer";
        }>;
        status: import("zod").ZodEnum<{
            active: "active";
            suspended: "suspended";
            removed: "removed";
        }>;
        createdAt: import("zod").ZodISODateTime;
        updatedAt: import("zod").ZodISODateTime;
        version: import("zod").ZodInt;
    }, import("zod/v4/core").$strip>>;
    readonly removeMember: Route<import("zod").ZodObject<{
        id: import("zod").ZodUUID;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        id: import("zod").ZodUUID;
        email: import("zod").ZodString;
        name: import("zod").ZodString;
        role: import("zod").ZodEnum<{
            owner: "owner";
            admin: "admin";
            agent: "agent";
            viewer: "viewer";
        }>;
        status: import("zod").ZodEnum<{
            active: "active";
            suspended: "suspended";
            removed: "removed";
        }>;
        createdAt: import("zod").ZodISODateTime;
        updatedAt: import("zod").ZodISODateTime;
        version: import("zod").ZodInt;
    }, import("zod/v4/core").$strip>>;
    readonly leave: Route<import("zod").ZodObject<{
        id: import("zod").ZodUUID;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        id: import("zod").ZodUUID;
        email: import("zod").ZodString;
        name: import("zod").ZodString;
        role: import("zod").ZodEnum<{
            owner: "owner";
            admin: "admin";
            agent: "agent";
            viewer: "viewer";
        }>;
        status: import("zod").ZodEnum<{
            active: "active";
            suspended: "suspended";
            removed: "removed";
        }>;
        createdAt: import("zod").ZodISODateTime;
        updatedAt: import("zod").ZodISODateTime;
        version: import("zod").ZodInt;
    }, import("zod/v4/core").$strip>>;
    readonly listInvitations: Route<import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        data: import("zod").ZodArray<import("zod").ZodObject<{
            id: import("zod").ZodUUID;
            email: import("zod").ZodString;
            role: import("zod").ZodEnum<{
                owner: "owner";
                admin: "admin";
                agent: "agent";
                viewer: "viewer";
            }>;
            invitedBy: import("zod").ZodUUID;
            createdAt: import("zod").ZodISODateTime;
            expiresAt: import("zod").ZodISODateTime;
        }, import("zod/v4/core").$strip>>;
    }, import("zod/v4/core").$strip>>;
    readonly invite: Route<import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        email: import("zod").ZodEmail;
        role: import("zod").ZodEnum<{
            owner: "owner";
            admin: "admin";
            agent: "agent";
            viewer: "viewer";
        }>;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        id: import("zod").ZodUUID;
        email: import("zod").ZodString;
        role: import("zod").ZodEnum<{
            owner: "owner";
            admin: "admin";
            agent: "agent";
            viewer: "viewer";
        }>;
        invitedBy: import("zod").ZodUUID;
        createdAt: import("zod").ZodISODateTime;
        expiresAt: import("zod").ZodISODateTime;
    }, import("zod/v4/core").$strip>>;
    readonly revokeInvitation: Route<import("zod").ZodObject<{
        id: import("zod").ZodUUID;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>>;
    readonly listApiKeys: Route<import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        data: import("zod").ZodArray<import("zod").ZodObject<{
            id: import("zod").ZodString;
            name: import("zod").ZodString;
            scopes: import("zod").ZodArray<import("zod").ZodEnum<{
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
            createdBy: import("zod").ZodUUID;
            createdAt: import("zod").ZodISODateTime;
            expiresAt: import("zod").ZodISODateTime;
            lastUsedAt: import("zod").ZodOptional<import("zod").ZodISODateTime>;
            revokedAt: import("zod").ZodOptional<import("zod").ZodISODateTime>;
            previousUntil: import("zod").ZodOptional<import("zod").ZodISODateTime>;
        }, import("zod/v4/core").$strip>>;
    }, import("zod/v4/core").$strip>>;
    readonly createApiKey: Route<import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        name: import("zod").ZodString;
        scopes: import("zod").ZodArray<import("zod").ZodEnum<{
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
        expiresAt: import("zod").ZodOptional<import("zod").ZodISODateTime>;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        key: import("zod").ZodObject<{
            id: import("zod").ZodString;
            name: import("zod").ZodString;
            scopes: import("zod").ZodArray<import("zod").ZodEnum<{
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
            createdBy: import("zod").ZodUUID;
            createdAt: import("zod").ZodISODateTime;
            expiresAt: import("zod").ZodISODateTime;
            lastUsedAt: import("zod").ZodOptional<import("zod").ZodISODateTime>;
            revokedAt: import("zod").ZodOptional<import("zod").ZodISODateTime>;
            previousUntil: import("zod").ZodOptional<import("zod").ZodISODateTime>;
        }, import("zod/v4/core").$strip>;
        text: import("zod").ZodNullable<import("zod").ZodString>;
    }, import("zod/v4/core").$strip>>;
    readonly rotateApiKey: Route<import("zod").ZodObject<{
        id: import("zod").ZodString;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        overlapMs: import("zod").ZodOptional<import("zod").ZodInt>;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        key: import("zod").ZodObject<{
            id: import("zod").ZodString;
            name: import("zod").ZodString;
            scopes: import("zod").ZodArray<import("zod").ZodEnum<{
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
            createdBy: import("zod").ZodUUID;
            createdAt: import("zod").ZodISODateTime;
            expiresAt: import("zod").ZodISODateTime;
            lastUsedAt: import("zod").ZodOptional<import("zod").ZodISODateTime>;
            revokedAt: import("zod").ZodOptional<import("zod").ZodISODateTime>;
            previousUntil: import("zod").ZodOptional<import("zod").ZodISODateTime>;
        }, import("zod/v4/core").$strip>;
        text: import("zod").ZodNullable<import("zod").ZodString>;
    }, import("zod/v4/core").$strip>>;
    readonly revokeApiKey: Route<import("zod").ZodObject<{
        id: import("zod").ZodString;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>>;
    readonly listSessions: Route<import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        data: import("zod").ZodArray<import("zod").ZodObject<{
            id: import("zod").ZodUUID;
            device: import("zod").ZodOptional<import("zod").ZodString>;
            methods: import("zod").ZodArray<import("zod").ZodString>;
            authenticatedAt: import("zod").ZodISODateTime;
            createdAt: import("zod").ZodISODateTime;
            expiresAt: import("zod").ZodISODateTime;
            isCurrent: import("zod").ZodBoolean;
        }, import("zod/v4/core").$strip>>;
    }, import("zod/v4/core").$strip>>;
    readonly revokeSession: Route<import("zod").ZodObject<{
        id: import("zod").ZodUUID;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>>;
    readonly listContacts: Route<import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        q: import("zod").ZodOptional<import("zod").ZodString>;
        limit: import("zod").ZodDefault<import("zod").ZodCoercedNumber<unknown>>;
        cursor: import("zod").ZodOptional<import("zod").ZodString>;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        data: import("zod").ZodArray<import("zod").ZodObject<{
            id: import("zod").ZodUUID;
            displayName: import("zod").ZodOptional<import("zod").ZodString>;
            locale: import("zod").ZodOptional<import("zod").ZodString>;
            identities: import("zod").ZodArray<import("zod").ZodObject<{
                kind: import("zod").ZodString;
                value: import("zod").ZodString;
            }, import("zod/v4/core").$strip>>;
            blockedAt: import("zod").ZodOptional<import("zod").ZodISODateTime>;
            suppressed: import("zod").ZodOptional<import("zod").ZodObject<{
                everything: import("zod").ZodOptional<import("zod").ZodObject<{
                    since: import("zod").ZodISODateTime;
                    reason: import("zod").ZodString;
                }, import("zod/v4/core").$strip>>;
                marketing: import("zod").ZodOptional<import("zod").ZodObject<{
                    since: import("zod").ZodISODateTime;
                    reason: import("zod").ZodString;
                }, import("zod/v4/core").$strip>>;
            }, import("zod/v4/core").$strip>>;
            createdAt: import("zod").ZodISODateTime;
            updatedAt: import("zod").ZodISODateTime;
            version: import("zod").ZodInt;
        }, import("zod/v4/core").$strip>>;
        page: import("zod").ZodObject<{
            nextCursor: import("zod").ZodNullable<import("zod").ZodString>;
            hasMore: import("zod").ZodBoolean;
        }>;
    }, import("zod/v4/core").$strip>>;
    readonly getContact: Route<import("zod").ZodObject<{
        id: import("zod").ZodUUID;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        id: import("zod").ZodUUID;
        displayName: import("zod").ZodOptional<import("zod").ZodString>;
        locale: import("zod").ZodOptional<import("zod").ZodString>;
        identities: import("zod").ZodArray<import("zod").ZodObject<{
            kind: import("zod").ZodString;
            value: import("zod").ZodString;
        }, import("zod/v4/core").$strip>>;
        blockedAt: import("zod").ZodOptional<import("zod").ZodISODateTime>;
        suppressed: import("zod").ZodOptional<import("zod").ZodObject<{
            everything: import("zod").ZodOptional<import("zod").ZodObject<{
                since: import("zod").ZodISODateTime;
                reason: import("zod").ZodString;
            }, import("zod/v4/core").$strip>>;
            marketing: import("zod").ZodOptional<import("zod").ZodObject<{
                since: import("zod").ZodISODateTime;
                reason: import("zod").ZodString;
            }, import("zod/v4/core").$strip>>;
        }, import("zod/v4/core").$strip>>;
        createdAt: import("zod").ZodISODateTime;
        updatedAt: import("zod").ZodISODateTime;
        version: import("zod").ZodInt;
    }, import("zod/v4/core").$strip>>;
    readonly setContactLocale: Route<import("zod").ZodObject<{
        id: import("zod").ZodUUID;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        locale: import("zod").ZodEnum<{
            en: "en";
            es: "es";
            pt: "pt";
            ar: "ar";
        }>;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        id: import("zod").ZodUUID;
        displayName: import("zod").ZodOptional<import("zod").ZodString>;
        locale: import("zod").ZodOptional<import("zod").ZodString>;
        identities: import("zod").ZodArray<import("zod").ZodObject<{
            kind: import("zod").ZodString;
            value: import("zod").ZodString;
        }, import("zod/v4/core").$strip>>;
        blockedAt: import("zod").ZodOptional<import("zod").ZodISODateTime>;
        suppressed: import("zod").ZodOptional<import("zod").ZodObject<{
            everything: import("zod").ZodOptional<import("zod").ZodObject<{
                since: import("zod").ZodISODateTime;
                reason: import("zod").ZodString;
            }, import("zod/v4/core").$strip>>;
            marketing: import("zod").ZodOptional<import("zod").ZodObject<{
                since: import("zod").ZodISODateTime;
                reason: import("zod").ZodString;
            }, import("zod/v4/core").$strip>>;
        }, import("zod/v4/core").$strip>>;
        createdAt: import("zod").ZodISODateTime;
        updatedAt: import("zod").ZodISODateTime;
        version: import("zod").ZodInt;
    }, import("zod/v4/core").$strip>>;
    readonly mergeContact: Route<import("zod").ZodObject<{
        id: import("zod").ZodUUID;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        fromId: import("zod").ZodUUID;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        id: import("zod").ZodUUID;
        displayName: import("zod").ZodOptional<import("zod").ZodString>;
        locale: import("zod").ZodOptional<import("zod").ZodString>;
        identities: import("zod").ZodArray<import("zod").ZodObject<{
            kind: import("zod").ZodString;
            value: import("zod").ZodString;
        }, import("zod/v4/core").$strip>>;
        blockedAt: import("zod").ZodOptional<import("zod").ZodISODateTime>;
        suppressed: import("zod").ZodOptional<import("zod").ZodObject<{
            everything: import("zod").ZodOptional<import("zod").ZodObject<{
                since: import("zod").ZodISODateTime;
                reason: import("zod").ZodString;
            }, import("zod/v4/core").$strip>>;
            marketing: import("zod").ZodOptional<import("zod").ZodObject<{
                since: import("zod").ZodISODateTime;
                reason: import("zod").ZodString;
            }, import("zod/v4/core").$strip>>;
        }, import("zod/v4/core").$strip>>;
        createdAt: import("zod").ZodISODateTime;
        updatedAt: import("zod").ZodISODateTime;
        version: import("zod").ZodInt;
    }, import("zod/v4/core").$strip>>;
    readonly suppressContact: Route<import("zod").ZodObject<{
        id: import("zod").ZodUUID;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        what: import("zod").ZodEnum<{
            everything: "everything";
            marketing: "marketing";
        }>;
        reason: import("zod").ZodString;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        id: import("zod").ZodUUID;
        displayName: import("zod").ZodOptional<import("zod").ZodString>;
        locale: import("zod").ZodOptional<import("zod").ZodString>;
        identities: import("zod").ZodArray<import("zod").ZodObject<{
            kind: import("zod").ZodString;
            value: import("zod").ZodString;
        }, import("zod/v4/core").$strip>>;
        blockedAt: import("zod").ZodOptional<import("zod").ZodISODateTime>;
        suppressed: import("zod").ZodOptional<import("zod").ZodObject<{
            everything: import("zod").ZodOptional<import("zod").ZodObject<{
                since: import("zod").ZodISODateTime;
                reason: import("zod").ZodString;
            }, import("zod/v4/core").$strip>>;
            marketing: import("zod").ZodOptional<import("zod").ZodObject<{
                since: import("zod").ZodISODateTime;
                reason: import("zod").ZodString;
            }, import("zod/v4/core").$strip>>;
        }, import("zod/v4/core").$strip>>;
        createdAt: import("zod").ZodISODateTime;
        updatedAt: import("zod").ZodISODateTime;
        version: import("zod").ZodInt;
    }, import("zod/v4/core").$strip>>;
    readonly liftSuppression: Route<import("zod").ZodObject<{
        id: import("zod").ZodUUID;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        what: import("zod").ZodLiteral<"everything">;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        id: import("zod").ZodUUID;
        displayName: import("zod").ZodOptional<import("zod").ZodString>;
        locale: import("zod").ZodOptional<import("zod").ZodString>;
        identities: import("zod").ZodArray<import("zod").ZodObject<{
            kind: import("zod").ZodString;
            value: import("zod").ZodString;
        }, import("zod/v4/core").$strip>>;
        blockedAt: import("zod").ZodOptional<import("zod").ZodISODateTime>;
        suppressed: import("zod").ZodOptional<import("zod").ZodObject<{
            everything: import("zod").ZodOptional<import("zod").ZodObject<{
                since: import("zod").ZodISODateTime;
                reason: import("zod").ZodString;
            }, import("zod/v4/core").$strip>>;
            marketing: import("zod").ZodOptional<import("zod").ZodObject<{
                since: import("zod").ZodISODateTime;
                reason: import("zod").ZodString;
            }, import("zod/v4/core").$strip>>;
        }, import("zod/v4/core").$strip>>;
        createdAt: import("zod").ZodISODateTime;
        updatedAt: import("zod").ZodISODateTime;
        version: import("zod").ZodInt;
    }, import("zod/v4/core").$strip>>;
    readonly listConversations: Route<import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        limit: import("zod").ZodDefault<import("zod").ZodCoercedNumber<unknown>>;
        status: import("zod").ZodOptional<import("zod").ZodEnum<{
            open: "open";
            resolved: "resolved";
        }>>;
        cursor: import("zod").ZodOptional<import("zod").ZodString>;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        data: import("zod").ZodArray<import("zod").ZodObject<{
            id: import("zod").ZodUUID;
            contactId: import("zod").ZodUUID;
            channelId: import("zod").ZodUUID;
            owner: import("zod").ZodEnum<{
                queue: "queue";
                ai: "ai";
                human: "human";
            }>;
            assigneeId: import("zod").ZodOptional<import("zod").ZodString>;
            status: import("zod").ZodEnum<{
                open: "open";
                resolved: "resolved";
            }>;
            resolvedAt: import("zod").ZodOptional<import("zod").ZodISODateTime>;
            lastInboundAt: import("zod").ZodOptional<import("zod").ZodISODateTime>;
            windowExpiresAt: import("zod").ZodOptional<import("zod").ZodISODateTime>;
            lastInteractionAt: import("zod").ZodISODateTime;
            lastMessageAt: import("zod").ZodISODateTime;
            preview: import("zod").ZodString;
            unreadCount: import("zod").ZodInt;
            createdAt: import("zod").ZodISODateTime;
            updatedAt: import("zod").ZodISODateTime;
            version: import("zod").ZodInt;
        }, import("zod/v4/core").$strip>>;
        page: import("zod").ZodObject<{
            nextCursor: import("zod").ZodNullable<import("zod").ZodString>;
            hasMore: import("zod").ZodBoolean;
        }>;
    }, import("zod/v4/core").$strip>>;
    readonly getConversation: Route<import("zod").ZodObject<{
        id: import("zod").ZodUUID;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        id: import("zod").ZodUUID;
        contactId: import("zod").ZodUUID;
        channelId: import("zod").ZodUUID;
        owner: import("zod").ZodEnum<{
            queue: "queue";
            ai: "ai";
            human: "human";
        }>;
        assigneeId: import("zod").ZodOptional<import("zod").ZodString>;
        status: import("zod").ZodEnum<{
            open: "open";
            resolved: "resolved";
        }>;
        resolvedAt: import("zod").ZodOptional<import("zod").ZodISODateTime>;
        lastInboundAt: import("zod").ZodOptional<import("zod").ZodISODateTime>;
        windowExpiresAt: import("zod").ZodOptional<import("zod").ZodISODateTime>;
        lastInteractionAt: import("zod").ZodISODateTime;
        lastMessageAt: import("zod").ZodISODateTime;
        preview: import("zod").ZodString;
        unreadCount: import("zod").ZodInt;
        createdAt: import("zod").ZodISODateTime;
        updatedAt: import("zod").ZodISODateTime;
        version: import("zod").ZodInt;
    }, import("zod/v4/core").$strip>>;
    readonly listMessages: Route<import("zod").ZodObject<{
        id: import("zod").ZodUUID;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        limit: import("zod").ZodDefault<import("zod").ZodCoercedNumber<unknown>>;
        cursor: import("zod").ZodOptional<import("zod").ZodString>;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        data: import("zod").ZodArray<import("zod").ZodObject<{
            id: import("zod").ZodUUID;
            conversationId: import("zod").ZodUUID;
            direction: import("zod").ZodEnum<{
                in: "in";
                out: "out";
            }>;
            author: import("zod").ZodEnum<{
                customer: "customer";
                ai: "ai";
                staff: "staff";
                system: "system";
                menu: "menu";
                phone: "phone";
            }>;
            at: import("zod").ZodISODateTime;
            outboxId: import("zod").ZodOptional<import("zod").ZodUUID>;
            content: import("zod").ZodRecord<import("zod").ZodString, import("zod").ZodUnknown>;
        }, import("zod/v4/core").$strip>>;
        page: import("zod").ZodObject<{
            nextCursor: import("zod").ZodNullable<import("zod").ZodString>;
            hasMore: import("zod").ZodBoolean;
        }>;
    }, import("zod/v4/core").$strip>>;
    readonly listTurns: Route<import("zod").ZodObject<{
        id: import("zod").ZodUUID;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        limit: import("zod").ZodDefault<import("zod").ZodCoercedNumber<unknown>>;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        data: import("zod").ZodArray<import("zod").ZodObject<{
            id: import("zod").ZodUUID;
            conversationId: import("zod").ZodUUID;
            state: import("zod").ZodEnum<{
                waiting: "waiting";
                done: "done";
                thinking: "thinking";
            }>;
            outcome: import("zod").ZodOptional<import("zod").ZodString>;
            messageIds: import("zod").ZodArray<import("zod").ZodUUID>;
            disclosed: import("zod").ZodBoolean;
            finishedAt: import("zod").ZodOptional<import("zod").ZodISODateTime>;
            model: import("zod").ZodOptional<import("zod").ZodString>;
            promptVersion: import("zod").ZodOptional<import("zod").ZodString>;
            calls: import("zod").ZodOptional<import("zod").ZodArray<import("zod").ZodObject<{
                name: import("zod").ZodString;
                outcome: import("zod").ZodString;
            }, import("zod/v4/core").$strip>>>;
            steps: import("zod").ZodOptional<import("zod").ZodArray<import("zod").ZodObject<{
                step: import("zod").ZodString;
                outcome: import("zod").ZodString;
            }, import("zod/v4/core").$strip>>>;
            replies: import("zod").ZodOptional<import("zod").ZodArray<import("zod").ZodUUID>>;
        }, import("zod/v4/core").$strip>>;
    }, import("zod/v4/core").$strip>>;
    readonly sendReply: Route<import("zod").ZodObject<{
        id: import("zod").ZodUUID;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        text: import("zod").ZodObject<{
            body: import("zod").ZodString;
            previewUrl: import("zod").ZodOptional<import("zod").ZodBoolean>;
        }, import("zod/v4/core").$strict>;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        id: import("zod").ZodUUID;
        conversationId: import("zod").ZodUUID;
        contactId: import("zod").ZodUUID;
        state: import("zod").ZodEnum<{
            accepted: "accepted";
            unknown: "unknown";
            failed: "failed";
            queued: "queued";
            sending: "sending";
            parked: "parked";
            discarded: "discarded";
        }>;
        delivery: import("zod").ZodOptional<import("zod").ZodString>;
        errorCode: import("zod").ZodOptional<import("zod").ZodString>;
        attempts: import("zod").ZodInt;
        createdAt: import("zod").ZodISODateTime;
        updatedAt: import("zod").ZodISODateTime;
    }, import("zod/v4/core").$strip>>;
    readonly takeOver: Route<import("zod").ZodObject<{
        id: import("zod").ZodUUID;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        id: import("zod").ZodUUID;
        contactId: import("zod").ZodUUID;
        channelId: import("zod").ZodUUID;
        owner: import("zod").ZodEnum<{
            queue: "queue";
            ai: "ai";
            human: "human";
        }>;
        assigneeId: import("zod").ZodOptional<import("zod").ZodString>;
        status: import("zod").ZodEnum<{
            open: "open";
            resolved: "resolved";
        }>;
        resolvedAt: import("zod").ZodOptional<import("zod").ZodISODateTime>;
        lastInboundAt: import("zod").ZodOptional<import("zod").ZodISODateTime>;
        windowExpiresAt: import("zod").ZodOptional<import("zod").ZodISODateTime>;
        lastInteractionAt: import("zod").ZodISODateTime;
        lastMessageAt: import("zod").ZodISODateTime;
        preview: import("zod").ZodString;
        unreadCount: import("zod").ZodInt;
        createdAt: import("zod").ZodISODateTime;
        updatedAt: import("zod").ZodISODateTime;
        version: import("zod").ZodInt;
    }, import("zod/v4/core").$strip>>;
    readonly returnToAi: Route<import("zod").ZodObject<{
        id: import("zod").ZodUUID;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        id: import("zod").ZodUUID;
        contactId: import("zod").ZodUUID;
        channelId: import("zod").ZodUUID;
        owner: import("zod").ZodEnum<{
            queue: "queue";
            ai: "ai";
            human: "human";
        }>;
        assigneeId: import("zod").ZodOptional<import("zod").ZodString>;
        status: import("zod").ZodEnum<{
            open: "open";
            resolved: "resolved";
        }>;
        resolvedAt: import("zod").ZodOptional<import("zod").ZodISODateTime>;
        lastInboundAt: import("zod").ZodOptional<import("zod").ZodISODateTime>;
        windowExpiresAt: import("zod").ZodOptional<import("zod").ZodISODateTime>;
        lastInteractionAt: import("zod").ZodISODateTime;
        lastMessageAt: import("zod").ZodISODateTime;
        preview: import("zod").ZodString;
        unreadCount: import("zod").ZodInt;
        createdAt: import("zod").ZodISODateTime;
        updatedAt: import("zod").ZodISODateTime;
        version: import("zod").ZodInt;
    }, import("zod/v4/core").$strip>>;
    readonly handOff: Route<import("zod").ZodObject<{
        id: import("zod").ZodUUID;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        reason: import("zod").ZodString;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        id: import("zod").ZodUUID;
        contactId: import("zod").ZodUUID;
        channelId: import("zod").ZodUUID;
        owner: import("zod").ZodEnum<{
            queue: "queue";
            ai: "ai";
            human: "human";
        }>;
        assigneeId: import("zod").ZodOptional<import("zod").ZodString>;
        status: import("zod").ZodEnum<{
            open: "open";
            resolved: "resolved";
        }>;
        resolvedAt: import("zod").ZodOptional<import("zod").ZodISODateTime>;
        lastInboundAt: import("zod").ZodOptional<import("zod").ZodISODateTime>;
        windowExpiresAt: import("zod").ZodOptional<import("zod").ZodISODateTime>;
        lastInteractionAt: import("zod").ZodISODateTime;
        lastMessageAt: import("zod").ZodISODateTime;
        preview: import("zod").ZodString;
        unreadCount: import("zod").ZodInt;
        createdAt: import("zod").ZodISODateTime;
        updatedAt: import("zod").ZodISODateTime;
        version: import("zod").ZodInt;
    }, import("zod/v4/core").$strip>>;
    readonly resolveConversation: Route<import("zod").ZodObject<{
        id: import("zod").ZodUUID;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        id: import("zod").ZodUUID;
        contactId: import("zod").ZodUUID;
        channelId: import("zod").ZodUUID;
        owner: import("zod").ZodEnum<{
            queue: "queue";
            ai: "ai";
            human: "human";
        }>;
        assigneeId: import("zod").ZodOptional<import("zod").ZodString>;
        status: import("zod").ZodEnum<{
            open: "open";
            resolved: "resolved";
        }>;
        resolvedAt: import("zod").ZodOptional<import("zod").ZodISODateTime>;
        lastInboundAt: import("zod").ZodOptional<import("zod").ZodISODateTime>;
        windowExpiresAt: import("zod").ZodOptional<import("zod").ZodISODateTime>;
        lastInteractionAt: import("zod").ZodISODateTime;
        lastMessageAt: import("zod").ZodISODateTime;
        preview: import("zod").ZodString;
        unreadCount: import("zod").ZodInt;
        createdAt: import("zod").ZodISODateTime;
        updatedAt: import("zod").ZodISODateTime;
        version: import("zod").ZodInt;
    }, import("zod/v4/core").$strip>>;
    readonly markRead: Route<import("zod").ZodObject<{
        id: import("zod").ZodUUID;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        id: import("zod").ZodUUID;
        contactId: import("zod").ZodUUID;
        channelId: import("zod").ZodUUID;
        owner: import("zod").ZodEnum<{
            queue: "queue";
            ai: "ai";
            human: "human";
        }>;
        assigneeId: import("zod").ZodOptional<import("zod").ZodString>;
        status: import("zod").ZodEnum<{
            open: "open";
            resolved: "resolved";
        }>;
        resolvedAt: import("zod").ZodOptional<import("zod").ZodISODateTime>;
        lastInboundAt: import("zod").ZodOptional<import("zod").ZodISODateTime>;
        windowExpiresAt: import("zod").ZodOptional<import("zod").ZodISODateTime>;
        lastInteractionAt: import("zod").ZodISODateTime;
        lastMessageAt: import("zod").ZodISODateTime;
        preview: import("zod").ZodString;
        unreadCount: import("zod").ZodInt;
        createdAt: import("zod").ZodISODateTime;
        updatedAt: import("zod").ZodISODateTime;
        version: import("zod").ZodInt;
    }, import("zod/v4/core").$strip>>;
    readonly listSends: Route<import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        limit: import("zod").ZodDefault<import("zod").ZodCoercedNumber<unknown>>;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        data: import("zod").ZodArray<import("zod").ZodObject<{
            id: import("zod").ZodUUID;
            conversationId: import("zod").ZodUUID;
            contactId: import("zod").ZodUUID;
            state: import("zod").ZodEnum<{
                accepted: "accepted";
                unknown: "unknown";
                failed: "failed";
                queued: "queued";
                sending: "sending";
                parked: "parked";
                discarded: "discarded";
            }>;
            delivery: import("zod").ZodOptional<import("zod").ZodString>;
            errorCode: import("zod").ZodOptional<import("zod").ZodString>;
            attempts: import("zod").ZodInt;
            createdAt: import("zod").ZodISODateTime;
            updatedAt: import("zod").ZodISODateTime;
        }, import("zod/v4/core").$strip>>;
    }, import("zod/v4/core").$strip>>;
    readonly resend: Route<import("zod").ZodObject<{
        id: import("zod").ZodUUID;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        id: import("zod").ZodUUID;
        conversationId: import("zod").ZodUUID;
        contactId: import("zod").ZodUUID;
        state: import("zod").ZodEnum<{
            accepted: "accepted";
            unknown: "unknown";
            failed: "failed";
            queued: "queued";
            sending: "sending";
            parked: "parked";
            discarded: "discarded";
        }>;
        delivery: import("zod").ZodOptional<import("zod").ZodString>;
        errorCode: import("zod").ZodOptional<import("zod").ZodString>;
        attempts: import("zod").ZodInt;
        createdAt: import("zod").ZodISODateTime;
        updatedAt: import("zod").ZodISODateTime;
    }, import("zod/v4/core").$strip>>;
    readonly discard: Route<import("zod").ZodObject<{
        id: import("zod").ZodUUID;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        id: import("zod").ZodUUID;
        conversationId: import("zod").ZodUUID;
        contactId: import("zod").ZodUUID;
        state: import("zod").ZodEnum<{
            accepted: "accepted";
            unknown: "unknown";
            failed: "failed";
            queued: "queued";
            sending: "sending";
            parked: "parked";
            discarded: "discarded";
        }>;
        delivery: import("zod").ZodOptional<import("zod").ZodString>;
        errorCode: import("zod").ZodOptional<import("zod").ZodString>;
        attempts: import("zod").ZodInt;
        createdAt: import("zod").ZodISODateTime;
        updatedAt: import("zod").ZodISODateTime;
    }, import("zod/v4/core").$strip>>;
    readonly listDeadEvents: Route<import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        limit: import("zod").ZodDefault<import("zod").ZodCoercedNumber<unknown>>;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        data: import("zod").ZodArray<import("zod").ZodObject<{
            id: import("zod").ZodUUID;
            kind: import("zod").ZodString;
            errorCode: import("zod").ZodString;
            attempts: import("zod").ZodInt;
            receivedAt: import("zod").ZodISODateTime;
        }, import("zod/v4/core").$strip>>;
    }, import("zod/v4/core").$strip>>;
    readonly replayEvent: Route<import("zod").ZodObject<{
        id: import("zod").ZodUUID;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        id: import("zod").ZodUUID;
        state: import("zod").ZodLiteral<"waiting">;
    }, import("zod/v4/core").$strip>>;
    readonly listDeadJobs: Route<import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        limit: import("zod").ZodDefault<import("zod").ZodCoercedNumber<unknown>>;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        data: import("zod").ZodArray<import("zod").ZodObject<{
            id: import("zod").ZodUUID;
            kind: import("zod").ZodString;
            errorCode: import("zod").ZodString;
            attempts: import("zod").ZodInt;
            runAt: import("zod").ZodISODateTime;
        }, import("zod/v4/core").$strip>>;
    }, import("zod/v4/core").$strip>>;
    readonly replayJob: Route<import("zod").ZodObject<{
        id: import("zod").ZodUUID;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        id: import("zod").ZodUUID;
        state: import("zod").ZodLiteral<"waiting">;
    }, import("zod/v4/core").$strip>>;
    readonly discardJob: Route<import("zod").ZodObject<{
        id: import("zod").ZodUUID;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        id: import("zod").ZodUUID;
        state: import("zod").ZodLiteral<"discarded">;
    }, import("zod/v4/core").$strip>>;
    readonly listOrders: Route<import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        contactId: import("zod").ZodOptional<import("zod").ZodUUID>;
        status: import("zod").ZodOptional<import("zod").ZodString>;
        limit: import("zod").ZodDefault<import("zod").ZodCoercedNumber<unknown>>;
        cursor: import("zod").ZodOptional<import("zod").ZodString>;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        data: import("zod").ZodArray<import("zod").ZodObject<{
            id: import("zod").ZodUUID;
            ref: import("zod").ZodString;
            number: import("zod").ZodOptional<import("zod").ZodString>;
            contactId: import("zod").ZodUUID;
            conversationId: import("zod").ZodOptional<import("zod").ZodUUID>;
            status: import("zod").ZodEnum<{
                expired: "expired";
                draft: "draft";
                awaiting_customer: "awaiting_customer";
                confirmed: "confirmed";
                cancelled: "cancelled";
            }>;
            revision: import("zod").ZodInt;
            lines: import("zod").ZodArray<import("zod").ZodObject<{
                variantId: import("zod").ZodUUID;
                productId: import("zod").ZodUUID;
                sku: import("zod").ZodString;
                title: import("zod").ZodString;
                unitCode: import("zod").ZodString;
                quantity: import("zod").ZodInt;
                unitPrice: import("zod").ZodObject<{
                    amount: import("zod").ZodInt;
                    currency: import("zod").ZodString;
                }, import("zod/v4/core").$strip>;
                taxBehavior: import("zod").ZodEnum<{
                    inclusive: "inclusive";
                    exclusive: "exclusive";
                }>;
                taxRate: import("zod").ZodInt;
                gross: import("zod").ZodObject<{
                    amount: import("zod").ZodInt;
                    currency: import("zod").ZodString;
                }, import("zod/v4/core").$strip>;
                discount: import("zod").ZodObject<{
                    amount: import("zod").ZodInt;
                    currency: import("zod").ZodString;
                }, import("zod/v4/core").$strip>;
                tax: import("zod").ZodObject<{
                    amount: import("zod").ZodInt;
                    currency: import("zod").ZodString;
                }, import("zod/v4/core").$strip>;
                total: import("zod").ZodObject<{
                    amount: import("zod").ZodInt;
                    currency: import("zod").ZodString;
                }, import("zod/v4/core").$strip>;
            }, import("zod/v4/core").$strip>>;
            totals: import("zod").ZodObject<{
                subtotal: import("zod").ZodObject<{
                    amount: import("zod").ZodInt;
                    currency: import("zod").ZodString;
                }, import("zod/v4/core").$strip>;
                discountTotal: import("zod").ZodObject<{
                    amount: import("zod").ZodInt;
                    currency: import("zod").ZodString;
                }, import("zod/v4/core").$strip>;
                taxTotal: import("zod").ZodObject<{
                    amount: import("zod").ZodInt;
                    currency: import("zod").ZodString;
                }, import("zod/v4/core").$strip>;
                total: import("zod").ZodObject<{
                    amount: import("zod").ZodInt;
                    currency: import("zod").ZodString;
                }, import("zod/v4/core").$strip>;
                payable: import("zod").ZodObject<{
                    amount: import("zod").ZodInt;
                    currency: import("zod").ZodString;
                }, import("zod/v4/core").$strip>;
            }, import("zod/v4/core").$strip>;
            contentHash: import("zod").ZodOptional<import("zod").ZodString>;
            confirmBy: import("zod").ZodOptional<import("zod").ZodISODateTime>;
            confirmedAt: import("zod").ZodOptional<import("zod").ZodISODateTime>;
            endedAt: import("zod").ZodOptional<import("zod").ZodISODateTime>;
            endReason: import("zod").ZodOptional<import("zod").ZodString>;
            allowedActions: import("zod").ZodArray<import("zod").ZodString>;
            createdAt: import("zod").ZodISODateTime;
            updatedAt: import("zod").ZodISODateTime;
            version: import("zod").ZodInt;
        }, import("zod/v4/core").$strip>>;
        page: import("zod").ZodObject<{
            nextCursor: import("zod").ZodNullable<import("zod").ZodString>;
            hasMore: import("zod").ZodBoolean;
        }>;
    }, import("zod/v4/core").$strip>>;
    readonly getOrder: Route<import("zod").ZodObject<{
        id: import("zod").ZodUUID;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        id: import("zod").ZodUUID;
        ref: import("zod").ZodString;
        number: import("zod").ZodOptional<import("zod").ZodString>;
        contactId: import("zod").ZodUUID;
        conversationId: import("zod").ZodOptional<import("zod").ZodUUID>;
        status: import("zod").ZodEnum<{
            expired: "expired";
            draft: "draft";
            awaiting_customer: "awaiting_customer";
            confirmed: "confirmed";
            cancelled: "cancelled";
        }>;
        revision: import("zod").ZodInt;
        lines: import("zod").ZodArray<import("zod").ZodObject<{
            variantId: import("zod").ZodUUID;
            productId: import("zod").ZodUUID;
            sku: import("zod").ZodString;
            title: import("zod").ZodString;
            unitCode: import("zod").ZodString;
            quantity: import("zod").ZodInt;
            unitPrice: import("zod").ZodObject<{
                amount: import("zod").ZodInt;
                currency: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
            taxBehavior: import("zod").ZodEnum<{
                inclusive: "inclusive";
                exclusive: "exclusive";
            }>;
            taxRate: import("zod").ZodInt;
            gross: import("zod").ZodObject<{
                amount: import("zod").ZodInt;
                currency: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
            discount: import("zod").ZodObject<{
                amount: import("zod").ZodInt;
                currency: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
            tax: import("zod").ZodObject<{
                amount: import("zod").ZodInt;
                currency: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
            total: import("zod").ZodObject<{
                amount: import("zod").ZodInt;
                currency: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
        }, import("zod/v4/core").$strip>>;
        totals: import("zod").ZodObject<{
            subtotal: import("zod").ZodObject<{
                amount: import("zod").ZodInt;
                currency: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
            discountTotal: import("zod").ZodObject<{
                amount: import("zod").ZodInt;
                currency: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
            taxTotal: import("zod").ZodObject<{
                amount: import("zod").ZodInt;
                currency: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
            total: import("zod").ZodObject<{
                amount: import("zod").ZodInt;
                currency: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
            payable: import("zod").ZodObject<{
                amount: import("zod").ZodInt;
                currency: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
        }, import("zod/v4/core").$strip>;
        contentHash: import("zod").ZodOptional<import("zod").ZodString>;
        confirmBy: import("zod").ZodOptional<import("zod").ZodISODateTime>;
        confirmedAt: import("zod").ZodOptional<import("zod").ZodISODateTime>;
        endedAt: import("zod").ZodOptional<import("zod").ZodISODateTime>;
        endReason: import("zod").ZodOptional<import("zod").ZodString>;
        allowedActions: import("zod").ZodArray<import("zod").ZodString>;
        createdAt: import("zod").ZodISODateTime;
        updatedAt: import("zod").ZodISODateTime;
        version: import("zod").ZodInt;
    }, import("zod/v4/core").$strip>>;
    readonly listOrderEvents: Route<import("zod").ZodObject<{
        id: import("zod").ZodUUID;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        data: import("zod").ZodArray<import("zod").ZodObject<{
            id: import("zod").ZodUUID;
            type: import("zod").ZodString;
            schema: import("zod").ZodInt;
            aggregateType: import("zod").ZodString;
            aggregateId: import("zod").ZodString;
            aggregateVersion: import("zod").ZodInt;
            occurredAt: import("zod").ZodISODateTime;
            actor: import("zod").ZodObject<{
                kind: import("zod").ZodString;
                id: import("zod").ZodString;
                via: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
            data: import("zod").ZodRecord<import("zod").ZodString, import("zod").ZodUnknown>;
        }, import("zod/v4/core").$strip>>;
    }, import("zod/v4/core").$strip>>;
    readonly createOrder: Route<import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        contactId: import("zod").ZodUUID;
        conversationId: import("zod").ZodOptional<import("zod").ZodUUID>;
        lines: import("zod").ZodArray<import("zod").ZodObject<{
            variantId: import("zod").ZodUUID;
            quantity: import("zod").ZodInt;
        }, import("zod/v4/core").$strict>>;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        id: import("zod").ZodUUID;
        ref: import("zod").ZodString;
        number: import("zod").ZodOptional<import("zod").ZodString>;
        contactId: import("zod").ZodUUID;
        conversationId: import("zod").ZodOptional<import("zod").ZodUUID>;
        status: import("zod").ZodEnum<{
            expired: "expired";
            draft: "draft";
            awaiting_customer: "awaiting_customer";
            confirmed: "confirmed";
            cancelled: "cancelled";
        }>;
        revision: import("zod").ZodInt;
        lines: import("zod").ZodArray<import("zod").ZodObject<{
            variantId: import("zod").ZodUUID;
            productId: import("zod").ZodUUID;
            sku: import("zod").ZodString;
            title: import("zod").ZodString;
            unitCode: import("zod").ZodString;
            quantity: import("zod").ZodInt;
            unitPrice: import("zod").ZodObject<{
                amount: import("zod").ZodInt;
                currency: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
            taxBehavior: import("zod").ZodEnum<{
                inclusive: "inclusive";
                exclusive: "exclusive";
            }>;
            taxRate: import("zod").ZodInt;
            gross: import("zod").ZodObject<{
                amount: import("zod").ZodInt;
                currency: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
            discount: import("zod").ZodObject<{
                amount: import("zod").ZodInt;
                currency: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
            tax: import("zod").ZodObject<{
                amount: import("zod").ZodInt;
                currency: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
            total: import("zod").ZodObject<{
                amount: import("zod").ZodInt;
                currency: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
        }, import("zod/v4/core").$strip>>;
        totals: import("zod").ZodObject<{
            subtotal: import("zod").ZodObject<{
                amount: import("zod").ZodInt;
                currency: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
            discountTotal: import("zod").ZodObject<{
                amount: import("zod").ZodInt;
                currency: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
            taxTotal: import("zod").ZodObject<{
                amount: import("zod").ZodInt;
                currency: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
            total: import("zod").ZodObject<{
                amount: import("zod").ZodInt;
                currency: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
            payable: import("zod").ZodObject<{
                amount: import("zod").ZodInt;
                currency: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
        }, import("zod/v4/core").$strip>;
        contentHash: import("zod").ZodOptional<import("zod").ZodString>;
        confirmBy: import("zod").ZodOptional<import("zod").ZodISODateTime>;
        confirmedAt: import("zod").ZodOptional<import("zod").ZodISODateTime>;
        endedAt: import("zod").ZodOptional<import("zod").ZodISODateTime>;
        endReason: import("zod").ZodOptional<import("zod").ZodString>;
        allowedActions: import("zod").ZodArray<import("zod").ZodString>;
        createdAt: import("zod").ZodISODateTime;
        updatedAt: import("zod").ZodISODateTime;
        version: import("zod").ZodInt;
    }, import("zod/v4/core").$strip>>;
    readonly setOrderLines: Route<import("zod").ZodObject<{
        id: import("zod").ZodUUID;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        lines: import("zod").ZodArray<import("zod").ZodObject<{
            variantId: import("zod").ZodUUID;
            quantity: import("zod").ZodInt;
        }, import("zod/v4/core").$strict>>;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        id: import("zod").ZodUUID;
        ref: import("zod").ZodString;
        number: import("zod").ZodOptional<import("zod").ZodString>;
        contactId: import("zod").ZodUUID;
        conversationId: import("zod").ZodOptional<import("zod").ZodUUID>;
        status: import("zod").ZodEnum<{
            expired: "expired";
            draft: "draft";
            awaiting_customer: "awaiting_customer";
            confirmed: "confirmed";
            cancelled: "cancelled";
        }>;
        revision: import("zod").ZodInt;
        lines: import("zod").ZodArray<import("zod").ZodObject<{
            variantId: import("zod").ZodUUID;
            productId: import("zod").ZodUUID;
            sku: import("zod").ZodString;
            title: import("zod").ZodString;
            unitCode: import("zod").ZodString;
            quantity: import("zod").ZodInt;
            unitPrice: import("zod").ZodObject<{
                amount: import("zod").ZodInt;
                currency: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
            taxBehavior: import("zod").ZodEnum<{
                inclusive: "inclusive";
                exclusive: "exclusive";
            }>;
            taxRate: import("zod").ZodInt;
            gross: import("zod").ZodObject<{
                amount: import("zod").ZodInt;
                currency: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
            discount: import("zod").ZodObject<{
                amount: import("zod").ZodInt;
                currency: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
            tax: import("zod").ZodObject<{
                amount: import("zod").ZodInt;
                currency: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
            total: import("zod").ZodObject<{
                amount: import("zod").ZodInt;
                currency: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
        }, import("zod/v4/core").$strip>>;
        totals: import("zod").ZodObject<{
            subtotal: import("zod").ZodObject<{
                amount: import("zod").ZodInt;
                currency: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
            discountTotal: import("zod").ZodObject<{
                amount: import("zod").ZodInt;
                currency: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
            taxTotal: import("zod").ZodObject<{
                amount: import("zod").ZodInt;
                currency: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
            total: import("zod").ZodObject<{
                amount: import("zod").ZodInt;
                currency: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
            payable: import("zod").ZodObject<{
                amount: import("zod").ZodInt;
                currency: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
        }, import("zod/v4/core").$strip>;
        contentHash: import("zod").ZodOptional<import("zod").ZodString>;
        confirmBy: import("zod").ZodOptional<import("zod").ZodISODateTime>;
        confirmedAt: import("zod").ZodOptional<import("zod").ZodISODateTime>;
        endedAt: import("zod").ZodOptional<import("zod").ZodISODateTime>;
        endReason: import("zod").ZodOptional<import("zod").ZodString>;
        allowedActions: import("zod").ZodArray<import("zod").ZodString>;
        createdAt: import("zod").ZodISODateTime;
        updatedAt: import("zod").ZodISODateTime;
        version: import("zod").ZodInt;
    }, import("zod/v4/core").$strip>>;
    readonly proposeOrder: Route<import("zod").ZodObject<{
        id: import("zod").ZodUUID;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        id: import("zod").ZodUUID;
        ref: import("zod").ZodString;
        number: import("zod").ZodOptional<import("zod").ZodString>;
        contactId: import("zod").ZodUUID;
        conversationId: import("zod").ZodOptional<import("zod").ZodUUID>;
        status: import("zod").ZodEnum<{
            expired: "expired";
            draft: "draft";
            awaiting_customer: "awaiting_customer";
            confirmed: "confirmed";
            cancelled: "cancelled";
        }>;
        revision: import("zod").ZodInt;
        lines: import("zod").ZodArray<import("zod").ZodObject<{
            variantId: import("zod").ZodUUID;
            productId: import("zod").ZodUUID;
            sku: import("zod").ZodString;
            title: import("zod").ZodString;
            unitCode: import("zod").ZodString;
            quantity: import("zod").ZodInt;
            unitPrice: import("zod").ZodObject<{
                amount: import("zod").ZodInt;
                currency: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
            taxBehavior: import("zod").ZodEnum<{
                inclusive: "inclusive";
                exclusive: "exclusive";
            }>;
            taxRate: import("zod").ZodInt;
            gross: import("zod").ZodObject<{
                amount: import("zod").ZodInt;
                currency: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
            discount: import("zod").ZodObject<{
                amount: import("zod").ZodInt;
                currency: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
            tax: import("zod").ZodObject<{
                amount: import("zod").ZodInt;
                currency: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
            total: import("zod").ZodObject<{
                amount: import("zod").ZodInt;
                currency: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
        }, import("zod/v4/core").$strip>>;
        totals: import("zod").ZodObject<{
            subtotal: import("zod").ZodObject<{
                amount: import("zod").ZodInt;
                currency: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
            discountTotal: import("zod").ZodObject<{
                amount: import("zod").ZodInt;
                currency: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
            taxTotal: import("zod").ZodObject<{
                amount: import("zod").ZodInt;
                currency: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
            total: import("zod").ZodObject<{
                amount: import("zod").ZodInt;
                currency: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
            payable: import("zod").ZodObject<{
                amount: import("zod").ZodInt;
                currency: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
        }, import("zod/v4/core").$strip>;
        contentHash: import("zod").ZodOptional<import("zod").ZodString>;
        confirmBy: import("zod").ZodOptional<import("zod").ZodISODateTime>;
        confirmedAt: import("zod").ZodOptional<import("zod").ZodISODateTime>;
        endedAt: import("zod").ZodOptional<import("zod").ZodISODateTime>;
        endReason: import("zod").ZodOptional<import("zod").ZodString>;
        allowedActions: import("zod").ZodArray<import("zod").ZodString>;
        createdAt: import("zod").ZodISODateTime;
        updatedAt: import("zod").ZodISODateTime;
        version: import("zod").ZodInt;
    }, import("zod/v4/core").$strip>>;
    readonly confirmOrder: Route<import("zod").ZodObject<{
        id: import("zod").ZodUUID;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        contentHash: import("zod").ZodString;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        id: import("zod").ZodUUID;
        ref: import("zod").ZodString;
        number: import("zod").ZodOptional<import("zod").ZodString>;
        contactId: import("zod").ZodUUID;
        conversationId: import("zod").ZodOptional<import("zod").ZodUUID>;
        status: import("zod").ZodEnum<{
            expired: "expired";
            draft: "draft";
            awaiting_customer: "awaiting_customer";
            confirmed: "confirmed";
            cancelled: "cancelled";
        }>;
        revision: import("zod").ZodInt;
        lines: import("zod").ZodArray<import("zod").ZodObject<{
            variantId: import("zod").ZodUUID;
            productId: import("zod").ZodUUID;
            sku: import("zod").ZodString;
            title: import("zod").ZodString;
            unitCode: import("zod").ZodString;
            quantity: import("zod").ZodInt;
            unitPrice: import("zod").ZodObject<{
                amount: import("zod").ZodInt;
                currency: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
            taxBehavior: import("zod").ZodEnum<{
                inclusive: "inclusive";
                exclusive: "exclusive";
            }>;
            taxRate: import("zod").ZodInt;
            gross: import("zod").ZodObject<{
                amount: import("zod").ZodInt;
                currency: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
            discount: import("zod").ZodObject<{
                amount: import("zod").ZodInt;
                currency: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
            tax: import("zod").ZodObject<{
                amount: import("zod").ZodInt;
                currency: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
            total: import("zod").ZodObject<{
                amount: import("zod").ZodInt;
                currency: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
        }, import("zod/v4/core").$strip>>;
        totals: import("zod").ZodObject<{
            subtotal: import("zod").ZodObject<{
                amount: import("zod").ZodInt;
                currency: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
            discountTotal: import("zod").ZodObject<{
                amount: import("zod").ZodInt;
                currency: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
            taxTotal: import("zod").ZodObject<{
                amount: import("zod").ZodInt;
                currency: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
            total: import("zod").ZodObject<{
                amount: import("zod").ZodInt;
                currency: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
            payable: import("zod").ZodObject<{
                amount: import("zod").ZodInt;
                currency: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
        }, import("zod/v4/core").$strip>;
        contentHash: import("zod").ZodOptional<import("zod").ZodString>;
        confirmBy: import("zod").ZodOptional<import("zod").ZodISODateTime>;
        confirmedAt: import("zod").ZodOptional<import("zod").ZodISODateTime>;
        endedAt: import("zod").ZodOptional<import("zod").ZodISODateTime>;
        endReason: import("zod").ZodOptional<import("zod").ZodString>;
        allowedActions: import("zod").ZodArray<import("zod").ZodString>;
        createdAt: import("zod").ZodISODateTime;
        updatedAt: import("zod").ZodISODateTime;
        version: import("zod").ZodInt;
    }, import("zod/v4/core").$strip>>;
    readonly cancelOrder: Route<import("zod").ZodObject<{
        id: import("zod").ZodUUID;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        reason: import("zod").ZodString;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        id: import("zod").ZodUUID;
        ref: import("zod").ZodString;
        number: import("zod").ZodOptional<import("zod").ZodString>;
        contactId: import("zod").ZodUUID;
        conversationId: import("zod").ZodOptional<import("zod").ZodUUID>;
        status: import("zod").ZodEnum<{
            expired: "expired";
            draft: "draft";
            awaiting_customer: "awaiting_customer";
            confirmed: "confirmed";
            cancelled: "cancelled";
        }>;
        revision: import("zod").ZodInt;
        lines: import("zod").ZodArray<import("zod").ZodObject<{
            variantId: import("zod").ZodUUID;
            productId: import("zod").ZodUUID;
            sku: import("zod").ZodString;
            title: import("zod").ZodString;
            unitCode: import("zod").ZodString;
            quantity: import("zod").ZodInt;
            unitPrice: import("zod").ZodObject<{
                amount: import("zod").ZodInt;
                currency: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
            taxBehavior: import("zod").ZodEnum<{
                inclusive: "inclusive";
                exclusive: "exclusive";
            }>;
            taxRate: import("zod").ZodInt;
            gross: import("zod").ZodObject<{
                amount: import("zod").ZodInt;
                currency: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
            discount: import("zod").ZodObject<{
                amount: import("zod").ZodInt;
                currency: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
            tax: import("zod").ZodObject<{
                amount: import("zod").ZodInt;
                currency: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
            total: import("zod").ZodObject<{
                amount: import("zod").ZodInt;
                currency: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
        }, import("zod/v4/core").$strip>>;
        totals: import("zod").ZodObject<{
            subtotal: import("zod").ZodObject<{
                amount: import("zod").ZodInt;
                currency: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
            discountTotal: import("zod").ZodObject<{
                amount: import("zod").ZodInt;
                currency: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
            taxTotal: import("zod").ZodObject<{
                amount: import("zod").ZodInt;
                currency: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
            total: import("zod").ZodObject<{
                amount: import("zod").ZodInt;
                currency: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
            payable: import("zod").ZodObject<{
                amount: import("zod").ZodInt;
                currency: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
        }, import("zod/v4/core").$strip>;
        contentHash: import("zod").ZodOptional<import("zod").ZodString>;
        confirmBy: import("zod").ZodOptional<import("zod").ZodISODateTime>;
        confirmedAt: import("zod").ZodOptional<import("zod").ZodISODateTime>;
        endedAt: import("zod").ZodOptional<import("zod").ZodISODateTime>;
        endReason: import("zod").ZodOptional<import("zod").ZodString>;
        allowedActions: import("zod").ZodArray<import("zod").ZodString>;
        createdAt: import("zod").ZodISODateTime;
        updatedAt: import("zod").ZodISODateTime;
        version: import("zod").ZodInt;
    }, import("zod/v4/core").$strip>>;
    readonly editOrder: Route<import("zod").ZodObject<{
        id: import("zod").ZodUUID;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        id: import("zod").ZodUUID;
        ref: import("zod").ZodString;
        number: import("zod").ZodOptional<import("zod").ZodString>;
        contactId: import("zod").ZodUUID;
        conversationId: import("zod").ZodOptional<import("zod").ZodUUID>;
        status: import("zod").ZodEnum<{
            expired: "expired";
            draft: "draft";
            awaiting_customer: "awaiting_customer";
            confirmed: "confirmed";
            cancelled: "cancelled";
        }>;
        revision: import("zod").ZodInt;
        lines: import("zod").ZodArray<import("zod").ZodObject<{
            variantId: import("zod").ZodUUID;
            productId: import("zod").ZodUUID;
            sku: import("zod").ZodString;
            title: import("zod").ZodString;
            unitCode: import("zod").ZodString;
            quantity: import("zod").ZodInt;
            unitPrice: import("zod").ZodObject<{
                amount: import("zod").ZodInt;
                currency: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
            taxBehavior: import("zod").ZodEnum<{
                inclusive: "inclusive";
                exclusive: "exclusive";
            }>;
            taxRate: import("zod").ZodInt;
            gross: import("zod").ZodObject<{
                amount: import("zod").ZodInt;
                currency: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
            discount: import("zod").ZodObject<{
                amount: import("zod").ZodInt;
                currency: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
            tax: import("zod").ZodObject<{
                amount: import("zod").ZodInt;
                currency: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
            total: import("zod").ZodObject<{
                amount: import("zod").ZodInt;
                currency: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
        }, import("zod/v4/core").$strip>>;
        totals: import("zod").ZodObject<{
            subtotal: import("zod").ZodObject<{
                amount: import("zod").ZodInt;
                currency: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
            discountTotal: import("zod").ZodObject<{
                amount: import("zod").ZodInt;
                currency: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
            taxTotal: import("zod").ZodObject<{
                amount: import("zod").ZodInt;
                currency: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
            total: import("zod").ZodObject<{
                amount: import("zod").ZodInt;
                currency: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
            payable: import("zod").ZodObject<{
                amount: import("zod").ZodInt;
                currency: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
        }, import("zod/v4/core").$strip>;
        contentHash: import("zod").ZodOptional<import("zod").ZodString>;
        confirmBy: import("zod").ZodOptional<import("zod").ZodISODateTime>;
        confirmedAt: import("zod").ZodOptional<import("zod").ZodISODateTime>;
        endedAt: import("zod").ZodOptional<import("zod").ZodISODateTime>;
        endReason: import("zod").ZodOptional<import("zod").ZodString>;
        allowedActions: import("zod").ZodArray<import("zod").ZodString>;
        createdAt: import("zod").ZodISODateTime;
        updatedAt: import("zod").ZodISODateTime;
        version: import("zod").ZodInt;
    }, import("zod/v4/core").$strip>>;
    readonly listVariants: Route<import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        limit: import("zod").ZodDefault<import("zod").ZodCoercedNumber<unknown>>;
        cursor: import("zod").ZodOptional<import("zod").ZodString>;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        data: import("zod").ZodArray<import("zod").ZodObject<{
            variant: import("zod").ZodObject<{
                id: import("zod").ZodUUID;
                sku: import("zod").ZodString;
                title: import("zod").ZodOptional<import("zod").ZodString>;
                unitCode: import("zod").ZodEnum<{
                    C62: "C62";
                    KGM: "KGM";
                    LTR: "LTR";
                    MTR: "MTR";
                    HUR: "HUR";
                    DAY: "DAY";
                }>;
                taxCode: import("zod").ZodString;
                status: import("zod").ZodEnum<{
                    active: "active";
                    archived: "archived";
                }>;
                maxPerOrder: import("zod").ZodOptional<import("zod").ZodInt>;
            }, import("zod/v4/core").$strip>;
            product: import("zod").ZodObject<{
                id: import("zod").ZodUUID;
                status: import("zod").ZodEnum<{
                    active: "active";
                    draft: "draft";
                    archived: "archived";
                }>;
                position: import("zod").ZodInt;
                version: import("zod").ZodInt;
                title: import("zod").ZodString;
                description: import("zod").ZodOptional<import("zod").ZodString>;
            }, import("zod/v4/core").$strip>;
            prices: import("zod").ZodArray<import("zod").ZodObject<{
                id: import("zod").ZodUUID;
                variantId: import("zod").ZodUUID;
                unitPrice: import("zod").ZodObject<{
                    amount: import("zod").ZodInt;
                    currency: import("zod").ZodString;
                }, import("zod/v4/core").$strip>;
                taxBehavior: import("zod").ZodEnum<{
                    inclusive: "inclusive";
                    exclusive: "exclusive";
                }>;
                minQuantity: import("zod").ZodInt;
                validFrom: import("zod").ZodISODateTime;
                validTo: import("zod").ZodOptional<import("zod").ZodISODateTime>;
            }, import("zod/v4/core").$strip>>;
            stock: import("zod").ZodOptional<import("zod").ZodObject<{
                onHand: import("zod").ZodInt;
                reserved: import("zod").ZodInt;
                policy: import("zod").ZodEnum<{
                    deny: "deny";
                    backorder: "backorder";
                    untracked: "untracked";
                }>;
            }, import("zod/v4/core").$strip>>;
        }, import("zod/v4/core").$strip>>;
        page: import("zod").ZodObject<{
            nextCursor: import("zod").ZodNullable<import("zod").ZodString>;
            hasMore: import("zod").ZodBoolean;
        }>;
    }, import("zod/v4/core").$strip>>;
    readonly getVariant: Route<import("zod").ZodObject<{
        id: import("zod").ZodUUID;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        variant: import("zod").ZodObject<{
            id: import("zod").ZodUUID;
            sku: import("zod").ZodString;
            title: import("zod").ZodOptional<import("zod").ZodString>;
            unitCode: import("zod").ZodEnum<{
                C62: "C62";
                KGM: "KGM";
                LTR: "LTR";
                MTR: "MTR";
                HUR: "HUR";
                DAY: "DAY";
            }>;
            taxCode: import("zod").ZodString;
            status: import("zod").ZodEnum<{
                active: "active";
                archived: "archived";
            }>;
            maxPerOrder: import("zod").ZodOptional<import("zod").ZodInt>;
        }, import("zod/v4/core").$strip>;
        product: import("zod").ZodObject<{
            id: import("zod").ZodUUID;
            status: import("zod").ZodEnum<{
                active: "active";
                draft: "draft";
                archived: "archived";
            }>;
            position: import("zod").ZodInt;
            version: import("zod").ZodInt;
            title: import("zod").ZodString;
            description: import("zod").ZodOptional<import("zod").ZodString>;
        }, import("zod/v4/core").$strip>;
        prices: import("zod").ZodArray<import("zod").ZodObject<{
            id: import("zod").ZodUUID;
            variantId: import("zod").ZodUUID;
            unitPrice: import("zod").ZodObject<{
                amount: import("zod").ZodInt;
                currency: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
            taxBehavior: import("zod").ZodEnum<{
                inclusive: "inclusive";
                exclusive: "exclusive";
            }>;
            minQuantity: import("zod").ZodInt;
            validFrom: import("zod").ZodISODateTime;
            validTo: import("zod").ZodOptional<import("zod").ZodISODateTime>;
        }, import("zod/v4/core").$strip>>;
        stock: import("zod").ZodOptional<import("zod").ZodObject<{
            onHand: import("zod").ZodInt;
            reserved: import("zod").ZodInt;
            policy: import("zod").ZodEnum<{
                deny: "deny";
                backorder: "backorder";
                untracked: "untracked";
            }>;
        }, import("zod/v4/core").$strip>>;
    }, import("zod/v4/core").$strip>>;
    readonly setPrice: Route<import("zod").ZodObject<{
        id: import("zod").ZodUUID;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        price: import("zod").ZodObject<{
            amount: import("zod").ZodInt;
            currency: import("zod").ZodString;
            taxBehavior: import("zod").ZodEnum<{
                inclusive: "inclusive";
                exclusive: "exclusive";
            }>;
        }, import("zod/v4/core").$strict>;
        validFrom: import("zod").ZodOptional<import("zod").ZodISODateTime>;
        validTo: import("zod").ZodOptional<import("zod").ZodISODateTime>;
        minQuantity: import("zod").ZodOptional<import("zod").ZodInt>;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        id: import("zod").ZodUUID;
        variantId: import("zod").ZodUUID;
        unitPrice: import("zod").ZodObject<{
            amount: import("zod").ZodInt;
            currency: import("zod").ZodString;
        }, import("zod/v4/core").$strip>;
        taxBehavior: import("zod").ZodEnum<{
            inclusive: "inclusive";
            exclusive: "exclusive";
        }>;
        minQuantity: import("zod").ZodInt;
        validFrom: import("zod").ZodISODateTime;
        validTo: import("zod").ZodOptional<import("zod").ZodISODateTime>;
    }, import("zod/v4/core").$strip>>;
    readonly setStock: Route<import("zod").ZodObject<{
        id: import("zod").ZodUUID;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        onHand: import("zod").ZodInt;
        policy: import("zod").ZodEnum<{
            deny: "deny";
            backorder: "backorder";
            untracked: "untracked";
        }>;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        variant: import("zod").ZodObject<{
            id: import("zod").ZodUUID;
            sku: import("zod").ZodString;
            title: import("zod").ZodOptional<import("zod").ZodString>;
            unitCode: import("zod").ZodEnum<{
                C62: "C62";
                KGM: "KGM";
                LTR: "LTR";
                MTR: "MTR";
                HUR: "HUR";
                DAY: "DAY";
            }>;
            taxCode: import("zod").ZodString;
            status: import("zod").ZodEnum<{
                active: "active";
                archived: "archived";
            }>;
            maxPerOrder: import("zod").ZodOptional<import("zod").ZodInt>;
        }, import("zod/v4/core").$strip>;
        product: import("zod").ZodObject<{
            id: import("zod").ZodUUID;
            status: import("zod").ZodEnum<{
                active: "active";
                draft: "draft";
                archived: "archived";
            }>;
            position: import("zod").ZodInt;
            version: import("zod").ZodInt;
            title: import("zod").ZodString;
            description: import("zod").ZodOptional<import("zod").ZodString>;
        }, import("zod/v4/core").$strip>;
        prices: import("zod").ZodArray<import("zod").ZodObject<{
            id: import("zod").ZodUUID;
            variantId: import("zod").ZodUUID;
            unitPrice: import("zod").ZodObject<{
                amount: import("zod").ZodInt;
                currency: import("zod").ZodString;
            }, import("zod/v4/core").$strip>;
            taxBehavior: import("zod").ZodEnum<{
                inclusive: "inclusive";
                exclusive: "exclusive";
            }>;
            minQuantity: import("zod").ZodInt;
            validFrom: import("zod").ZodISODateTime;
            validTo: import("zod").ZodOptional<import("zod").ZodISODateTime>;
        }, import("zod/v4/core").$strip>>;
        stock: import("zod").ZodOptional<import("zod").ZodObject<{
            onHand: import("zod").ZodInt;
            reserved: import("zod").ZodInt;
            policy: import("zod").ZodEnum<{
                deny: "deny";
                backorder: "backorder";
                untracked: "untracked";
            }>;
        }, import("zod/v4/core").$strip>>;
    }, import("zod/v4/core").$strip>>;
    readonly previewPrice: Route<import("zod").ZodObject<{
        id: import("zod").ZodUUID;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        quantity: import("zod").ZodDefault<import("zod").ZodCoercedNumber<unknown>>;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        id: import("zod").ZodUUID;
        variantId: import("zod").ZodUUID;
        unitPrice: import("zod").ZodObject<{
            amount: import("zod").ZodInt;
            currency: import("zod").ZodString;
        }, import("zod/v4/core").$strip>;
        taxBehavior: import("zod").ZodEnum<{
            inclusive: "inclusive";
            exclusive: "exclusive";
        }>;
        minQuantity: import("zod").ZodInt;
        validFrom: import("zod").ZodISODateTime;
        validTo: import("zod").ZodOptional<import("zod").ZodISODateTime>;
    }, import("zod/v4/core").$strip>>;
    readonly listProducts: Route<import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        status: import("zod").ZodOptional<import("zod").ZodString>;
        limit: import("zod").ZodDefault<import("zod").ZodCoercedNumber<unknown>>;
        cursor: import("zod").ZodOptional<import("zod").ZodString>;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        data: import("zod").ZodArray<import("zod").ZodObject<{
            id: import("zod").ZodUUID;
            title: import("zod").ZodString;
            description: import("zod").ZodOptional<import("zod").ZodString>;
            status: import("zod").ZodEnum<{
                active: "active";
                draft: "draft";
                archived: "archived";
            }>;
            position: import("zod").ZodInt;
            variants: import("zod").ZodArray<import("zod").ZodObject<{
                id: import("zod").ZodUUID;
                sku: import("zod").ZodString;
                title: import("zod").ZodOptional<import("zod").ZodString>;
                unitCode: import("zod").ZodEnum<{
                    C62: "C62";
                    KGM: "KGM";
                    LTR: "LTR";
                    MTR: "MTR";
                    HUR: "HUR";
                    DAY: "DAY";
                }>;
                taxCode: import("zod").ZodString;
                status: import("zod").ZodEnum<{
                    active: "active";
                    archived: "archived";
                }>;
                maxPerOrder: import("zod").ZodOptional<import("zod").ZodInt>;
            }, import("zod/v4/core").$strip>>;
            createdAt: import("zod").ZodISODateTime;
            updatedAt: import("zod").ZodISODateTime;
            version: import("zod").ZodInt;
        }, import("zod/v4/core").$strip>>;
        page: import("zod").ZodObject<{
            nextCursor: import("zod").ZodNullable<import("zod").ZodString>;
            hasMore: import("zod").ZodBoolean;
        }>;
    }, import("zod/v4/core").$strip>>;
    readonly getProduct: Route<import("zod").ZodObject<{
        id: import("zod").ZodUUID;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        id: import("zod").ZodUUID;
        title: import("zod").ZodString;
        description: import("zod").ZodOptional<import("zod").ZodString>;
        status: import("zod").ZodEnum<{
            active: "active";
            draft: "draft";
            archived: "archived";
        }>;
        position: import("zod").ZodInt;
        variants: import("zod").ZodArray<import("zod").ZodObject<{
            id: import("zod").ZodUUID;
            sku: import("zod").ZodString;
            title: import("zod").ZodOptional<import("zod").ZodString>;
            unitCode: import("zod").ZodEnum<{
                C62: "C62";
                KGM: "KGM";
                LTR: "LTR";
                MTR: "MTR";
                HUR: "HUR";
                DAY: "DAY";
            }>;
            taxCode: import("zod").ZodString;
            status: import("zod").ZodEnum<{
                active: "active";
                archived: "archived";
            }>;
            maxPerOrder: import("zod").ZodOptional<import("zod").ZodInt>;
        }, import("zod/v4/core").$strip>>;
        createdAt: import("zod").ZodISODateTime;
        updatedAt: import("zod").ZodISODateTime;
        version: import("zod").ZodInt;
    }, import("zod/v4/core").$strip>>;
    readonly createProduct: Route<import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        title: import("zod").ZodString;
        description: import("zod").ZodExactOptional<import("zod").ZodString>;
        status: import("zod").ZodExactOptional<import("zod").ZodEnum<{
            active: "active";
            draft: "draft";
            archived: "archived";
        }>>;
        position: import("zod").ZodExactOptional<import("zod").ZodInt>;
        variants: import("zod").ZodArray<import("zod").ZodObject<{
            sku: import("zod").ZodString;
            title: import("zod").ZodExactOptional<import("zod").ZodString>;
            unitCode: import("zod").ZodExactOptional<import("zod").ZodEnum<{
                C62: "C62";
                KGM: "KGM";
                LTR: "LTR";
                MTR: "MTR";
                HUR: "HUR";
                DAY: "DAY";
            }>>;
            taxCode: import("zod").ZodString;
            status: import("zod").ZodExactOptional<import("zod").ZodEnum<{
                active: "active";
                archived: "archived";
            }>>;
            maxPerOrder: import("zod").ZodExactOptional<import("zod").ZodInt>;
            price: import("zod").ZodExactOptional<import("zod").ZodObject<{
                amount: import("zod").ZodInt;
                currency: import("zod").ZodString;
                taxBehavior: import("zod").ZodEnum<{
                    inclusive: "inclusive";
                    exclusive: "exclusive";
                }>;
            }, import("zod/v4/core").$strict>>;
            stock: import("zod").ZodExactOptional<import("zod").ZodObject<{
                onHand: import("zod").ZodInt;
                policy: import("zod").ZodEnum<{
                    deny: "deny";
                    backorder: "backorder";
                    untracked: "untracked";
                }>;
            }, import("zod/v4/core").$strict>>;
        }, import("zod/v4/core").$strict>>;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        id: import("zod").ZodUUID;
        title: import("zod").ZodString;
        description: import("zod").ZodOptional<import("zod").ZodString>;
        status: import("zod").ZodEnum<{
            active: "active";
            draft: "draft";
            archived: "archived";
        }>;
        position: import("zod").ZodInt;
        variants: import("zod").ZodArray<import("zod").ZodObject<{
            id: import("zod").ZodUUID;
            sku: import("zod").ZodString;
            title: import("zod").ZodOptional<import("zod").ZodString>;
            unitCode: import("zod").ZodEnum<{
                C62: "C62";
                KGM: "KGM";
                LTR: "LTR";
                MTR: "MTR";
                HUR: "HUR";
                DAY: "DAY";
            }>;
            taxCode: import("zod").ZodString;
            status: import("zod").ZodEnum<{
                active: "active";
                archived: "archived";
            }>;
            maxPerOrder: import("zod").ZodOptional<import("zod").ZodInt>;
        }, import("zod/v4/core").$strip>>;
        createdAt: import("zod").ZodISODateTime;
        updatedAt: import("zod").ZodISODateTime;
        version: import("zod").ZodInt;
    }, import("zod/v4/core").$strip>>;
    readonly replaceProduct: Route<import("zod").ZodObject<{
        id: import("zod").ZodUUID;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        title: import("zod").ZodString;
        description: import("zod").ZodExactOptional<import("zod").ZodString>;
        status: import("zod").ZodExactOptional<import("zod").ZodEnum<{
            active: "active";
            draft: "draft";
            archived: "archived";
        }>>;
        position: import("zod").ZodExactOptional<import("zod").ZodInt>;
        variants: import("zod").ZodArray<import("zod").ZodObject<{
            sku: import("zod").ZodString;
            title: import("zod").ZodExactOptional<import("zod").ZodString>;
            unitCode: import("zod").ZodExactOptional<import("zod").ZodEnum<{
                C62: "C62";
                KGM: "KGM";
                LTR: "LTR";
                MTR: "MTR";
                HUR: "HUR";
                DAY: "DAY";
            }>>;
            taxCode: import("zod").ZodString;
            status: import("zod").ZodExactOptional<import("zod").ZodEnum<{
                active: "active";
                archived: "archived";
            }>>;
            maxPerOrder: import("zod").ZodExactOptional<import("zod").ZodInt>;
            price: import("zod").ZodExactOptional<import("zod").ZodObject<{
                amount: import("zod").ZodInt;
                currency: import("zod").ZodString;
                taxBehavior: import("zod").ZodEnum<{
                    inclusive: "inclusive";
                    exclusive: "exclusive";
                }>;
            }, import("zod/v4/core").$strict>>;
            stock: import("zod").ZodExactOptional<import("zod").ZodObject<{
                onHand: import("zod").ZodInt;
                policy: import("zod").ZodEnum<{
                    deny: "deny";
                    backorder: "backorder";
                    untracked: "untracked";
                }>;
            }, import("zod/v4/core").$strict>>;
        }, import("zod/v4/core").$strict>>;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        id: import("zod").ZodUUID;
        title: import("zod").ZodString;
        description: import("zod").ZodOptional<import("zod").ZodString>;
        status: import("zod").ZodEnum<{
            active: "active";
            draft: "draft";
            archived: "archived";
        }>;
        position: import("zod").ZodInt;
        variants: import("zod").ZodArray<import("zod").ZodObject<{
            id: import("zod").ZodUUID;
            sku: import("zod").ZodString;
            title: import("zod").ZodOptional<import("zod").ZodString>;
            unitCode: import("zod").ZodEnum<{
                C62: "C62";
                KGM: "KGM";
                LTR: "LTR";
                MTR: "MTR";
                HUR: "HUR";
                DAY: "DAY";
            }>;
            taxCode: import("zod").ZodString;
            status: import("zod").ZodEnum<{
                active: "active";
                archived: "archived";
            }>;
            maxPerOrder: import("zod").ZodOptional<import("zod").ZodInt>;
        }, import("zod/v4/core").$strip>>;
        createdAt: import("zod").ZodISODateTime;
        updatedAt: import("zod").ZodISODateTime;
        version: import("zod").ZodInt;
    }, import("zod/v4/core").$strip>>;
    readonly publishProduct: Route<import("zod").ZodObject<{
        id: import("zod").ZodUUID;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        id: import("zod").ZodUUID;
        title: import("zod").ZodString;
        description: import("zod").ZodOptional<import("zod").ZodString>;
        status: import("zod").ZodEnum<{
            active: "active";
            draft: "draft";
            archived: "archived";
        }>;
        position: import("zod").ZodInt;
        variants: import("zod").ZodArray<import("zod").ZodObject<{
            id: import("zod").ZodUUID;
            sku: import("zod").ZodString;
            title: import("zod").ZodOptional<import("zod").ZodString>;
            unitCode: import("zod").ZodEnum<{
                C62: "C62";
                KGM: "KGM";
                LTR: "LTR";
                MTR: "MTR";
                HUR: "HUR";
                DAY: "DAY";
            }>;
            taxCode: import("zod").ZodString;
            status: import("zod").ZodEnum<{
                active: "active";
                archived: "archived";
            }>;
            maxPerOrder: import("zod").ZodOptional<import("zod").ZodInt>;
        }, import("zod/v4/core").$strip>>;
        createdAt: import("zod").ZodISODateTime;
        updatedAt: import("zod").ZodISODateTime;
        version: import("zod").ZodInt;
    }, import("zod/v4/core").$strip>>;
    readonly archiveProduct: Route<import("zod").ZodObject<{
        id: import("zod").ZodUUID;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        id: import("zod").ZodUUID;
        title: import("zod").ZodString;
        description: import("zod").ZodOptional<import("zod").ZodString>;
        status: import("zod").ZodEnum<{
            active: "active";
            draft: "draft";
            archived: "archived";
        }>;
        position: import("zod").ZodInt;
        variants: import("zod").ZodArray<import("zod").ZodObject<{
            id: import("zod").ZodUUID;
            sku: import("zod").ZodString;
            title: import("zod").ZodOptional<import("zod").ZodString>;
            unitCode: import("zod").ZodEnum<{
                C62: "C62";
                KGM: "KGM";
                LTR: "LTR";
                MTR: "MTR";
                HUR: "HUR";
                DAY: "DAY";
            }>;
            taxCode: import("zod").ZodString;
            status: import("zod").ZodEnum<{
                active: "active";
                archived: "archived";
            }>;
            maxPerOrder: import("zod").ZodOptional<import("zod").ZodInt>;
        }, import("zod/v4/core").$strip>>;
        createdAt: import("zod").ZodISODateTime;
        updatedAt: import("zod").ZodISODateTime;
        version: import("zod").ZodInt;
    }, import("zod/v4/core").$strip>>;
    readonly listTaxCategories: Route<import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        data: import("zod").ZodArray<import("zod").ZodObject<{
            code: import("zod").ZodString;
            category: import("zod").ZodString;
            rate: import("zod").ZodInt;
        }, import("zod/v4/core").$strip>>;
    }, import("zod/v4/core").$strip>>;
    readonly saveTaxCategory: Route<import("zod").ZodObject<{
        code: import("zod").ZodString;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{}, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        category: import("zod").ZodEnum<{
            S: "S";
            Z: "Z";
            E: "E";
            AE: "AE";
            O: "O";
        }>;
        rate: import("zod").ZodInt;
    }, import("zod/v4/core").$strict>, import("zod").ZodObject<{
        code: import("zod").ZodString;
        category: import("zod").ZodString;
        rate: import("zod").ZodInt;
    }, import("zod/v4/core").$strip>>;
};

export declare const routes: readonly Route[];

export declare function errorCodeOf(problem: string): ErrorCode;

export declare function isProblemCode(text: string): text is ProblemCode;

export declare function problemError(reason: string): AuronxError;

export declare function problemOf(error: unknown): Problem;

export declare function problemType(code: ProblemCode): string;

export declare function route<Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType, Response extends z.ZodType>(spec: RouteSpec<Params, Query, Body, Response>): Route<Params, Query, Body, Response>;

export interface Problem {
    /** Address of the code's description; `about:blank` until the host names one. */
    readonly type: string;
    readonly title: string;
    readonly status: number;
    readonly code: ProblemCode;
    /** What to mend, where the sender can. */
    readonly detail?: string;
}

export interface ProblemKind {
    readonly status: number;
    /** Short, the same for every occurrence. */
    readonly title: string;
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

export type EventDocument = z.output<typeof eventSchema>;

export type ProblemDocument = z.output<typeof problemSchema>;

export type RouteSpec<Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType, Response extends z.ZodType> = Omit<Route<Params, Query, Body, Response>, Settings> & Partial<Pick<Route<Params, Query, Body, Response>, Settings>>;

// named by the above

export declare class AuronxError extends Error {
    /** Stable code to branch on. */
    readonly code: ErrorCode;
    /** Whether the same call may succeed later without a change by the caller. */
    readonly retryable: boolean;
    /** Facts that are safe to log. */
    readonly details: Readonly<Record<string, ErrorDetail>>;
    constructor(code: ErrorCode, message: string, options?: ErrorOptions);
}

export declare const errorCodes: readonly ["invalid_input", "invalid_config", "not_found", "conflict", "not_permitted", "illegal_transition", "version_conflict", "idempotency_mismatch", "idempotency_in_progress", "money_out_of_range", "currency_mismatch", "unknown_currency", "unknown_time_zone", "signature_missing", "signature_malformed", "signature_mismatch", "payload_too_large", "payload_unreadable", "message_invalid", "window_closed", "lease_lost", "storage_unavailable", "storage_constraint", "storage_role", "overloaded", "egress_denied", "network_failed", "timeout", "aborted", "graph_error", "media_invalid", "unauthenticated", "reauthentication_required", "seal_broken", "refused", "precondition_required", "rate_limited", "internal"];

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

export declare const problemSchema: z.ZodObject<{
    type: z.ZodString;
    title: z.ZodString;
    status: z.ZodInt;
    detail: z.ZodOptional<z.ZodString>;
    instance: z.ZodOptional<z.ZodString>;
    code: z.ZodString;
    requestId: z.ZodString;
    errors: z.ZodOptional<z.ZodArray<z.ZodObject<{
        pointer: z.ZodString;
        code: z.ZodString;
        detail: z.ZodString;
    }, z.core.$strip>>>;
    variantIds: z.ZodOptional<z.ZodArray<z.ZodUUID>>;
    available: z.ZodOptional<z.ZodArray<z.ZodObject<{
        variantId: z.ZodUUID;
        wanted: z.ZodInt;
        left: z.ZodInt;
    }, z.core.$strip>>>;
    orderStatus: z.ZodOptional<z.ZodString>;
    allowedActions: z.ZodOptional<z.ZodArray<z.ZodString>>;
    currentVersion: z.ZodOptional<z.ZodInt>;
}, z.core.$strip>;

export interface ErrorOptions {
    /** Whether the same call may succeed later without a change by the caller. Default `false`. */
    readonly retryable?: boolean;
    /** Machine-readable facts that are safe to log. Default `{}`. */
    readonly details?: Readonly<Record<string, ErrorDetail>>;
    /** The error this one translates. */
    readonly cause?: unknown;
}

export type ErrorCode = (typeof errorCodes)[number];

export type ErrorDetail = string | number | boolean | null | readonly (string | number)[];

export type Permission = (typeof permissions)[number];

export type ProblemCode = keyof typeof problemKinds;

type Settings = 'status' | 'idempotent' | 'match' | 'kind' | 'problems' | 'shownOnce' | 'isJoined' | 'isPersonal';
