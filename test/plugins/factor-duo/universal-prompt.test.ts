import type { FactorState } from "@aws-okta-processor/contract";
import { factorChecks } from "@aws-okta-processor/contract/conformance";
import { describe, expect, test } from "vitest";
import { factor } from "../../../plugins/factor-duo/src/universal-prompt.ts";
import { runChecks, runPackageChecks } from "../run-checks.ts";
import { json, type Page, redirectTo, scripted } from "./duo-pages.ts";
import { enrolled } from "./visitor.ts";

const url = new URL("https://api-1.duosecurity.com/oauth/v1/authorize?client_id=DI1");
const prompt = `<form id="login-form" action="/frame/prompt"><input name="sid" value="s1"><input name="_xsrf" value="x">
  <select name="device"><option value="phone1">iPhone</option><option value="phone2">iPhone</option></select></form>`;
const oneWay = `<form id="login-form" action="/frame/prompt"><input name="sid" value="s1"><select name="device"><option value="phone1">iPhone</select>
  <fieldset data-device-index="phone1"><input name="factor" value="Duo Push"></fieldset></form>`;
const back = "https://acme.okta.com/oauth2/v1/authorize/callback?code=c";
const waiting = "progress: waiting for you to approve the Duo push to iPhone";

/** A Duo without memory: each address always answers the same. */
const replies: Readonly<Record<string, () => Response>> = {
  "/oauth/v1/authorize": () => new Response(prompt),
  "/frame/prompt": () => Response.json({ stat: "OK", response: { txid: "t1" } }),
  "/frame/v4/status": () => Response.json({ stat: "OK", response: { status_code: "allow", result: "SUCCESS" } }),
  "/frame/v4/oidc/exit": () => new Response(null, { status: 302, headers: { location: back } }),
};

runPackageChecks("factor-duo");
runChecks(
  "universal prompt",
  factorChecks(factor, {
    enrolled,
    fetch: async ({ pathname }) => replies[pathname]?.() ?? new Response(null, { status: 404 }),
    states: [{ kind: "elsewhere", url }],
  }),
);

/** What the factor answers to a Duo that answers with these, in their order, to a person with those. */
async function respond(pages: readonly (Page | Error)[], ...answers: readonly string[]) {
  const { host, sent, said } = scripted([{ body: prompt }, ...pages], answers);
  const answer = await factor.respond({ kind: "elsewhere", url }, host, enrolled);
  return { answer, said, sent: sent.slice(1).map(({ line }) => line) };
}

const started = json({ stat: "OK", response: { txid: "t1" } });
const allowed = json({ stat: "OK", response: { status_code: "allow", result: "SUCCESS" } });
const push = "Push to iPhone (phone1)";

describe("before Duo", () => {
  const answerTo = async (state: FactorState) => factor.respond(state, scripted([]).host, enrolled);
  const challenged = { kind: "challenged", challenge: undefined, factors: [], canResend: false } as const;

  test("the first request is sent, and Okta's link followed", async () => {
    expect(await answerTo({ kind: "required" })).toEqual({ do: "begin" });
    for (const result of [undefined, "CHALLENGE", "WAITING"]) expect(await answerTo({ ...challenged, result })).toEqual({ do: "redirect" });
  });

  test.each([
    ["REJECTED", "Okta did not take what Duo said: REJECTED"],
    ["\u001b[2J", "Okta did not take what Duo said: [2J"],
    ["", "Okta did not take what Duo said"],
  ])("another result ends it: %j", async (result, reason) => {
    expect(await answerTo({ ...challenged, result })).toEqual({ do: "give-up", reason });
    expect(await answerTo({ kind: "refused", code: result, message: "", attemptsLeft: 2 })).toEqual({ do: "give-up", reason });
  });

  test("an identity provider that is not Duo's is not asked", async () => {
    const { host, sent } = scripted([]);
    const elsewhere = new URL("https://idp.example.com/authorize");
    expect([await factor.respond({ kind: "elsewhere", url: elsewhere }, host, enrolled), sent]).toEqual([
      {
        do: "give-up",
        reason: "the sign-in leads to idp.example.com, which is not Duo's; nothing was sent there",
        hint: "only Duo can be answered here: choose another factor, or ask an administrator whether this host belongs to your sign-in",
      },
      [],
    ]);
  });
});

test("each step says what Duo wants to hear, and the org is not asked", async () => {
  const { answer, said, sent } = await respond([started, allowed, redirectTo("/frame/bye"), redirectTo(back)], push);
  const at = "https://api-1.duosecurity.com";
  expect(sent).toEqual([
    `POST ${at}/frame/prompt sid=s1&_xsrf=x&factor=Duo+Push&device=phone1&postAuthDestination=OIDC_EXIT`,
    `POST ${at}/frame/v4/status txid=t1&sid=s1`,
    `POST ${at}/frame/v4/oidc/exit txid=t1&sid=s1&factor=Duo+Push&_xsrf=x&device_key=&dampen_choice=false`,
    `GET ${at}/frame/bye`,
  ]);
  expect([answer, said]).toEqual([{ do: "return", url: new URL(back) }, ["ask: How to answer Duo", waiting]]);
});

test("phones of one name are told apart, and another factor may be wanted", async () => {
  const { host } = scripted([{ body: prompt }]);
  const asked: unknown[] = [];
  const ask = async (question: unknown) => {
    asked.push(question);
    return "Choose another factor";
  };
  expect(await factor.respond({ kind: "elsewhere", url }, { ...host, ask }, enrolled)).toEqual({ do: "back" });
  const choices = [
    "Push to iPhone (phone1)",
    "Phone call to iPhone (phone1)",
    "Push to iPhone (phone2)",
    "Phone call to iPhone (phone2)",
    "Passcode",
    "Choose another factor",
  ];
  expect(asked).toEqual([{ purpose: "choice", message: "How to answer Duo", secret: false, choices }]);
});

test("where nobody can be asked again, the news is what went wrong", async () => {
  const { host } = scripted([{ body: oneWay }, started, json({ stat: "OK", response: { status_code: "timeout", result: "FAILURE" } })]);
  const ask = () => Promise.reject(Object.assign(new Error("there is no terminal"), { code: "NO_TERMINAL" }));
  expect(await factor.respond({ kind: "elsewhere", url }, { ...host, ask }, enrolled)).toEqual({
    do: "give-up",
    reason: "nobody answered the Duo push in time",
    hint: "run the command again",
  });
});

describe("a method that Duo refuses", () => {
  test("leaves the others, three times at most", async () => {
    const refused = json({ stat: "FAIL", message: "Unable to send push" });
    const { answer, said } = await respond([refused, refused, refused], push, push, push);
    expect(answer).toEqual({ do: "give-up", reason: "Duo refused: Unable to send push", hint: "run the command again" });
    const asked = "ask: Duo refused: Unable to send push";
    expect(said).toEqual(["ask: How to answer Duo", asked, asked]);
  });

  test.each([
    [json({ stat: "FAIL", message: "gone" }), { do: "give-up", reason: "Duo refused: gone" }],
    [json({ stat: "OK", response: { result: "FAILURE" } }), { do: "give-up", reason: "the Duo push was denied" }],
    [
      json({ stat: "OK", response: { status_code: "allow", result: "FAILURE", reason: "Policy\n" } }),
      { do: "give-up", reason: "the Duo push was denied: Policy" },
    ],
  ])("later ends it: %j", async (status, answer) => {
    expect((await respond([started, status], push)).answer).toEqual(answer);
  });

  test("without a transaction ends it", async () => {
    expect((await respond([json({ stat: "OK", response: {} })], push)).answer).toEqual({
      do: "give-up",
      reason: "Duo started nothing",
      hint: "sign in to Okta in a browser",
    });
  });
});

describe.concurrent("a poll", () => {
  const lost = new Error("the network is down");

  test("that is lost is sent again", async () => {
    const { answer, sent } = await respond([started, lost, lost, allowed, redirectTo(back)], push);
    expect([answer.do, sent.length]).toEqual(["return", 5]);
  });

  test("that finds Duo overloaded is sent again, three times at most", async () => {
    const busy: Page = { status: 429, body: "slow down" };
    expect((await respond([started, busy, { status: 503 }, allowed, redirectTo(back)], push)).answer.do).toBe("return");
    expect((await respond([started, busy, busy, busy], push)).answer).toEqual({
      do: "give-up",
      reason: "Duo answered at api-1.duosecurity.com with status 429",
      hint: "try again later",
    });
  });

  test("that Duo refuses is not sent again", async () => {
    expect((await respond([started, { status: 403 }], push)).answer).toMatchObject({
      do: "give-up",
      reason: "Duo answered at api-1.duosecurity.com with status 403",
    });
  });

  test("that is lost three times ends it with what the host said", async () => {
    await expect(respond([started, lost, lost, lost], push)).rejects.toBe(lost);
  });

  test.each([
    [{ step_up_code: "123456" }, ["tell: Enter 123456 in Duo Mobile on your phone"]],
    [{ step_up_code: 7 }, ["tell: Enter 7 in Duo Mobile on your phone"]],
    [{ risk_based_factor_selection_data: { step_up_code: "0042" } }, ["tell: Enter 0042 in Duo Mobile on your phone"]],
    [{ step_up_code: "press \u001b here" }, []],
    [{ step_up_code: null, risk_based_factor_selection_data: null }, []],
  ])("tells the code that it holds: %j", async (part, told) => {
    const pushed = json({ stat: "OK", response: { status_code: "pushed", ...part } });
    const { said } = await respond([started, pushed, allowed, redirectTo(back)], push);
    expect(said).toEqual(["ask: How to answer Duo", waiting, ...told, waiting]);
  });

  test("with a status that nobody knows goes on, in Duo's own words", async () => {
    const odd = json({ stat: "OK", response: { status_code: "pondering", status: `Hmm\n\u001b[2J${"m".repeat(100)}` } });
    const { answer, said } = await respond([started, odd, allowed, redirectTo(back)], push);
    expect([answer.do, said]).toEqual(["return", ["ask: How to answer Duo", waiting, `${waiting} (Hmm [2J${"m".repeat(73)}…)`]]);
  });
});

describe("its line in the menu", () => {
  test.each([
    ["Duo Universal Prompt", "Duo Universal Prompt"],
    ["Acme \u001b[2J\nLogin", "Acme [2J Login"],
    ["CUSTOM", "Duo Universal Prompt"],
    [" ", "Duo Universal Prompt"],
    [undefined, "Duo Universal Prompt"],
  ])("of the vendor %j is %j", (vendorName, line) => {
    expect(factor.describe({ ...enrolled, vendorName })).toBe(line);
  });
});
