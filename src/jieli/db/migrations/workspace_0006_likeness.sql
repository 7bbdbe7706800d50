-- By what a company's key is found under other spellings; null until it has been made.
alter table {schema}.claim add column likeness bigint[];
create index claim_likeness on {schema}.claim using gin (likeness) with (gin_pending_list_limit = 256)
  where likeness is not null;
create index claim_without_likeness on {schema}.claim (key) where kind = 'company' and likeness is null;
