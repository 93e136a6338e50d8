import assert from "node:assert/strict";
import { test } from "node:test";
import { scenarios } from "@aws-okta-processor/sandbox";
import { enter } from "./enter.ts";

test("get-roles prints the roles that Okta gives", async (t) => {
  const run = await enter(t, scenarios["no-mfa"]);
  const table = await run("get-roles", "--silent", "--output", "{{name}}");
  assert.deepEqual(table.split("\n").slice(0, 3), [
    "| Account | Role |",
    "|---|---|",
    "| acme-dev | arn:aws:iam::111122223333:role/Administrator |",
  ]);
});
