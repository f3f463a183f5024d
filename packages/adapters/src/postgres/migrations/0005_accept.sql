-- Acceptance in one statement per batch. Replaces a function: a short lock on its catalogue row, done in milliseconds.

drop function accept_events(
  timestamptz, integer, uuid[], uuid[], uuid[], bytea[], text[], text[], bytea[], timestamptz[]);

-- Stores a batch. Lanes are locked in the order of their keys, then events get their ordinals under that lock, so that
-- concurrent batches agree on the order of a lane and cannot deadlock.
--
-- p_amounts says how many events of its lane the batch holds, p_places which of them each event is, from 0. Hashes (32
-- bytes each) and payloads come as one value each, because arrays of bytes travel as text. Every lane is written once,
-- as if all events were new; duplicates, which are rare, are taken off again.
--
-- The plan is kept: its shape never depends on the values, and planning costs more than a small batch.
create function accept_events(
  p_now timestamptz, p_lease_ms integer, p_tenants uuid[], p_channels uuid[], p_ids uuid[], p_lanes text[],
  p_amounts integer[], p_places integer[], p_kinds text[], p_received timestamptz[], p_hashes bytea, p_payloads bytea,
  p_starts integer[], p_sizes integer[],
  out duplicates uuid[], out granted_tenants uuid[], out granted_lanes text[], out granted_epochs bigint[]
) language plpgsql security definer set search_path from current
set plan_cache_mode = force_generic_plan set enable_nestloop = off as $$
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
    select array_agg(i.id) into duplicates from unnest(p_tenants, p_ids) as i (tenant_id, id)
      where not exists (select from inbox e where e.tenant_id = i.tenant_id and e.id = i.id);
    update lanes l set
      pending = l.pending - twice.amount,
      lease_until = case when l.pending = twice.amount and l.lease_until = until then null else l.lease_until end
    from (
      select i.tenant_id, i.lane_key, count(*)::integer as amount
      from unnest(p_tenants, p_ids, p_lanes) as i (tenant_id, id, lane_key)
      where i.id = any (duplicates) group by i.tenant_id, i.lane_key
    ) twice where l.tenant_id = twice.tenant_id and l.lane_key = twice.lane_key;
  end if;
  if stored_count > 0 and (some_wait or p_lease_ms is null) then
    perform pg_notify('auronx_wake', 'lanes');
  end if;
end
$$;

select own_function('accept_events', '__ingest__');
