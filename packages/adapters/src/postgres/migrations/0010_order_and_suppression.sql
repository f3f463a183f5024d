-- The order of a thread, who must not be written to, and texts of any characters on the way out. Takes ACCESS EXCLUSIVE on
-- messages and outbox while it writes every row anew (about a second per million), and on contacts for milliseconds.

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

-- jsonb refuses NUL characters and halves of characters; a message that has them must not take what it commits with along.
alter table outbox alter column message type json;
