-- A statement that counts the users of all rows whose owner is not known, as text; no row if no table names its users.
select case when m.told_apart then format(
    'select count(distinct person) from (%s) users where %s',
    string_agg(format('select %s::text as person from %s where %1$s is not null', u.quoted, t.name), ' union all '),
    case when m.others then format($$coalesce(%L::jsonb ->> person, person) !~ '^[A-Za-z0-9._:-]{1,128}$'$$, m.owner_of)
      else format('not jsonb_exists(%L::jsonb, person)', m.owner_of) end)
  else format('select greatest(count(distinct person) - 1, 0) from (%s) users',
    string_agg(format('select %s::text as person from %s where %1$s is not null', u.quoted, t.name), ' union all '))
  end as statement
from mapping m, target t join user_column u on u.relation = t.oid
group by m.told_apart, m.others, m.owner_of
