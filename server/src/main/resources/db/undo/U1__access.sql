-- drops records: api_key
drop table nonce;
drop table bootstrap_secret;
drop table api_key_secret;
drop table api_key;
