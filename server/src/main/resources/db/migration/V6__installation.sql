-- One row: what identifies this installation.
create table installation (
  only_row         boolean     primary key default true check (only_row),
  -- tells a wrong master key from the right one without telling the key
  master_key_check text        not null,
  created_at       timestamptz not null
);
