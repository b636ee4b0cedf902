-- drops records: connection, wallet
drop table wallet;
drop table connection;
