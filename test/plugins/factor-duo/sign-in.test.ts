import { describe, expect } from "vitest";
import { test } from "./visitor.ts";

const iPhone = { name: "iPhone", number: "1234" };
const waitingForPush = "progress: waiting for you to approve the Duo push to iPhone (…1234)";
const other = "Choose another factor";
const checking = "progress: waiting for Duo to check the passcode";
const passcode = { purpose: "code", message: "Duo passcode", secret: false };

describe.concurrent("each of Duo's pages", () => {
  test.for([
    ["form", { prompt: "form" }],
    ["script", { prompt: "script" }],
    ["form after a look at the computer", { prompt: "form", healthCheck: true }],
    ["script after a look at the computer", { prompt: "script", healthCheck: true }],
  ] as const)("a push that is approved signs in: %s", async ([, page], { visit }) => {
    const { respond, comeBack } = await visit({ devices: [{ ...iPhone, push: ["pushed", "allow"] }], ...page });
    const { answer, said, left } = await respond();
    expect([answer, said, left]).toEqual([
      { do: "return", url: expect.any(URL) },
      [waitingForPush, `${waitingForPush} (Pushed a login request to your device...)`],
      [],
    ]);
    expect(answer.do === "return" && (await comeBack(answer.url))).toEqual([200, "jdoe@example.com", true]);
  });

  test.for(["form", "script"] as const)("what may be chosen is asked: %s", async (prompt, { visit }) => {
    const devices = [
      { ...iPhone, push: ["deny"], call: ["deny"] },
      { name: "Nokia", number: "6310", call: ["calling", "answered", "allow"] },
    ] as const;
    const { respond } = await visit({ devices, passcodes: ["246810"], prompt });
    const { answer, said } = await respond("Phone call to Nokia (…6310)");
    expect(answer).toEqual({ do: "return", url: expect.any(URL) });
    const choices = ["Push to iPhone (…1234)", "Phone call to iPhone (…1234)", "Phone call to Nokia (…6310)", "Passcode", other];
    const waiting = "progress: waiting for you to answer Duo's call to Nokia (…6310)";
    expect(said).toEqual([{ purpose: "choice", message: "How to answer Duo", secret: false, choices }, waiting, waiting, waiting]);
  });

  test.for(["form", "script"] as const)("a passcode after a wrong one signs in: %s", async (prompt, { visit }) => {
    const { respond, comeBack } = await visit({ devices: [{ name: "Token" }], passcodes: ["246810"], prompt });
    const { answer, said } = await respond("111111", " 246 810 ");
    expect(said).toEqual([passcode, checking, "tell: the passcode was wrong", passcode, checking]);
    expect(answer.do === "return" && (await comeBack(answer.url))).toEqual([200, "jdoe@example.com", true]);
  });
});

describe.concurrent("what Duo says no to", () => {
  test.for([
    [["pushed", "deny"], { do: "give-up", reason: "the Duo push was denied: User denied" }],
    [["fraud"], { do: "give-up", reason: "the sign-in was reported to Duo as a fraud" }],
    [["locked_out"], { do: "give-up", reason: "Duo has locked the account", hint: "ask an administrator of Duo" }],
  ] as const)("a push that ends with %j", async ([push, answer], { visit }) => {
    const { respond } = await visit({ devices: [{ ...iPhone, push }] });
    expect((await respond()).answer).toEqual(answer);
  });

  test("three wrong passcodes", async ({ visit }) => {
    const { respond } = await visit({ devices: [{ name: "Token" }], passcodes: ["246810"] });
    const { answer, left } = await respond("1", "2", "3", "246810");
    expect([answer, left]).toEqual([{ do: "give-up", reason: "the passcode was wrong", hint: "run the command again" }, ["246810"]]);
  });

  test("a passcode that was used before", async ({ visit }) => {
    const { sandbox, respond } = await visit({ devices: [{ name: "Token" }], passcodes: ["246810"], lockAfter: 2 });
    expect((await respond("246810")).answer.do).toBe("return");
    expect((await respond("246810", "1")).answer).toEqual({
      do: "give-up",
      reason: "Duo has locked the account",
      hint: "ask an administrator of Duo",
    });
    expect(sandbox.count("POST /frame/v4/oidc/exit")).toBe(1);
  });

  test("Enter alone is no passcode, and leads to the choice", async ({ visit }) => {
    const { respond, sandbox } = await visit({ devices: [{ name: "Token" }], passcodes: ["246810"] });
    const choice = { purpose: "choice", message: "No passcode was given", secret: false, choices: ["Passcode", other] };
    const { answer, said } = await respond("", "Passcode", "\u00a0", other);
    expect([answer, said, sandbox.count("POST /frame/prompt")]).toEqual([{ do: "back" }, [passcode, choice, passcode, choice], 0]);
  });

  test("Enter alone is not borne without end", async ({ visit }) => {
    const { respond } = await visit({ devices: [{ name: "Token" }], passcodes: ["246810"] });
    expect((await respond("", "Passcode", "", "Passcode", "")).answer).toEqual({
      do: "give-up",
      reason: "no passcode was given",
      hint: "run the command again",
    });
  });

  test("a push that nobody answers leaves the other methods", async ({ visit }) => {
    const { respond } = await visit({ devices: [{ ...iPhone, push: ["timeout"] }], passcodes: ["246810"] });
    const { answer, said } = await respond("Push to iPhone (…1234)", "Passcode", "246810");
    const choice = { purpose: "choice", secret: false, choices: ["Push to iPhone (…1234)", "Passcode", other] };
    expect(said).toEqual([
      { ...choice, message: "How to answer Duo" },
      waitingForPush,
      { ...choice, message: "Nobody answered the Duo push in time" },
      passcode,
      checking,
    ]);
    expect(answer).toEqual({ do: "return", url: expect.any(URL) });
  });

  test("a push that nobody answers may be sent again, or left for another factor", async ({ visit }) => {
    const { respond, sandbox } = await visit({ devices: [{ ...iPhone, push: ["timeout"] }] });
    expect((await respond("Push to iPhone (…1234)", other)).answer).toEqual({ do: "back" });
    expect(sandbox.count("POST /frame/prompt")).toBe(2);
  });

  test("nobody whom Duo knows a way to ask", async ({ visit }) => {
    const { respond } = await visit({ devices: [] });
    expect((await respond()).answer).toEqual({
      do: "give-up",
      reason: "Duo offers neither a push nor a passcode nor a call",
      hint: "set one of them up in Duo, or sign in to Okta in a browser to use the others",
    });
  });
});

test.concurrent("the code of a verified push is told once for all polls", async ({ visit }) => {
  const { respond } = await visit({ devices: [{ ...iPhone, push: ["pushed", { code: "407" }, "allow"] }] });
  const { said } = await respond();
  expect(said).toEqual([
    waitingForPush,
    expect.stringContaining(waitingForPush),
    "tell: Enter 407 in Duo Mobile on your phone",
    waitingForPush,
  ]);
});

test.concurrent("a policy that asks nothing leads straight back", async ({ visit }) => {
  const { respond, comeBack, sandbox } = await visit({ devices: [], odd: "bypass" });
  const { answer, said } = await respond();
  expect([said, sandbox.count("duo")]).toEqual([[], 1]);
  expect(answer.do === "return" && (await comeBack(answer.url))).toEqual([200, "jdoe@example.com", true]);
});

test.concurrent.for([
  ["off-host", "the sign-in leads to login.duosecurity.com.evil.example, which is not Duo's; nothing was sent there"],
  ["exit-off-host", "the sign-in leads to callback.evil.example, which is not Duo's; nothing was sent there"],
  ["loop", "Duo shows its first pages again and again"],
  ["no-form", "Duo shows a page that is not known here"],
  ["trusted-device", "Duo wants to check this computer, which only a browser can let it do"],
  ["newest-prompt", "Duo shows a newer prompt than this program knows"],
  ["exit-page", "Duo approved, and then did not lead back to Okta"],
] as const)("a Duo that is odd ends it with words: %s", async ([odd, reason], { visit }) => {
  const { respond } = await visit({ devices: [{ ...iPhone, push: ["allow"] }], odd });
  expect((await respond()).answer).toEqual({ do: "give-up", reason, hint: expect.any(String) });
});

test.concurrent("cancelled while it waits, it lets go at once", async ({ visit }) => {
  const { respond, cancel, sandbox } = await visit({ devices: [{ ...iPhone, push: ["pushed"] }] });
  const waiting = respond();
  while (sandbox.count("POST /frame/v4/status") < 2) await new Promise((resolve) => setTimeout(resolve, 20));
  const cancelledAt = performance.now();
  cancel();
  await expect(waiting).rejects.toThrow();
  // Whoever slept on would wait for the next poll, a second after the last.
  expect(performance.now() - cancelledAt).toBeLessThan(900);
});
