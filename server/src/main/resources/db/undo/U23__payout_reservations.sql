-- drops records: payout_reservation
drop index provider_movement_by_reference;
drop table payout_reservation;
