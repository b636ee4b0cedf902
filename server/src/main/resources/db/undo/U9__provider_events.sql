-- drops records: provider_event
drop table event_lane;
drop table provider_event;
