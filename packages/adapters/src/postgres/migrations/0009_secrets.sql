-- Keys of tenants, credentials, Meta apps. Creates tables only: no lock on existing data, done in milliseconds.

-- Every key is stored wrapped under a root key that is not in the database. The platform's own rows stand under the nil
-- UUID, which is no tenant, so there is no foreign key to tenants.
create table sealing_keys (
  tenant_id uuid not null,
  version integer not null check (version > 0),
  root_version integer not null check (root_version > 0),
  wrapped bytea not null,
  created_at timestamptz(3) not null,
  retired_at timestamptz(3),
  primary key (tenant_id, version)
);
create unique index sealing_keys_newest on sealing_keys (tenant_id) where retired_at is null;
create index sealing_keys_root on sealing_keys (root_version, tenant_id, version);
select protect_tenant_table('sealing_keys');
create policy lookup_all on sealing_keys for select to __lookup__ using (true);
grant select (tenant_id, version, root_version) on sealing_keys to __lookup__;

-- Which key a sealed value needs, read from its envelope: a key cannot go while a value needs it, nor a value come after
-- its key went.
create function sealed_version(p_sealed bytea) returns integer language sql immutable strict parallel safe as $$
  select (get_byte(p_sealed, 2) << 24) | (get_byte(p_sealed, 3) << 16) | (get_byte(p_sealed, 4) << 8) | get_byte(p_sealed, 5)
$$;

create table credentials (
  tenant_id uuid not null,
  owner_kind text not null check (owner_kind in ('channel', 'app')),
  owner_id text not null,
  kind text not null check (kind in ('access_token', 'pin', 'app_secret', 'verify_token')),
  sealed bytea not null,
  key_version integer not null generated always as (sealed_version(sealed)) stored,
  last_four text check (length(last_four) = 4),
  set_at timestamptz(3) not null,
  primary key (tenant_id, owner_kind, owner_id, kind),
  foreign key (tenant_id, key_version) references sealing_keys (tenant_id, version)
);
create index credentials_key on credentials (tenant_id, key_version);
select protect_tenant_table('credentials');

-- The directory answers one more question before a tenant is known: which apps may deliver webhooks, and whose are they?
create table app_directory (
  app_id text primary key,
  tenant_id uuid not null
);
alter table app_directory enable row level security;
alter table app_directory force row level security;
create policy lookup_all on app_directory for select to __lookup__ using (true);
create policy tenant_only on app_directory for all to __app__
  using (tenant_id = (select nullif(current_setting('auronx.tenant_id', true), '')::uuid))
  with check (tenant_id = (select nullif(current_setting('auronx.tenant_id', true), '')::uuid));
grant select on app_directory to __lookup__;
grant select, insert, update, delete on app_directory to __app__;

create function webhook_apps() returns table (tenant_id uuid, app_id text)
language sql stable security definer set search_path from current as $$
  select d.tenant_id, d.app_id from app_directory d order by d.app_id
$$;

create function keys_wrapped_otherwise(p_root_version integer, p_tenant uuid, p_version integer, p_limit integer)
returns table (tenant_id uuid, version integer)
language sql stable security definer set search_path from current as $$
  select k.tenant_id, k.version from sealing_keys k
  where k.root_version <> p_root_version and (p_tenant is null or (k.tenant_id, k.version) > (p_tenant, p_version))
  order by k.tenant_id, k.version limit p_limit
$$;

create function root_versions() returns table (root_version integer, keys bigint)
language sql stable security definer set search_path from current as $$
  select k.root_version, count(*) from sealing_keys k group by k.root_version order by k.root_version
$$;

select own_function('webhook_apps', '__lookup__');
select own_function('keys_wrapped_otherwise', '__lookup__');
select own_function('root_versions', '__lookup__');
