import type { DuoAccount, Factor } from "@aws-okta-processor/sandbox";
import { describe, expect } from "vitest";
import { CONTROL_C, DOWN, ENTER, type Ended } from "../support/pty.ts";
import { CREDENTIALS_JSON, DEVELOPER } from "../support/sample.ts";
import { test } from "../support/sandbox-home.ts";
import { pushed, withFactors } from "../support/scenario.ts";

const COMMAND = `authenticate --factor claims_provider:custom --role ${DEVELOPER}`;
const PUSH = "waiting for you to approve the Duo push to iPhone (…0199)";
const CANCEL = "POST /api/v1/authn/cancel";

function duo(account: DuoAccount): Factor {
  return { factorType: "claims_provider", provider: "CUSTOM", vendorName: "Duo Universal Prompt", duo: account };
}

const iPhone = { name: "iPhone", number: "0199" };

/** Only the answer is on stdout, nothing on stderr, and the terminal is as it was. */
function expectCredentials(ended: Ended): void {
  expect(ended).toMatchObject({ stdout: expect.stringMatching(CREDENTIALS_JSON), stderr: "", exitCode: 0 });
  expect(ended.settings.after).toBe(ended.settings.before);
}

describe("a person at a terminal", () => {
  test.concurrent("signs in with a Duo push, and the next time from the cache", async ({ enter }) => {
    const { sit, run, sandbox } = await enter("duo-push");
    const { see, end } = await sit(COMMAND);
    await see(PUSH);
    expectCredentials(await end());
    const asked = sandbox.count();
    expect(await run(COMMAND)).toMatchObject({ stdout: expect.stringMatching(CREDENTIALS_JSON), exitCode: 0 });
    expect([sandbox.count() - asked, sandbox.count("POST /api/v1/sessions"), sandbox.count("POST /frame/v4/oidc/exit")]).toEqual([0, 0, 1]);
  });

  test.concurrent("signs in with a passcode after a wrong one", async ({ enter }) => {
    const { sit } = await enter("duo-passcode");
    const { see, type, end } = await sit(COMMAND);
    await see("Duo passcode");
    type(`111111${ENTER}`);
    await see("the passcode was wrong");
    await see("Duo passcode");
    type(`246 810${ENTER}`);
    expectCredentials(await end());
  });

  test.concurrent("signs in with a call", async ({ enter }) => {
    const { sit } = await enter("duo-phone");
    const { see, end } = await sit(COMMAND);
    await see("waiting for you to answer Duo's call to iPhone (…0199)");
    expectCredentials(await end());
  });

  test.concurrent("chooses among what Duo offers, and reads the code that the phone wants", async ({ enter }) => {
    const devices = [
      { ...iPhone, push: ["deny"] },
      { name: "iPad", push: ["pushed", { code: "407" }, "allow"] },
    ] as const;
    const { sit } = await enter(withFactors("default", duo({ devices, passcodes: ["246810"], prompt: "script" })));
    const { see, type, end } = await sit(COMMAND);
    await see("❯ Push to iPhone (…0199)\n  Push to iPad\n  Passcode\n  Choose another factor\n");
    type(`${DOWN}${ENTER}`);
    await see("Enter 407 in Duo Mobile on your phone");
    expectCredentials(await end());
  });

  test.concurrent("who denies the push is told so, and nothing is left open at Okta", async ({ enter }) => {
    const { sit, sandbox } = await enter("duo-denied");
    const { see, end } = await sit(COMMAND);
    await see(PUSH);
    expect(await end()).toMatchObject({ stdout: "", stderr: "aws-okta-processor: the Duo push was denied: User denied\n", exitCode: 3 });
    expect([sandbox.count(CANCEL), sandbox.count("POST /frame/v4/oidc/exit")]).toEqual([1, 0]);
  });
});

test.concurrent("Ctrl-C while the push waits cancels the sign-in at Okta", async ({ enter }) => {
  const { sit, sandbox } = await enter(withFactors("default", duo({ devices: [{ ...iPhone, push: ["pushed"] }] })));
  const { see, type, end } = await sit(COMMAND);
  await see(PUSH);
  type(CONTROL_C);
  expect(await end()).toMatchObject({ stdout: "", exitCode: 130 });
  expect(sandbox.count(CANCEL)).toBe(1);
});

test.concurrent("an account that Duo has locked ends it", async ({ enter }) => {
  const { sit } = await enter(withFactors("default", duo({ devices: [{ name: "Token" }], passcodes: ["246810"], lockAfter: 1 })));
  const { see, type, end } = await sit(COMMAND);
  await see("Duo passcode");
  type(`1${ENTER}`);
  const stderr = "aws-okta-processor: Duo has locked the account\nask an administrator of Duo\n";
  expect(await end()).toMatchObject({ stdout: "", stderr, exitCode: 3 });
});

test.concurrent("a push that nobody answers leaves the way to another factor", async ({ enter }) => {
  const { sit } = await enter(withFactors("default", duo({ devices: [{ ...iPhone, push: ["timeout"] }] }), pushed("SUCCESS")));
  const { see, type, end } = await sit(COMMAND);
  await see("Nobody answered the Duo push in time");
  await see("❯ Push to iPhone (…0199)\n  Choose another factor\n");
  type(`${DOWN}${ENTER}`);
  await see("Okta Verify push\n");
  type(`${DOWN}${ENTER}`);
  expectCredentials(await end());
});

test.concurrent("Duo is spoken to over https where the org is", async ({ enter }) => {
  const { run, sandbox } = await enter("duo-push", { tls: true });
  expect(await run(COMMAND)).toMatchObject({ stdout: expect.stringMatching(CREDENTIALS_JSON), exitCode: 0 });
  expect(sandbox.duoUrl).toMatch(/^https:/);
});

test.concurrent("without a terminal a push signs in, and a passcode comes from a command", async ({ enter }) => {
  const push = await enter("duo-push");
  expect(await push.run(COMMAND)).toMatchObject({ stdout: expect.stringMatching(CREDENTIALS_JSON), exitCode: 0 });
  const passcode = await enter("duo-passcode");
  expect(await passcode.run([...COMMAND.split(" "), "--factor-code-command", "echo 246810"])).toEqual({
    stdout: expect.stringMatching(CREDENTIALS_JSON),
    stderr: "waiting for Duo to check the passcode\nRole: arn:aws:iam::111122223333:role/Developer\n",
    exitCode: 0,
  });
});

test.concurrent.for([
  ["off-host", "login.duosecurity.com.evil.example", ""],
  ["exit-off-host", "callback.evil.example", `${PUSH}\n`],
] as const)("a redirect off Duo's hosts is refused, with the host's name: %s", async ([odd, name, before], { enter }) => {
  const { perform, sandbox } = await enter(withFactors("default", duo({ devices: [{ ...iPhone, push: ["allow"] }], odd })));
  expect(await perform(COMMAND)).toEqual({
    stdout: "",
    stderr:
      `${before}aws-okta-processor: the sign-in leads to ${name}, which is not Duo's; nothing was sent there\n` +
      "only Duo can be answered here: choose another factor, or ask an administrator whether this host belongs to your sign-in\n",
    exitCode: 3,
  });
  expect(sandbox.count(CANCEL)).toBe(1);
});

test.concurrent("an app that asks for more is answered by Duo too", async ({ enter }) => {
  const stepUp = withFactors("step-up", duo({ devices: [{ ...iPhone, push: ["allow"] }] }));
  const { perform, sandbox } = await enter(stepUp);
  expect(await perform(COMMAND)).toMatchObject({ stdout: expect.stringMatching(CREDENTIALS_JSON), exitCode: 0 });
  expect(sandbox.count("POST /frame/v4/oidc/exit")).toBe(1);
});

test.concurrent("the traditional prompt is listed with its end, and not offered", async ({ enter }) => {
  const { perform } = await enter(withFactors("default", { factorType: "web", provider: "DUO" }));
  const { stdout, stderr, exitCode } = await perform("authenticate");
  expect([stdout, exitCode]).toEqual(["", 3]);
  expect(stderr).toContain("Duo ended this prompt in 2024: ask your Okta administrator to set up Duo Universal Prompt");
});
