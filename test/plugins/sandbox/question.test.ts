import { expect, test } from "vitest";
import { scenarios } from "../../../plugins/sandbox/src/index.ts";
import { begin, logIn, open, outcome, post } from "./client.ts";

async function start() {
  const sandbox = await open(scenarios.question);
  const { stateToken, verify } = await begin(sandbox);
  return (fields: object) => post(sandbox, verify(), { stateToken, ...fields });
}

test("a question is told in the list", async () => {
  const { body } = await logIn(await open(scenarios.question));
  expect(body._embedded.factors[0]?.profile).toMatchObject({ question: "first_computer", questionText: "What was your first computer?" });
});

test("the right answer signs in, with or without a challenge first", async () => {
  expect(outcome(await (await start())({ answer: "abacus" }))).toEqual([200, "SUCCESS"]);
  const verify = await start();
  expect(outcome(await verify({}))).toEqual([200, "MFA_CHALLENGE"]);
  expect(outcome(await verify({ answer: "abacus" }))).toEqual([200, "SUCCESS"]);
});

test("a wrong answer is refused in words of its own, and a code is no answer", async () => {
  const verify = await start();
  const wrong = await verify({ answer: "Abacus" });
  expect([outcome(wrong), wrong.body.errorCauses]).toMatchObject([
    [403, "E0000068"],
    [{ errorSummary: "Your answer doesn't match our records. Please try again." }],
  ]);
  expect(outcome(await verify({ passCode: "abacus" }))).toEqual([200, "MFA_CHALLENGE"]);
});
