-- drops records: provider_movement
drop table unexplained_change;
drop table movement_hole;
drop table movement_import;
drop table provider_movement;
