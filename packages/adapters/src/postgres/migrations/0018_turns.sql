-- Lanes and inbox are written in place, turns of many lanes are completed in one statement, and a batch of one event has a
-- statement of its own. Takes ACCESS EXCLUSIVE on lanes and inbox until the migrations commit: acceptance and workers wait
-- while two indexes of inbox are built (about two seconds per million stored events) and waiting lanes get their new
-- columns.

-- A row that changes no indexed column stays in its page (HOT) and costs no entry in any index. So no index may mention the
-- lease of a lane, how many events it has waiting, or the state of an event; and pages keep room for the next version.
alter table lanes set (fillfactor = 50);
alter table inbox set (fillfactor = 70);

-- due_at: when the lane may be claimed, nothing while no event waits. Leased lanes keep it: they are few, and a claim passes
-- over them. head: no event with a smaller ordinal waits.
alter table lanes add column due_at timestamptz(3), add column head bigint not null default 0;
update lanes set due_at = ready_at where pending > 0;
drop index lanes_leased;
alter table lanes drop column ready_at;
create index lanes_due on lanes (due_at) where due_at is not null;

-- The waiting events of a lane are found from its head on. Dead ones by when they died. Old ones by when they came, which is
-- before they were handled.
alter table inbox add column died_at timestamptz(3);
update inbox set died_at = done_at where state = 'dead';
drop index inbox_waiting;
drop index inbox_dead;
drop index inbox_settled;
create index inbox_lane on inbox (tenant_id, lane_key, ordinal);
create index inbox_dead on inbox (tenant_id, id) where died_at is not null;
create index inbox_received on inbox (received_at);
grant select (received_at) on inbox to __ingest__;
grant update (died_at) on inbox to __dispatch__;

-- Only accept_event and accept_events write events, each with the lane that it wrote in the same statement or just before,
-- and no lane is ever deleted but with its tenant. Checking it again cost a look-up and a lock on the lane for each event.
alter table inbox drop constraint inbox_tenant_id_lane_key_fkey;

create or replace function claim_lanes(p_now timestamptz, p_limit integer, p_lease_ms integer)
returns table (lane_tenant uuid, lane text, lane_epoch bigint, leased_until timestamptz)
language sql security definer set search_path from current set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
  with chosen as (
    select l.tenant_id, l.lane_key, l.head, l.lease_until from lanes l
    where l.due_at <= p_now and (l.lease_until is null or l.lease_until <= p_now)
    order by l.due_at limit p_limit for update skip locked
  ), crashed as (
    update inbox e set attempts = e.attempts + 1
    from chosen, lateral (
      select w.id from inbox w where w.tenant_id = chosen.tenant_id and w.lane_key = chosen.lane_key
        and w.ordinal >= chosen.head and w.state = 'waiting' order by w.ordinal limit 1
    ) first
    where chosen.lease_until is not null and e.tenant_id = chosen.tenant_id and e.id = first.id
  )
  update lanes l set epoch = l.epoch + 1, lease_until = p_now + make_interval(secs => p_lease_ms / 1000.0)
  from chosen where l.tenant_id = chosen.tenant_id and l.lane_key = chosen.lane_key
  returning l.tenant_id, l.lane_key, l.epoch, l.lease_until
$$;

create or replace function release_lanes(p_tenants uuid[], p_lanes text[], p_epochs bigint[], p_now timestamptz)
returns void
language sql security definer set search_path from current set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
  update lanes l set lease_until = null, due_at = case when l.pending > 0 then p_now end
  from (select * from unnest(p_tenants, p_lanes, p_epochs) as g (tenant_id, lane_key, epoch)
        order by g.tenant_id, g.lane_key) held
  where l.tenant_id = held.tenant_id and l.lane_key = held.lane_key and l.epoch = held.epoch
$$;

-- Leased lanes that are due after the first free one need not be looked at.
create or replace function next_lane_due() returns timestamptz
language sql stable security definer set search_path from current set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
  with free as materialized (
    select l.due_at from lanes l where l.due_at is not null and l.lease_until is null order by l.due_at limit 1
  )
  select least(
    (select due_at from free),
    (select min(greatest(l.lease_until, l.due_at)) from lanes l
     where l.due_at <= coalesce((select due_at from free), 'infinity') and l.lease_until is not null))
$$;

-- Keeps the head of lanes that have more waiting where their first waiting event is. Called with the lanes locked.
create function advance_heads(p_tenants uuid[], p_lanes text[]) returns void
language sql set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
  update lanes l set head = first.ordinal
  from unnest(p_tenants, p_lanes) as g (tenant_id, lane_key), lateral (
    select h.head from lanes h where h.tenant_id = g.tenant_id and h.lane_key = g.lane_key
  ) old, lateral (
    select w.ordinal from inbox w where w.tenant_id = g.tenant_id and w.lane_key = g.lane_key
      and w.ordinal >= old.head and w.state = 'waiting' order by w.ordinal limit 1
  ) first
  where l.tenant_id = g.tenant_id and l.lane_key = g.lane_key
$$;
revoke all on function advance_heads(uuid[], text[]) from public;
grant execute on function advance_heads(uuid[], text[]) to __dispatch__;

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
    due_at = case when pending > amount then due_at end,
    lease_until = case when pending > amount then lease_until end
  where tenant_id = p_tenant and lane_key = p_lane and epoch = p_epoch and pending >= amount and lease_until is not null
  returning lease_until is null into released;
  if not found then
    raise exception 'stale lane grant' using errcode = 'AX001';
  end if;
  update inbox e set state = 'done', trace = i.trace::jsonb, done_at = p_at, error_code = null, payload = null
  from unnest(p_events, p_traces) as i (id, trace)
  where e.tenant_id = p_tenant and e.id = i.id and e.state = 'waiting';
  get diagnostics completed = row_count;
  if completed < amount then
    raise exception 'event is not waiting' using errcode = 'AX001';
  end if;
  if not released then
    perform advance_heads(array[p_tenant], array[p_lane]);
  end if;
  return released;
end
$$;

-- For turns whose handlers wrote nothing; one that writes completes in its own transaction (complete_events). Sees keys and
-- states, across tenants, and like a claim it can neither read nor write what events say: a payload is dropped, and a trace
-- is codes, ids and counts. p_events, p_turns (which turn each is of, from 1) and p_traces belong together. Lanes are
-- locked in the order of their keys, as everywhere.
create function complete_turns(
  p_tenants uuid[], p_lanes text[], p_epochs bigint[], p_amounts integer[], p_keep boolean[],
  p_events uuid[], p_turns integer[], p_traces text[], p_at timestamptz
) returns text[]
language plpgsql security definer set search_path from current set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
  after text[] := array_fill('lost'::text, array[cardinality(p_lanes)]);
  amount integer := 0;
  completed integer;
  held record;
begin
  for held in
    update lanes l set
      pending = l.pending - t.amount,
      lease_until = case when t.keep and l.pending > t.amount then l.lease_until end,
      due_at = case when l.pending = t.amount then null when t.keep then l.due_at else p_at end
    from (
      select * from unnest(p_tenants, p_lanes, p_epochs, p_amounts, p_keep)
        with ordinality as i (tenant_id, lane_key, epoch, amount, keep, place)
      order by i.tenant_id, i.lane_key
    ) t
    where l.tenant_id = t.tenant_id and l.lane_key = t.lane_key and l.epoch = t.epoch and l.pending >= t.amount
      and l.lease_until is not null
    returning t.place, t.amount, case when l.pending = 0 then 'empty' when t.keep then 'kept' else 'waits' end as state
  loop
    after[held.place] := held.state;
    amount := amount + held.amount;
  end loop;

  update inbox e set state = 'done', trace = i.trace::jsonb, done_at = p_at, error_code = null, payload = null
  from unnest(p_events, p_turns, p_traces) as i (id, turn, trace)
  where e.tenant_id = p_tenants[i.turn] and e.id = i.id and after[i.turn] <> 'lost' and e.state = 'waiting';
  get diagnostics completed = row_count;
  if completed < amount then
    raise exception 'event is not waiting' using errcode = 'AX001';
  end if;
  if after && array['waits', 'kept'] then
    perform advance_heads(array_agg(g.tenant_id), array_agg(g.lane_key))
      from unnest(p_tenants, p_lanes, after) as g (tenant_id, lane_key, state) where g.state in ('waits', 'kept');
  end if;
  return after;
end
$$;
select own_function('complete_turns', '__dispatch__');

create or replace function settle_event(
  p_tenant uuid, p_lane text, p_epoch bigint, p_event uuid, p_state text, p_trace jsonb, p_error text,
  p_at timestamptz, p_retry_at timestamptz, p_release boolean
) returns boolean
language plpgsql security definer set search_path from current set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
  released boolean;
begin
  if p_tenant is distinct from nullif(current_setting('auronx.tenant_id', true), '')::uuid then
    raise exception 'tenant mismatch' using errcode = 'AX001';
  end if;
  update lanes set
    pending = pending - case when p_retry_at is null then 1 else 0 end,
    due_at = case when p_retry_at is not null then p_retry_at when pending > 1 then due_at end,
    lease_until = case when p_retry_at is not null or (p_release and pending = 1) then null else lease_until end
  where tenant_id = p_tenant and lane_key = p_lane and epoch = p_epoch and lease_until is not null
  returning lease_until is null into released;
  if not found then
    raise exception 'stale lane grant' using errcode = 'AX001';
  end if;
  update inbox set
    state = case when p_retry_at is null then p_state else state end,
    attempts = attempts + case when p_state = 'done' then 0 else 1 end,
    error_code = p_error, trace = p_trace,
    done_at = case when p_retry_at is null then p_at end,
    died_at = case when p_retry_at is null and p_state = 'dead' then p_at end
  where tenant_id = p_tenant and id = p_event and state = 'waiting';
  if not found then
    raise exception 'event is not waiting' using errcode = 'AX001';
  end if;
  -- A statement of its own, because this role may drop a payload but not read one.
  if p_state = 'done' then
    update inbox set payload = null where tenant_id = p_tenant and id = p_event;
  end if;
  return released;
end
$$;

create or replace function replay_event(p_tenant uuid, p_event uuid, p_at timestamptz) returns boolean
language plpgsql security definer set search_path from current set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
  lane text;
  place bigint;
begin
  if p_tenant is distinct from nullif(current_setting('auronx.tenant_id', true), '')::uuid then
    return false;
  end if;
  -- The lane first, as everywhere: its head is kept by whoever has it locked.
  select e.lane_key, e.ordinal into lane, place from inbox e
    where e.tenant_id = p_tenant and e.id = p_event and e.state = 'dead';
  perform from lanes l where l.tenant_id = p_tenant and l.lane_key = lane for update;
  update inbox set state = 'waiting', attempts = 0, done_at = null, died_at = null
  where tenant_id = p_tenant and id = p_event and state = 'dead';
  if not found then
    return false;
  end if;
  update lanes l set
    pending = l.pending + 1, due_at = p_at,
    head = case when l.pending = 0 then place else least(l.head, place) end
  where l.tenant_id = p_tenant and l.lane_key = lane;
  perform pg_notify('auronx_wake', 'lanes');
  return true;
end
$$;

create or replace function prune_inbox(p_before timestamptz, p_limit integer) returns integer
language plpgsql security definer set search_path from current set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
  pruned integer;
begin
  delete from inbox_unreadable where keep_until < p_before;
  with old as (
    select e.tenant_id, e.id from inbox e
    where e.received_at < p_before and e.done_at < p_before and e.state <> 'waiting'
    order by e.received_at limit p_limit
  )
  delete from inbox using old where inbox.tenant_id = old.tenant_id and inbox.id = old.id;
  get diagnostics pruned = row_count;
  return pruned;
end
$$;

create or replace function take_off_duplicates(p_tenants uuid[], p_ids uuid[], p_lanes text[], p_until timestamptz)
returns uuid[]
language plpgsql set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_nestloop = on set enable_hashjoin = off set enable_mergejoin = off as $$
declare
  duplicates uuid[];
begin
  select array_agg(i.id) into duplicates from unnest(p_tenants, p_ids) as i (tenant_id, id)
    where not exists (select from inbox e where e.tenant_id = i.tenant_id and e.id = i.id);
  update lanes l set
    pending = l.pending - twice.amount,
    due_at = case when l.pending > twice.amount then l.due_at end,
    lease_until = case when l.pending = twice.amount and l.lease_until = p_until then null else l.lease_until end
  from (
    select i.tenant_id, i.lane_key, count(*)::integer as amount
    from unnest(p_tenants, p_ids, p_lanes) as i (tenant_id, id, lane_key)
    where i.id = any (duplicates) group by i.tenant_id, i.lane_key
  ) twice where l.tenant_id = twice.tenant_id and l.lane_key = twice.lane_key;
  return duplicates;
end
$$;

-- As before, with due_at and head.
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
    insert into lanes as l (tenant_id, lane_key, next_ordinal, pending, due_at, lease_until, epoch, head)
    select i.tenant_id, i.lane_key, i.amount + 1, i.amount, p_now, until, case when until is null then 0 else 1 end, 1
    from item i where i.place = 0 order by i.tenant_id, i.lane_key
    on conflict (tenant_id, lane_key) do update set
      next_ordinal = l.next_ordinal + excluded.pending,
      pending = l.pending + excluded.pending,
      due_at = case when l.pending = 0 then p_now else l.due_at end,
      head = case when l.pending = 0 then l.next_ordinal else l.head end,
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

-- Stores one event, as accept_events would a batch of one: two plain statements start in a third of the time of its joins.
-- Returns nothing for a duplicate, the epoch of a lane that was granted to the caller, otherwise 0.
create function accept_event(
  p_now timestamptz, p_lease_ms integer, p_tenant uuid, p_channel uuid, p_id uuid, p_lane text, p_kind text,
  p_received timestamptz, p_hash bytea, p_payload bytea
) returns bigint
language plpgsql security definer set search_path from current set enable_seqscan = off as $$
declare
  until timestamptz(3) := p_now + make_interval(secs => p_lease_ms / 1000.0);
  place bigint;
  leased timestamptz(3);
  granted bigint;
begin
  insert into lanes as l (tenant_id, lane_key, next_ordinal, pending, due_at, lease_until, epoch, head)
  values (p_tenant, p_lane, 2, 1, p_now, until, case when until is null then 0 else 1 end, 1)
  on conflict (tenant_id, lane_key) do update set
    next_ordinal = l.next_ordinal + 1,
    pending = l.pending + 1,
    due_at = case when l.pending = 0 then p_now else l.due_at end,
    head = case when l.pending = 0 then l.next_ordinal else l.head end,
    epoch = l.epoch + case when l.pending = 0 and coalesce(l.lease_until, p_now) <= p_now then excluded.epoch else 0 end,
    -- As in accept_events.
    lease_until = case
      when l.pending = 0 and coalesce(l.lease_until, p_now) <= p_now then coalesce(until, l.lease_until)
      when l.lease_until = until then until + interval '1 millisecond'
      else l.lease_until end
  returning l.next_ordinal - 1, l.lease_until, l.epoch into place, leased, granted;

  insert into inbox (tenant_id, id, channel_id, dedup_hash, lane_key, ordinal, kind, payload, received_at)
  values (p_tenant, p_id, p_channel, p_hash, p_lane, place, p_kind, p_payload, p_received)
  on conflict (tenant_id, dedup_hash) do nothing;
  if not found then
    perform take_off_duplicates(array[p_tenant], array[p_id], array[p_lane], until);
    return null;
  end if;
  if leased is null or p_lease_ms is null then
    perform pg_notify('auronx_wake', 'lanes');
  end if;
  return case when leased = until then granted else 0 end;
end
$$;
select own_function('accept_event', '__ingest__');
