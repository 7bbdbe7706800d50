-- Running numbers come from sequences: a counter in a table lets only one transaction at a time create records.
drop table {schema}.counter;
