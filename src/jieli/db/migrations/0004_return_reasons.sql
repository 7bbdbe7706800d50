-- A reason for returning was a bare label; now it has a key, by which an answer remembers it.
update jieli.blueprint_version v set document = (
  select json_object_agg(part.key, case when part.key <> 'processes' then part.value else (
    select json_object_agg(process.key, (
      select json_object_agg(item.key, case when item.key <> 'return_reasons' then item.value else (
        select coalesce(json_agg(json_build_object('key', 'reason_' || n, 'label', label) order by n), '[]')
        from json_array_elements(item.value) with ordinality reason(label, n)
      ) end) from json_each(process.value) item
    )) from json_each(part.value) process
  ) end) from json_each(v.document) part
) where exists (
  select from json_each(v.document -> 'processes') process where process.value -> 'return_reasons' is not null
);
