import assert from "node:assert/strict";
import { test } from "node:test";
import { type Scenario, scenarios } from "@aws-okta-processor/sandbox";
import { enrolled } from "./enrolled.ts";
import { enter } from "./enter.ts";

/** jdoe has this factor and no other; each of its codes is good once. */
const { key, ...listed } = enrolled;
const token = { ...listed, codes: ["123456"] };
const scenario: Scenario = {
  ...scenarios["no-mfa"],
  title: "A code of the token, and nothing else.",
  users: scenarios["no-mfa"].users.map((user) => ({ ...user, factors: [token] })),
};

const LINE = ["authenticate", "--silent", "--factor", key, "--role", "arn:aws:iam::111122223333:role/Developer"];

test("the right code signs in", async (t) => {
  const run = await enter(t, scenario);
  const credentials: unknown = JSON.parse(await run(...LINE, "--factor-code-command", "echo 123456"));
  assert.ok(typeof credentials === "object" && credentials !== null && "SessionToken" in credentials);
});

test("a wrong code is told, and nobody is signed in", async (t) => {
  const run = await enter(t, scenario);
  await assert.rejects(run(...LINE, "--factor-code-command", "echo 654321"), /That was wrong, try again/);
});
