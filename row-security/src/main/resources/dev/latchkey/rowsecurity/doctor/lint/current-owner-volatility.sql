select 'function app.current_owner()' as object, 'alter function app.current_owner() stable' as remedy
from current_owner where provolatile <> 's'
