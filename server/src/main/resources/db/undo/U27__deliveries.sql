-- drops records: delivery, delivery_attempt
drop table delivery_attempt;
drop table delivery;
