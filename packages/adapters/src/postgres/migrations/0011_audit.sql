-- The audit log. Creates tables only: no lock on existing data, done in milliseconds.

-- Entries are added and never changed: the application may insert and read. Each refers to the one before by number and
-- hash, so that there can be neither a gap nor a fork.
create table audit_log (
  tenant_id uuid not null references tenants (tenant_id),
  sequence bigint not null check (sequence > 0),
  at timestamptz(3) not null,
  actor jsonb not null,
  action text not null,
  target_type text not null,
  target_id text not null,
  facts jsonb not null,
  personal_digest text check (personal_digest ~ '^[0-9a-f]{64}$'),
  previous text not null check (previous ~ '^[0-9a-f]{64}$'),
  previous_sequence bigint generated always as (nullif(sequence - 1, 0)) stored,
  hash text not null check (hash ~ '^[0-9a-f]{64}$'),
  primary key (tenant_id, sequence),
  unique (tenant_id, sequence, hash),
  foreign key (tenant_id, previous_sequence, previous) references audit_log (tenant_id, sequence, hash),
  check (sequence > 1 or previous = repeat('0', 64))
);
select protect_tenant_table('audit_log');
revoke update, delete on audit_log from __app__;

-- Personal values stand beside the log, so that they can be forgotten; the log keeps a salted digest.
create table audit_personal (
  tenant_id uuid not null,
  sequence bigint not null,
  subject_id text not null,
  salt text not null,
  personal jsonb not null,
  primary key (tenant_id, sequence),
  foreign key (tenant_id, sequence) references audit_log (tenant_id, sequence)
);
create index audit_personal_subject on audit_personal (tenant_id, subject_id);
select protect_tenant_table('audit_personal');
revoke update on audit_personal from __app__;
