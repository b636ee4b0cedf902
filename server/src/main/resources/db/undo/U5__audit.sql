-- drops records: audit_entry
drop table audit_entry;
