-- Deletes all users with their passwords and roles, all API keys, the keys that sign tokens, and the audit log.
DROP TABLE audit_log;
DROP TABLE signing_keys;
DROP TABLE api_keys;
DROP TABLE logins;
DROP TABLE users;
