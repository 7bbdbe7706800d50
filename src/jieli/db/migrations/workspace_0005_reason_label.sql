-- What a reason of the list was called when a package came back for it, should the list lose it later.
alter table {schema}.handoff add column reason_label jsonb;
