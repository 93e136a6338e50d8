/** What is known of the sandbox's default scenario, and the shape of what it gives. */
export const ADMINISTRATOR = "arn:aws:iam::111122223333:role/Administrator";
export const DEVELOPER = "arn:aws:iam::111122223333:role/Developer";
export const READER = "arn:aws:iam::444455556666:role/ReadOnly";
/** Not in the assertion: DEVELOPER may assume it. */
export const DEPLOYER = "arn:aws:iam::444455556666:role/Deployer";

/** The bytes that credential_process reads, key order and spaces included. */
export const CREDENTIALS_JSON =
  /^\{"AccessKeyId": "ASIA[A-Z2-7]{16}", "SecretAccessKey": "[\w+/=]{40}", "SessionToken": "[\w+/=]{100,}", "Expiration": "\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", "Version": 1\}\n$/;
