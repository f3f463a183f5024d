-- From where a sign-in code was asked for, as texts that say nothing by themselves. Locks a table that is written to when somebody
-- signs in, for an instant: new columns without a default.

alter table sign_in_attempts add column network text;
alter table sign_in_attempts add column device text;
