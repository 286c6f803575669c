select 'function app.current_owner()' as object,
  '-- as the role that owns the tables: the changelog dev/latchkey/rowsecurity/changelog/app.sql, which row-security-cli.jar schema prints' as remedy
where not exists (select from current_owner)
