select format('publication %I, %s', p.pubname, t.name) as object,
  format('publish all columns of %s: its key will begin with owner_id', t.name) as remedy
from target t join pg_publication_rel r on r.prrelid = t.oid join pg_publication p on p.oid = r.prpubid
where r.prattrs is not null
