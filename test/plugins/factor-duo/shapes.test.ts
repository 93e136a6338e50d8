import { describe, expect, test } from "vitest";
import { createBrowser } from "../../../plugins/factor-duo/src/browser.ts";
import { openPrompt } from "../../../plugins/factor-duo/src/open-prompt.ts";
import { json, type Page, redirectTo, scripted } from "./duo-pages.ts";

// What Duo's pages have been seen to be like, and what they might leave out.

const authorize = new URL("https://api-1.duosecurity.com/oauth/v1/authorize?client_id=DI1");
const plugin: Page = { body: '<form id="plugin_form" method="post"><input name="tx" value="t"><input name="_xsrf" value="x1"></form>' };
const toPrompt = redirectTo("/frame/prompt?sid=s1");
const toScript = redirectTo("/frame/v4/auth/prompt?sid=s1");

async function open(...pages: readonly Page[]): Promise<readonly [unknown, readonly string[]]> {
  const { host, sent } = scripted(pages);
  const opened = await openPrompt(createBrowser(host), authorize).catch(String);
  return [opened, sent.map(({ line }) => line.replace("https://api-1.duosecurity.com", ""))];
}

/** The methods that a form offers: `Duo Push phone1 iPhone`. */
async function methodsOf(form: string): Promise<unknown> {
  return listMethods(await open(plugin, toPrompt, { body: `<form id="login-form" action="/frame/prompt">${form}</form>` }));
}

async function methodsIn(response: unknown): Promise<unknown> {
  return listMethods(await open(plugin, toScript, { body: "" }, json({ stat: "OK", response })));
}

function listMethods([opened]: readonly [unknown, unknown]): unknown {
  const { prompt } = opened as { readonly prompt?: { readonly methods: readonly Readonly<Record<string, string>>[] } };
  return prompt?.methods.map(({ factor, device, label }) => `${factor} ${device} ${label}`) ?? opened;
}

test("the form carries on what the page gave it, and nothing of other devices", async () => {
  const body = `<form id="login-form" action="/frame/prompt"><input name="sid" value="s1"><input name="_xsrf" value="x2">
    <input name="ukey" value="u"><select name="device"><option value="phone1">iPhone</select>
    <fieldset data-device-index="phone1"><input name="factor" value="Duo Push"><input name="next-passcode" value="1"></fieldset>
    <input name="passcode" value="stray"><input name="factor" value="stray"></form>`;
  const [opened, sent] = await open(plugin, toPrompt, { body });
  expect(opened).toEqual({
    at: "prompt",
    prompt: {
      sid: "s1",
      xsrf: "x2",
      url: new URL("https://api-1.duosecurity.com/frame/prompt"),
      fields: { sid: "s1", _xsrf: "x2", ukey: "u" },
      methods: [{ factor: "Duo Push", device: "phone1", deviceKey: "", label: "iPhone" }],
    },
  });
  expect(sent).toEqual([
    "GET /oauth/v1/authorize?client_id=DI1",
    "POST /oauth/v1/authorize?client_id=DI1 tx=t&_xsrf=x1",
    "GET /frame/prompt?sid=s1",
  ]);
});

test("a form without a token and a session has those of the way there", async () => {
  const [opened] = await open(plugin, toPrompt, { body: '<form id="login-form"><input name="preferred_device" value="phone2"></form>' });
  expect(opened).toMatchObject({
    prompt: { sid: "s1", xsrf: "x1", fields: { sid: "s1" }, url: new URL("https://api-1.duosecurity.com/frame/prompt?sid=s1") },
  });
});

describe("a form's methods", () => {
  const devices =
    '<select name="device"><option value="phone1">A &#40;XXX-XXX-1234&#41;<option value="phone2">B<option value="token">Token</select>';

  test("are guessed where the page does not tell them", async () => {
    expect(await methodsOf(devices)).toEqual([
      "Duo Push phone1 A (…1234)",
      "Phone Call phone1 A (…1234)",
      "Duo Push phone2 B",
      "Phone Call phone2 B",
      "Passcode phone1 A (…1234)",
    ]);
  });

  test("are those that the page tells", async () => {
    const groups = `<fieldset data-device-index="phone2"><input name="factor" value="Phone Call"><input name="factor" value="Smoke Signal"></fieldset>
      <fieldset data-device-index="token"><input name="factor" value="Passcode"></fieldset>`;
    expect(await methodsOf(devices + groups)).toEqual(["Phone Call phone2 B", "Passcode token Token"]);
  });

  test.each([
    ["Phone Call", "phone2", "Phone Call phone2 B"],
    ["Passcode", "token", "Passcode phone1 A (…1234)"],
    ["Passcode", "", "Passcode phone1 A (…1234)"],
    ["Duo Push", "phone9", "Duo Push phone1 A (…1234)"],
    ["U2F Token", "u2f", "Duo Push phone1 A (…1234)"],
  ])("begin with the preferred one: %s of %s", async (factor, device, first) => {
    const preferred = `<input name="preferred_factor" value="${factor}"><input name="preferred_device" value="${device}">`;
    expect(await methodsOf(preferred + devices)).toHaveProperty("0", first);
  });

  test("are of the preferred device where there is no list", async () => {
    expect(await methodsOf('<input name="preferred_device" value="phone3">')).toEqual([
      "Duo Push phone3 phone3",
      "Phone Call phone3 phone3",
      "Passcode phone3 phone3",
    ]);
  });

  test.each(["", '<input name="preferred_device" value="">', '<select name="device"></select>'])("may be none: %j", async (form) => {
    expect(await methodsOf(form)).toEqual([]);
  });

  test("of a thousand devices are not all offered", async () => {
    const options = Array.from({ length: 1000 }, (_, index) => `<option value="phone${index}">P</option>`);
    expect(await methodsOf(`<select name="device">${options.join("")}</select>`)).toHaveLength(41);
  });

  test("have names of one short line", async () => {
    const hostile = `\u001b[2J\n\u009b\u202e${"x".repeat(200)}&#x7;`;
    expect(await methodsOf(`<select name="device"><option value="token">${hostile}</select>`)).toEqual([
      `Passcode token [2J ${"x".repeat(76)}…`,
    ]);
  });
});

describe("a script's methods", () => {
  const phones = [
    { key: "K1", index: "phone1", name: "iPhone", end_of_number: "1234" },
    { key: "K2", index: "phone2", name: "", end_of_number: "" },
  ];

  test("are in Duo's order, a passcode of whatever source once", async () => {
    const order = [
      { factor: "Phone Call", deviceKey: "K2" },
      { factor: "Bypass Code", deviceKey: "" },
      { factor: "Duo Push", deviceKey: "K1" },
      { factor: "SMS Passcode", deviceKey: "K1" },
      { factor: "Security Key", deviceKey: "W1" },
      { factor: "Duo Push", deviceKey: "K3" },
    ];
    expect(await methodsIn({ phones, auth_method_order: order })).toEqual([
      "Phone Call phone2 phone2",
      "Passcode null ",
      "Duo Push phone1 iPhone (…1234)",
    ]);
  });

  test.each([
    {},
    { phones: null, auth_method_order: null },
    { phones: "phone1", auth_method_order: {} },
    { phones: [null, 1, "a", []], auth_method_order: [null, 1, "a", []] },
    { phones: [{}], auth_method_order: [{ factor: "Duo Push" }] },
    { phones: [{ key: 1, index: 2 }], auth_method_order: [{ factor: "Duo Push", deviceKey: 1 }] },
  ])("are none in %j", async (response) => {
    expect(await methodsIn(response)).toEqual([]);
  });

  test("of a thousand devices are not all offered", async () => {
    const many = Array.from({ length: 1000 }, (_, index) => ({ key: `K${index}`, index: `phone${index}`, name: "P" }));
    const order = many.map(({ key }) => ({ factor: "Duo Push", deviceKey: key }));
    expect(await methodsIn({ phones: many, auth_method_order: order })).toHaveLength(20);
  });

  test("are asked with the token of the page, in the browser's own words", async () => {
    const { host, sent } = scripted([plugin, toScript, {}, json({ stat: "OK" })]);
    const opened = await openPrompt(createBrowser(host), authorize);
    const { searchParams } = new URL(sent[3]?.line.slice(4) ?? "");
    const features = '{"touch_supported":false,"platform_authenticator_status":"unavailable","webauthn_supported":false}';
    expect([sent[3]?.headers["x-xsrftoken"], Object.fromEntries(searchParams)]).toEqual([
      "x1",
      { post_auth_action: "OIDC_EXIT", browser_features: features, sid: "s1" },
    ]);
    expect(opened).toMatchObject({
      prompt: { url: new URL("https://api-1.duosecurity.com/frame/v4/prompt"), fields: { sid: "s1", browser_features: features } },
    });
  });

  test("are not told: that is said", async () => {
    const [reason] = await open(plugin, toScript, {}, json({ stat: "FAIL", message_enum: 57 }));
    expect(reason).toBe("Error: Duo does not say how it can be answered: message 57");
  });
});

test("a look at the computer is taken with what the browser is, and then the form is posted anew", async () => {
  const again: Page = { body: '<form id="plugin_form"><input name="_xsrf" value="x9"></form>' };
  const [, sent] = await open(
    ...[plugin, redirectTo("/frame/v4/preauth/healthcheck?sid=s1"), {}, json({ stat: "OK" })],
    ...[redirectTo("/frame/frameless/v4/auth?sid=s1&tx=t"), again, toPrompt, { body: '<form id="login-form"></form>' }],
  );
  expect(sent.slice(2)).toEqual([
    "GET /frame/v4/preauth/healthcheck?sid=s1",
    "GET /frame/v4/preauth/healthcheck/data?sid=s1",
    "GET /frame/v4/return?sid=s1",
    "GET /frame/frameless/v4/auth?sid=s1&tx=t",
    "POST /frame/frameless/v4/auth?sid=s1&tx=t _xsrf=x9",
    "GET /frame/prompt?sid=s1",
  ]);
});

test.each([
  ["another page", { body: "<h1>Enroll</h1><form id=enroll></form>" }, "Error: Duo shows a page that is not known here"],
  [
    "a form that leads nowhere",
    { body: '<form id="plugin_form" action="https://["></form>' },
    "Error: Duo shows a page that is not known here",
  ],
  ["a prompt without a session", { body: '<form id="login-form"></form>' }, "Error: Duo shows a page that is not known here"],
  [
    "a certificate that is asked for",
    { body: '<form id="client_cert_form"></form>' },
    "Error: Duo wants to check this computer, which only a browser can let it do",
  ],
  ["nothing", { body: "" }, "Error: Duo shows a page that is not known here"],
])("%s ends it with words", async (_, page, reason) => {
  expect((await open(page))[0]).toBe(reason);
});

test("a form for another host is not posted", async () => {
  const evil = '<form id="plugin_form" action="https://evil.example/"><input name="_xsrf" value="x"></form>';
  expect(await open({ body: evil })).toEqual([
    "Error: the sign-in leads to evil.example, which is not Duo's; nothing was sent there",
    ["GET /oauth/v1/authorize?client_id=DI1"],
  ]);
});
