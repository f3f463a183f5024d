-- The event log in an order that only grows. Takes ACCESS EXCLUSIVE on domain_events until the migrations
-- commit: reads and writes of events wait while its index (about a second per million) and those of later ones are built.

-- The transaction that wrote an event. What every transaction below the oldest open one wrote is settled: nothing can
-- appear before or among it any more. Events of before this migration count as written by it.
alter table domain_events add column transaction_id xid8 not null default pg_current_xact_id();
create index domain_events_log on domain_events (tenant_id, transaction_id, id);
