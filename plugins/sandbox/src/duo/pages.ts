import { escapeAttribute, escapeMarkup } from "../http/escape.ts";
import { type Numbered, numberDevices } from "./devices.ts";
import type { DuoSignIn } from "./duo.ts";

/** What a script fills in about the browser. */
const ABOUT_THE_BROWSER = ["java_version", "screen_resolution_width", "screen_resolution_height", "client_hints", "react_support"];

/** Posts itself where it came from, in a browser. */
export function pluginPage({ tx, xsrf }: DuoSignIn): string {
  const about = ABOUT_THE_BROWSER.map((name) => hidden(name, ""));
  return page(`<form method="post" id="plugin_form">
${[hidden("tx", tx), hidden("parent", "None"), hidden("_xsrf", xsrf), ...about].join("\n")}
<div id='test-container'></div>
</form>
<script>if (1 < 2 && "<form id='plugin_form'>") document.getElementById("plugin_form").submit();</script>`);
}

/** The names that the plugin form must be posted with. */
export const PLUGIN_FIELDS: readonly string[] = ["tx", "parent", "_xsrf", ...ABOUT_THE_BROWSER];

/** The fields of the prompt that belong to no device. */
export function promptFields({ sid, xsrf, account }: DuoSignIn): Readonly<Record<string, string>> {
  const [first] = numberDevices(account);
  return {
    ...{ sid, url: "/frame/prompt", enrollment_message: "", itype: "okta", _xsrf: xsrf, ukey: "DUSANDBOX", out_of_date: "False" },
    preferred_factor: first?.factors[0] ?? "",
    preferred_device: first?.index ?? "",
  };
}

export function promptPage(signIn: DuoSignIn): string {
  const devices = numberDevices(signIn.account);
  return page(`<!-- <form id="login-form" action="/frame/old"> -->
<form action="/frame/prompt" method="post" id="login-form" class="inline hidden">
${Object.entries(promptFields(signIn))
  .map(([name, value]) => hidden(name, value))
  .join("\n")}
<fieldset class="device-selector"><select name="device" aria-label="Device">
${devices.map(renderOption).join("\n")}
</select></fieldset>
<div id="methods">
${devices.map(renderMethods).join("\n")}
${hidden("has-token", "false")}
</div></form>
<form class="oidc-exit-form" action="/frame/prompt/oidc/exit" method="POST">${hidden("txid", "")}</form>`);
}

/** Empty: a script draws it. */
export function scriptPage({ xsrf }: DuoSignIn): string {
  return page(`<div id="root"></div>
<script id="base-data" type="application/json">${JSON.stringify({ xsrf_token: xsrf, language: "en" })}</script>`);
}

export function trustedDevicePage(): string {
  return page(
    `<form id="endpoint-health-form" method="post" action="/frame/check_endpoint_app_status">${hidden("eh_service_url", "")}</form>`,
  );
}

/** Duo's newest prompt, another protocol altogether. */
export function newestPage(): string {
  return page(`<div id="root" data-akey="DASANDBOX" data-authkey="AKSANDBOX"></div>`);
}

export function page(body: string): string {
  return `<!DOCTYPE html>
<!--[if IE 9]> <html lang="en" class="ie9"> <![endif]-->
<html lang="en"><head><meta charset="utf-8"><title>Two-Factor Authentication</title></head>
<body class="frame">
${body}
</body></html>
`;
}

function renderOption({ index, device: { name, number } }: Numbered): string {
  const label = number === undefined ? name : `${name} (XXX-XXX-${number})`;
  return `<option value="${index}">${escapeMarkup(label)}</option>`;
}

function renderMethods({ index, factors }: Numbered): string {
  const methods = factors.map((factor) => `<div class="row-label">${hidden("factor", factor)}${renderControls(factor)}</div>`);
  return `<fieldset data-device-index="${index}" class="hidden">
<h2>Choose an authentication method</h2>
${methods.join("\n")}
</fieldset>`;
}

function renderControls(factor: string): string {
  const button = `<button type="submit" class="auth-button"><!-- -->${escapeMarkup(factor)}</button>`;
  return factor === "Passcode" ? `<input type="text" name="passcode" autocomplete=off>${button}${hidden("next-passcode", "None")}` : button;
}

function hidden(name: string, value: string): string {
  return `<input type="hidden" name="${name}" value="${escapeAttribute(value)}" />`;
}
