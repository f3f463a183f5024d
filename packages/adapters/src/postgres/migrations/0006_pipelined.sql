-- Lets writes be sent without waiting for their row counts: one that did not touch what it had to fails its transaction.
-- Completes the events of a batch in one
-- statement. Creates functions only: no lock on existing data, done in milliseconds.

create function require_rows(p_found bigint, p_needed bigint, p_state text) returns void
language plpgsql immutable as $$
begin
  if p_found < p_needed then
    raise exception 'a row was not written' using errcode = p_state;
  end if;
end
$$;
revoke all on function require_rows(bigint, bigint, text) from public;
grant execute on function require_rows(bigint, bigint, text) to __app__;

-- Runs inside the tenant's transaction; refuses to speak for another tenant than the one that is set. One version of each
-- event's row: its state and the loss of its payload are one update.
create function complete_events(
  p_tenant uuid, p_lane text, p_epoch bigint, p_events uuid[], p_traces text[], p_at timestamptz
) returns boolean
language plpgsql security definer set search_path from current as $$
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
  where tenant_id = p_tenant and lane_key = p_lane and epoch = p_epoch and lease_until is not null
    and pending >= amount
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
  return released;
end
$$;
select own_function('complete_events', '__dispatch__');
