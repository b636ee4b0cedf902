drop table nonce;
drop table api_key_secret;
drop table api_key;
