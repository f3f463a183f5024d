-- Tenants, numbers, directory, domain events, idempotency keys, blobs. Creates tables only: no lock on existing data,
-- done in milliseconds.

-- Every tenant table is protected the same way: row-level security, also for its owner, and one policy that shows and
-- takes rows of the tenant that the transaction has set. Without a tenant nothing is visible.
create function protect_tenant_table(p_table text) returns void language plpgsql as $$
begin
  execute format('alter table %I enable row level security', p_table);
  execute format('alter table %I force row level security', p_table);
  execute format(
    'create policy tenant_only on %I for all to __app__
       using (tenant_id = (select nullif(current_setting(''auronx.tenant_id'', true), '''')::uuid))
       with check (tenant_id = (select nullif(current_setting(''auronx.tenant_id'', true), '''')::uuid))', p_table);
  execute format('grant select, insert, update, delete on %I to __app__', p_table);
end
$$;

-- Gives a function to the role it runs as; only the application may call it. The role may create in the schema only
-- while it takes the function over, which PostgreSQL asks for.
create function own_function(p_name text, p_role text) returns void language plpgsql as $$
declare
  signature text;
begin
  for signature in
    select f.oid::regprocedure::text from pg_proc f
    where f.pronamespace = (select n.oid from pg_namespace n where n.nspname = current_schema()) and f.proname = p_name
  loop
    execute format('revoke all on function %s from public', signature);
    execute format('grant create on schema %I to %s', current_schema(), p_role);
    execute format('alter function %s owner to %s', signature, p_role);
    if '__isolation__' = 'roles' then
      execute format('revoke create on schema %I from %s', current_schema(), p_role);
    end if;
    execute format('grant execute on function %s to __app__, %I', signature, current_user);
  end loop;
end
$$;
revoke all on function protect_tenant_table(text) from public;
revoke all on function own_function(text, text) from public;

create table tenants (
  tenant_id uuid primary key,
  settings jsonb not null,
  version integer not null check (version > 0)
);
select protect_tenant_table('tenants');
-- Without roles nothing keeps two tenants apart, so there is never a second one.
do $do$ begin
  if '__isolation__' = 'single-tenant' then
    create unique index tenants_single on tenants ((true));
  end if;
end $do$;

create table channels (
  tenant_id uuid not null references tenants (tenant_id),
  id uuid not null,
  app_id text not null,
  phone_number_id text not null,
  business_account_id text not null,
  display_phone_number text not null,
  status text not null check (status in ('active', 'stopped')),
  stopped_reason text,
  version integer not null check (version > 0),
  primary key (tenant_id, id),
  unique (tenant_id, phone_number_id)
);
select protect_tenant_table('channels');

-- The directory answers one question before a tenant is known: whose number is this?
create table channel_directory (
  phone_number_id text primary key,
  tenant_id uuid not null,
  channel_id uuid not null,
  app_id text not null,
  business_account_id text not null,
  foreign key (tenant_id, channel_id) references channels (tenant_id, id) on delete cascade
);
create index channel_directory_account on channel_directory (business_account_id);
alter table channel_directory enable row level security;
alter table channel_directory force row level security;
create policy lookup_all on channel_directory for select to __lookup__ using (true);
create policy tenant_only on channel_directory for all to __app__
  using (tenant_id = (select nullif(current_setting('auronx.tenant_id', true), '')::uuid))
  with check (tenant_id = (select nullif(current_setting('auronx.tenant_id', true), '')::uuid));
grant select on channel_directory to __lookup__;
grant select, insert, update, delete on channel_directory to __app__;

create function channel_routes(p_phone_number_id text, p_business_account_id text)
returns table (tenant_id uuid, channel_id uuid, app_id text, phone_number_id text)
language sql stable security definer set search_path from current as $$
  select d.tenant_id, d.channel_id, d.app_id, d.phone_number_id from channel_directory d
  where d.phone_number_id = p_phone_number_id or d.business_account_id = p_business_account_id
$$;
select own_function('channel_routes', '__lookup__');

create table domain_events (
  tenant_id uuid not null references tenants (tenant_id),
  id uuid not null,
  type text not null,
  schema integer not null,
  aggregate_type text not null,
  aggregate_id text not null,
  aggregate_version integer not null,
  occurred_at timestamptz(3) not null,
  actor jsonb not null,
  correlation_id text not null,
  data jsonb not null,
  primary key (tenant_id, id),
  unique (tenant_id, aggregate_type, aggregate_id, aggregate_version)
);
select protect_tenant_table('domain_events');
revoke update, delete on domain_events from __app__;

create table idempotency_keys (
  tenant_id uuid not null references tenants (tenant_id),
  principal text not null,
  key text not null,
  fingerprint text not null,
  response jsonb,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  primary key (tenant_id, principal, key)
);
create index idempotency_keys_expiry on idempotency_keys (tenant_id, expires_at);
select protect_tenant_table('idempotency_keys');

-- A blob without a digest is still being written and is invisible to readers.
create table blobs (
  tenant_id uuid not null references tenants (tenant_id),
  id uuid not null,
  content_type text not null,
  size bigint check (size >= 0),
  sha256 text check (sha256 ~ '^[0-9a-f]{64}$'),
  started_at timestamptz(3) not null,
  primary key (tenant_id, id),
  check ((size is null) = (sha256 is null))
);
create index blobs_unfinished on blobs (tenant_id, started_at) where sha256 is null;
select protect_tenant_table('blobs');

create table blob_chunks (
  tenant_id uuid not null,
  blob_id uuid not null,
  position integer not null check (position >= 0),
  bytes bytea not null,
  primary key (tenant_id, blob_id, position),
  foreign key (tenant_id, blob_id) references blobs (tenant_id, id) on delete cascade
);
alter table blob_chunks alter column bytes set storage external;
select protect_tenant_table('blob_chunks');
