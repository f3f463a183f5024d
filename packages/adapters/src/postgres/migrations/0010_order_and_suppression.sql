-- The order of a thread, and who must not be written to. Takes ACCESS EXCLUSIVE on messages while it writes the new
-- column into every row (about a second per million), and on contacts for milliseconds.

-- WhatsApp's times are whole seconds; within one, what was stored first comes first.
alter table messages add column position bigint generated always as identity;
drop index messages_thread;
create index messages_thread on messages
  (tenant_id, contact_id, channel_id, date_trunc('second', at at time zone 'UTC') desc, position desc);

-- Since when and why (a code) nothing, or no marketing, may be sent to a contact.
alter table contacts
  add column everything_suppressed_at timestamptz(3),
  add column everything_suppressed_by text,
  add column marketing_suppressed_at timestamptz(3),
  add column marketing_suppressed_by text,
  add check ((everything_suppressed_at is null) = (everything_suppressed_by is null)),
  add check ((marketing_suppressed_at is null) = (marketing_suppressed_by is null));
