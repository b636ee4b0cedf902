DROP TABLE nonce;
DROP TABLE api_key_secret;
DROP TABLE api_key;
