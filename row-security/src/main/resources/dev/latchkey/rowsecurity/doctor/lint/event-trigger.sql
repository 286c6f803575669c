select format('event trigger %I', e.evtname) as object, format('drop event trigger %I', e.evtname) as remedy
from pg_event_trigger e where e.evtevent = 'login' and e.evtenabled <> 'D'
