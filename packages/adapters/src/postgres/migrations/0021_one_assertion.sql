-- The assertion of sessions without the tenant's version, which no release ever called. A short lock on a catalogue row.

drop function assert_session(uuid, integer, integer, text, timestamptz);
