import { expect, test } from "vitest";
import { keysIn } from "../../src/aws/own-keys.ts";

test.for([
  ['credential_process = aws-okta-processor authenticate --key "a b"', ["a b"]],
  ["  credential_process=/usr/bin/aws-okta-processor authenticate -k one --silent", ["one"]],
  ["credential_process = aws-okta-processor authenticate --key='x-y'", ["x-y"]],
  [
    "credential_process = aws-okta-processor authenticate --key two\r\n[profile b]\ncredential_process = aws-okta-processor -k three",
    ["two", "three"],
  ],
  ["credential_process = aws-okta-processor authenticate --silent", []],
  ["credential_process = other --key four", []],
  ["# credential_process = aws-okta-processor --key five", []],
] as const)("of %j the keys are %j", ([text, keys]) => {
  expect(keysIn(text)).toEqual(keys);
});
