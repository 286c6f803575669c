select 'server ' || current_setting('server_version') as object, 'upgrade to Postgres 15 or newer' as remedy
where current_setting('server_version_num')::integer < 150000
