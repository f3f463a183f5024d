-- Completes the turns of many lanes in one statement. Creates a function only: no lock on existing data, done in
-- milliseconds.

-- For turns whose handlers wrote nothing; one that writes completes in its own transaction (complete_events). Sees keys and
-- states, across tenants, and like a claim it can neither read nor write what events say: a payload is dropped, and a trace
-- is codes, ids and counts. p_events, p_turns (which turn each is of, from 1) and p_traces belong together. Lanes are
-- locked in the order of their keys, as everywhere. Conditions are said so that no partial index fits them, see
-- complete_events.
create function complete_turns(
  p_tenants uuid[], p_lanes text[], p_epochs bigint[], p_amounts integer[], p_over boolean[],
  p_events uuid[], p_turns integer[], p_traces text[], p_at timestamptz
) returns text[]
language plpgsql security definer set search_path from current set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
  after text[];
  amount integer;
  completed integer;
begin
  with held as (
    update lanes l set
      pending = l.pending - t.amount,
      lease_until = case when t.over or l.pending = t.amount then null else l.lease_until end,
      ready_at = case when t.over then p_at else l.ready_at end
    from (
      select * from unnest(p_tenants, p_lanes, p_epochs, p_amounts, p_over)
        with ordinality as i (tenant_id, lane_key, epoch, amount, over, place)
      order by i.tenant_id, i.lane_key
    ) t
    where l.tenant_id = t.tenant_id and l.lane_key = t.lane_key and l.epoch = t.epoch and l.pending >= t.amount
      and coalesce(l.lease_until, '-infinity') > '-infinity'
    returning t.place, t.amount, case when l.pending = 0 then 'empty' when t.over then 'over' else 'held' end as state
  )
  select array_agg(coalesce(held.state, 'lost') order by g.place), coalesce(sum(held.amount), 0)
    into after, amount
    from generate_series(1, cardinality(p_lanes)) as g (place) left join held on held.place = g.place;

  update inbox e set state = 'done', trace = i.trace::jsonb, done_at = p_at, error_code = null, payload = null
  from unnest(p_events, p_turns, p_traces) as i (id, turn, trace)
  where e.tenant_id = p_tenants[i.turn] and e.id = i.id and after[i.turn] <> 'lost' and e.state not in ('done', 'dead');
  get diagnostics completed = row_count;
  if completed < amount then
    raise exception 'event is not waiting' using errcode = 'AX001';
  end if;
  return after;
end
$$;
select own_function('complete_turns', '__dispatch__');
