-- One row for each person: two records at the same moment lock two rows, and neither waits for the other.
drop table {schema}.rotation;
create table {schema}.rotation (
  object text not null,
  rule text not null,
  person uuid not null,
  served_at timestamptz,
  primary key (object, rule, person)
);
