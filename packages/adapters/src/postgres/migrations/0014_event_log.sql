-- The event log in an order that only grows. Takes ACCESS EXCLUSIVE on domain_events for milliseconds, and holds writes to
-- it while the index is built (about a second per million events).

-- The transaction that wrote an event. What every transaction below the oldest open one wrote is settled: nothing can
-- appear before or among it any more. Events of before this migration count as written by it.
alter table domain_events add column transaction_id xid8 not null default pg_current_xact_id();
create index domain_events_log on domain_events (tenant_id, transaction_id, id);
