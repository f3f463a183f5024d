-- Plans that stay right while tables grow, and what a request asserts: a session with the tenant's version, or an API key. Replaces functions and their settings: short locks on their catalogue rows, done
-- in milliseconds.

-- Every statement in these functions finds its rows through an index, row by row. A plan made while the tables were small,
-- or while nothing waited, reads whole tables instead, and is kept.
do $do$
declare
  signature text;
begin
  for signature in
    select f.oid::regprocedure::text from pg_proc f
    where f.pronamespace = (select n.oid from pg_namespace n where n.nspname = current_schema()) and f.proname in (
      'claim_lanes', 'release_lanes', 'extend_lane', 'next_lane_due', 'settle_event', 'complete_events', 'replay_event',
      'claim_jobs', 'next_job_due', 'claim_outbox', 'recover_outbox', 'next_outbox_due', 'prune_inbox')
  loop
    execute format('alter function %s set enable_seqscan = off', signature);
    execute format('alter function %s set enable_hashjoin = off', signature);
    execute format('alter function %s set enable_mergejoin = off', signature);
    execute format('alter function %s set plan_cache_mode = force_generic_plan', signature);
  end loop;
end
$do$;

-- Second statement of a tenant transaction that belongs to a signed-in member: the session lives, nothing that the request
-- relies on changed since it was read, and the key of its token is trusted. A version of the tenant counts where one is
-- given. Runs with the caller's rights. The one without it stays, because processes of before go on asking it while a new
-- version is rolled out.
create function assert_session(
  p_session uuid, p_version integer, p_member_version integer, p_tenant_version integer, p_kid text, p_now timestamptz
) returns void language plpgsql stable as $$
begin
  perform from sessions s
    join members m on m.tenant_id = s.tenant_id and m.id = s.member_id
    join tenants t on t.tenant_id = s.tenant_id
    where s.tenant_id = (select nullif(current_setting('auronx.tenant_id', true), '')::uuid) and s.id = p_session
      and s.version = p_version and s.revoked_at is null and s.idle_expires_at > p_now and s.expires_at > p_now
      and m.status = 'active' and m.version = p_member_version
      and t.status in ('active', 'closing') and t.version = coalesce(p_tenant_version, t.version)
      and exists (select from signing_keys k where k.kid = p_kid);
  if not found then raise exception 'the session is over' using errcode = 'AX004'; end if;
end
$$;
revoke all on function assert_session(uuid, integer, integer, integer, text, timestamptz) from public;
grant execute on function assert_session(uuid, integer, integer, integer, text, timestamptz) to __app__;

-- The same for a transaction that belongs to an API key: it lives, the secret that was shown opens it, and its creator and
-- tenant are as they were read.
create function assert_key(
  p_key text, p_secret_hash text, p_creator_version integer, p_tenant_version integer, p_now timestamptz
) returns void language plpgsql stable as $$
begin
  perform from api_keys k
    join members m on m.tenant_id = k.tenant_id and m.id = k.created_by
    join tenants t on t.tenant_id = k.tenant_id
    where k.tenant_id = (select nullif(current_setting('auronx.tenant_id', true), '')::uuid) and k.id = p_key
      and k.revoked_at is null and k.expires_at > p_now
      and (k.secret_hash = p_secret_hash or k.previous_hash = p_secret_hash and k.previous_until > p_now)
      and m.status = 'active' and m.version = p_creator_version
      and t.status in ('active', 'closing') and t.version = coalesce(p_tenant_version, t.version);
  if not found then raise exception 'the key is over' using errcode = 'AX004'; end if;
end
$$;
revoke all on function assert_key(text, text, integer, integer, timestamptz) from public;
grant execute on function assert_key(text, text, integer, integer, timestamptz) to __app__;

-- Which events of a batch were there already; takes them off their lanes again. A function of its own, because the batch's
-- own joins must not go row by row and these must: they would read the whole inbox otherwise.
create function take_off_duplicates(p_tenants uuid[], p_ids uuid[], p_lanes text[], p_until timestamptz) returns uuid[]
language plpgsql set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_nestloop = on set enable_hashjoin = off set enable_mergejoin = off as $$
declare
  duplicates uuid[];
begin
  select array_agg(i.id) into duplicates from unnest(p_tenants, p_ids) as i (tenant_id, id)
    where not exists (select from inbox e where e.tenant_id = i.tenant_id and e.id = i.id);
  update lanes l set
    pending = l.pending - twice.amount,
    lease_until = case when l.pending = twice.amount and l.lease_until = p_until then null else l.lease_until end
  from (
    select i.tenant_id, i.lane_key, count(*)::integer as amount
    from unnest(p_tenants, p_ids, p_lanes) as i (tenant_id, id, lane_key)
    where i.id = any (duplicates) group by i.tenant_id, i.lane_key
  ) twice where l.tenant_id = twice.tenant_id and l.lane_key = twice.lane_key;
  return duplicates;
end
$$;
revoke all on function take_off_duplicates(uuid[], uuid[], text[], timestamptz) from public;
grant execute on function take_off_duplicates(uuid[], uuid[], text[], timestamptz) to __ingest__;

-- The check of an event's foreign key to its lane is planned in here as well.
create or replace function accept_events(
  p_now timestamptz, p_lease_ms integer, p_tenants uuid[], p_channels uuid[], p_ids uuid[], p_lanes text[],
  p_amounts integer[], p_places integer[], p_kinds text[], p_received timestamptz[], p_hashes bytea, p_payloads bytea,
  p_starts integer[], p_sizes integer[],
  out duplicates uuid[], out granted_tenants uuid[], out granted_lanes text[], out granted_epochs bigint[]
) language plpgsql security definer set search_path from current
set plan_cache_mode = force_generic_plan set enable_nestloop = off set enable_seqscan = off as $$
declare
  until timestamptz(3) := p_now + make_interval(secs => p_lease_ms / 1000.0);
  stored_count integer;
  some_wait boolean;
begin
  with item as (
    select * from unnest(p_tenants, p_channels, p_ids, p_lanes, p_amounts, p_places, p_kinds, p_received, p_starts, p_sizes)
      with ordinality as i (tenant_id, channel_id, id, lane_key, amount, place, kind, received_at, start, size, position)
  ), lane as (
    insert into lanes as l (tenant_id, lane_key, next_ordinal, pending, ready_at, lease_until, epoch)
    select i.tenant_id, i.lane_key, i.amount + 1, i.amount, p_now, until, case when until is null then 0 else 1 end
    from item i where i.place = 0 order by i.tenant_id, i.lane_key
    on conflict (tenant_id, lane_key) do update set
      next_ordinal = l.next_ordinal + excluded.pending,
      pending = l.pending + excluded.pending,
      ready_at = case when l.pending = 0 then p_now else l.ready_at end,
      epoch = l.epoch + case when l.pending = 0 and coalesce(l.lease_until, p_now) <= p_now then excluded.epoch else 0 end,
      -- Afterwards a lane ends its lease at exactly this moment if and only if it was granted here: a lease of somebody
      -- else that would end in the same millisecond gets one more.
      lease_until = case
        when l.pending = 0 and coalesce(l.lease_until, p_now) <= p_now then coalesce(until, l.lease_until)
        when l.lease_until = until then until + interval '1 millisecond'
        else l.lease_until end
    returning l.tenant_id, l.lane_key, l.next_ordinal, l.epoch, l.lease_until
  ), stored as (
    insert into inbox as e (tenant_id, id, channel_id, dedup_hash, lane_key, ordinal, kind, payload, received_at)
    select i.tenant_id, i.id, i.channel_id, substring(p_hashes from i.position::integer * 32 - 31 for 32), i.lane_key,
      lane.next_ordinal - i.amount + i.place, i.kind, substring(p_payloads from i.start for i.size), i.received_at
    from item i join lane on lane.tenant_id = i.tenant_id and lane.lane_key = i.lane_key
    on conflict (tenant_id, dedup_hash) do nothing
    returning 1
  )
  select (select count(*) from stored), (select bool_or(lease_until is null) from lane),
    array_agg(g.tenant_id), array_agg(g.lane_key), array_agg(g.epoch)
    into stored_count, some_wait, granted_tenants, granted_lanes, granted_epochs
    from lane g where g.lease_until = until;

  if stored_count < cardinality(p_ids) then
    duplicates := take_off_duplicates(p_tenants, p_ids, p_lanes, until);
  end if;
  if stored_count > 0 and (some_wait or p_lease_ms is null) then
    perform pg_notify('auronx_wake', 'lanes');
  end if;
end
$$;

-- Two conditions are said so that no partial index fits them: "is leased" and "waits" are rare whenever statistics are made,
-- which makes the whole index of those look cheaper than the one row of the key.
create or replace function complete_events(
  p_tenant uuid, p_lane text, p_epoch bigint, p_events uuid[], p_traces text[], p_at timestamptz
) returns boolean
language plpgsql security definer set search_path from current set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
  amount integer := cardinality(p_events);
  completed integer;
  released boolean;
begin
  if p_tenant is distinct from nullif(current_setting('auronx.tenant_id', true), '')::uuid then
    raise exception 'tenant mismatch' using errcode = 'AX001';
  end if;
  update lanes set
    pending = pending - amount,
    lease_until = case when pending = amount then null else lease_until end
  where tenant_id = p_tenant and lane_key = p_lane and epoch = p_epoch and pending >= amount
    and coalesce(lease_until, '-infinity') > '-infinity'
  returning lease_until is null into released;
  if not found then
    raise exception 'stale lane grant' using errcode = 'AX001';
  end if;
  update inbox e set state = 'done', trace = i.trace::jsonb, done_at = p_at, error_code = null, payload = null
  from unnest(p_events, p_traces) as i (id, trace)
  where e.tenant_id = p_tenant and e.id = i.id and e.state not in ('done', 'dead');
  get diagnostics completed = row_count;
  if completed < amount then
    raise exception 'event is not waiting' using errcode = 'AX001';
  end if;
  return released;
end
$$;
