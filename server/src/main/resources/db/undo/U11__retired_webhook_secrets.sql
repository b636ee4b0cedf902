drop table retired_webhook_secret;
