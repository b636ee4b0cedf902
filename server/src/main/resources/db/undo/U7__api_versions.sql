-- drops records: connection
alter table connection drop column api_version;
