import assert from "node:assert/strict";
import { test } from "node:test";
import { scenarios } from "@aws-okta-processor/sandbox";
import { enter } from "./enter.ts";

const SHELL = ["--silent", "--target-shell", "{{name}}"];

test("authenticate prints lines that set the variables", async (t) => {
  const run = await enter(t, scenarios["no-mfa"]);
  const lines = await run("authenticate", "--environment", ...SHELL, "--role", "arn:aws:iam::111122223333:role/Developer");
  assert.match(lines, /^AWS_ACCESS_KEY_ID='ASIA[A-Z0-9]+'$/m);
  assert.match(lines, /^AWS_SESSION_TOKEN='[A-Za-z0-9+/=]+'$/m);
});

test("authenticate --unset prints lines that remove them", async (t) => {
  const run = await enter(t, scenarios["no-mfa"]);
  assert.match(await run("authenticate", "--unset", ...SHELL), /^AWS_SESSION_TOKEN=\(\)$/m);
});
