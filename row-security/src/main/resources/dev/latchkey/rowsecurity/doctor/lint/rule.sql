select distinct format('rule %I on %s', w.rulename, p.name) as object, format('drop rule %I on %s', w.rulename, p.name) as remedy
from (select oid, name from part union select oid, name from relation where kind = 'v') p
join pg_rewrite w on w.ev_class = p.oid and w.ev_type <> '1' and w.ev_enabled <> 'D'
