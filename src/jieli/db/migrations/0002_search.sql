-- The distinct bigrams of a search text, sorted by code point. Its twin is jieli.base.text.grams; a test
-- compares them. Two arrays are unnested side by side because that is linear in the length of the text.
create function jieli.grams(search text) returns text[]
  language sql immutable strict parallel safe
as $$
  select coalesce(array_agg(distinct pair collate "C"), '{}')
  from (
    select unnest(string_to_array(search, null)) || unnest(string_to_array(substr(search, 2), null)) as pair
  ) as neighbours
  where strpos(pair, E'\x1f') = 0
$$;
