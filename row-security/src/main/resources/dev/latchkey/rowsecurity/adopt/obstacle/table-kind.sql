select t.name as object,
  case
    when t.kind in ('r', 'p') then 'protect it by hand with app.protect(); its keys cannot be built online'
    else 'name tables: views of adopted ones are looked after with them'
  end as remedy
from target t
where t.kind <> 'r' or exists (select from pg_inherits i where t.oid in (i.inhrelid, i.inhparent))
union all
select s.name, 'name tables with --shared' from shared s where s.kind not in ('r', 'p')
