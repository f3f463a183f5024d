-- What waits on a stopped number is not due until a person resumes it: a host that asks when to come back was told a moment
-- that had passed, for as long as the number stood still. Replaces a function; no table is locked.

create or replace function next_outbox_due(p_park_after_ms bigint) returns timestamptz
language sql stable security definer set search_path from current set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
  select least(
    (select min(o.due_at) from outbox o where o.state = 'queued' and not exists (
      select from channels c where c.tenant_id = o.tenant_id and c.id = o.channel_id and c.status = 'stopped')),
    (select min(lease_until) from outbox where state = 'sending'),
    (select min(unknown_since) + make_interval(secs => p_park_after_ms / 1000.0) from outbox where state = 'unknown'))
$$;
