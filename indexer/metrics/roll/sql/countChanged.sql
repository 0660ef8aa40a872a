select (select count(*)::integer from written) as written, (select count(*)::integer from gone) as gone
