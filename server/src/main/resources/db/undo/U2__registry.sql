drop table wallet;
drop table connection;
