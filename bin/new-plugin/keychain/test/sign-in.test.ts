import assert from "node:assert/strict";
import { test } from "node:test";
import { scenarios } from "@aws-okta-processor/sandbox";
import { enter } from "./enter.ts";

test("what is kept under its key is answered again", async (t) => {
  const run = await enter(t, scenarios["no-mfa"]);
  const line = ["authenticate", "--silent", "--cache-encryption", "{{name}}", "--cache-fallback", "fail"];
  const role = ["--role", "arn:aws:iam::111122223333:role/Developer"];
  const first = await run(...line, ...role);
  assert.ok(first.includes('"SessionToken"'));
  assert.equal(await run(...line, ...role), first);
});
