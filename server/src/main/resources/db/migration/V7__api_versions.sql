-- Some providers have several APIs side by side; a connection speaks one of them.
alter table connection add column api_version text;
