-- drops records: subscription, subscription_secret
drop table subscription_secret;
drop table subscription;
