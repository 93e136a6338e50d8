import { expect, test } from "vitest";
import { type LockedReply, scenarios } from "../../../plugins/sandbox/src/index.ts";
import { begin, logIn, open, outcome, playing, post } from "./client.ts";

const FORMS: readonly (readonly [LockedReply | undefined, readonly [number, string]])[] = [
  [undefined, [403, "E0000069"]],
  ["E0000069", [403, "E0000069"]],
  ["E0000119", [403, "E0000119"]],
  ["LOCKED_OUT", [200, "LOCKED_OUT"]],
];

test.each(FORMS)("the last wrong code is answered with %s", async (reply, expected) => {
  const sandbox = await open({ ...scenarios["totp-only"], lockout: { wrongCodes: 1, ...(reply === undefined ? {} : { reply }) } });
  const { stateToken, verify } = await begin(sandbox);
  const locked = await post(sandbox, verify(), { stateToken, passCode: "000000" });
  expect([outcome(locked), locked.body.stateToken]).toEqual([expected, undefined]);
  expect(outcome(await post(sandbox, verify(), { stateToken, passCode: "000000" }))).toEqual([401, "E0000011"]);
});

test("a locked account may be told by an error at the password", async () => {
  const sandbox = await open(playing({ locked: true }, { lockout: { shown: true, reply: "E0000119" } }));
  expect(outcome(await logIn(sandbox))).toEqual([403, "E0000119"]);
});

test("a push may find the account locked", async () => {
  const sandbox = await open(scenarios["locked-out-by-push"]);
  const { stateToken, verify } = await begin(sandbox);
  const poll = async () => outcome(await post(sandbox, verify(), { stateToken }));
  expect([await poll(), await poll(), await poll(), await poll()]).toEqual([
    [200, "WAITING"],
    [200, "WAITING"],
    [200, "LOCKED_OUT"],
    [401, "E0000011"],
  ]);
});

test.each([
  ["the choice", "/api/v1/authn/introspect"],
  ["a way back", "/api/v1/authn/previous"],
  ["the password", "/api/v1/authn/credentials/change_password"],
])("an account that is locked meanwhile is refused at %s", async (_, path) => {
  const sandbox = await open();
  const { stateToken } = await begin(sandbox);
  expect([sandbox.lockAccount("nobody"), sandbox.lockAccount()]).toEqual([false, true]);
  expect(outcome(await post(sandbox, path, { stateToken }))).toEqual([403, "E0000069"]);
});

test("an account that is locked meanwhile is refused at its factor", async () => {
  const sandbox = await open(scenarios.sms);
  const { stateToken, verify } = await begin(sandbox);
  await post(sandbox, verify(), { stateToken });
  sandbox.lockAccount("jdoe@example.com");
  expect(outcome(await post(sandbox, verify(), { stateToken, passCode: sandbox.lastCode() }))).toEqual([403, "E0000069"]);
});

test("a state that is LOCKED_OUT has no token", async () => {
  const { body } = await logIn(await open(playing({ state: { status: "LOCKED_OUT" } })));
  expect([body.status, body.stateToken]).toEqual(["LOCKED_OUT", undefined]);
});
