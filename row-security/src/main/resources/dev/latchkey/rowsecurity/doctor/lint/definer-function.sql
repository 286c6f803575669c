select format('function %s', p.oid::regprocedure) as object,
  format('revoke execute on routine %s from %s', p.oid::regprocedure, c.grantee) as remedy
from callable c join pg_proc p on p.oid = c.oid
-- The policies' function is judged by lints of its own.
where p.prosecdef and p.oid not in (select oid from current_owner)
union all
select format('function %s, by aggregate %s', p.oid::regprocedure, c.name),
  format('revoke execute on routine %s from %s', c.name, c.grantee)
from callable c
join pg_aggregate a on a.aggfnoid = c.oid
join pg_proc p on p.oid in (
  a.aggtransfn, a.aggfinalfn, a.aggcombinefn, a.aggserialfn, a.aggdeserialfn, a.aggmtransfn, a.aggminvtransfn, a.aggmfinalfn)
where p.prosecdef
union all
-- Nobody is asked for EXECUTE when a trigger fires. The role that owns the tables is held by their policies, as they are forced.
select format('function %s, by trigger %I on %s', p.oid::regprocedure, t.name, t.relation),
  format('alter function %s security invoker', p.oid::regprocedure)
from trigger t
join pg_proc p on p.oid = t.function
join pg_roles definer on definer.oid = p.proowner
where p.prosecdef and (definer.rolsuper or definer.rolbypassrls)
