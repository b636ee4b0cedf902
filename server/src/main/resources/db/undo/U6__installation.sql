-- drops records: installation
drop table installation;
