-- jsonb forgets the order of keys, and the order of an object's fields is what people see.
alter table jieli.blueprint_version alter column document type json using document::json;

-- For each object the columns of its table with PostgreSQL's number for them. A number stays with a column whatever
-- its name becomes, so a roll back finds the very column that an old version meant.
alter table jieli.blueprint_version add column columns jsonb not null default '{}';
