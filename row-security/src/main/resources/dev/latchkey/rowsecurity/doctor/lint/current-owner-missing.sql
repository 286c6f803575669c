select 'function app.current_owner()' as object,
  'run the changelog dev/latchkey/rowsecurity/changelog/app.sql as the role that owns the tables' as remedy
where not exists (select from current_owner)
