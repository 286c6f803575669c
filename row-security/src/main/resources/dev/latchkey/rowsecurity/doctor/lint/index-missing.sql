select r.name as object, format('create index on %s (owner_id)', r.name) as remedy
from owned r
where not exists (
  select from pg_index i
  join pg_class x on x.oid = i.indexrelid
  join pg_am m on m.oid = x.relam and m.amname = 'btree'
  -- A primary key that does not begin with owner_id is a finding of its own, whose remedy brings the index.
  where i.indrelid = r.oid and i.indisvalid and (i.indkey[0] = r.owner_id and i.indpred is null or i.indisprimary))
