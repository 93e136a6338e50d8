import type { Browser, Page } from "./browser.ts";
import { GiveUp } from "./give-up.ts";
import { type Json, list, record, text } from "./json.ts";
import type { Method } from "./methods.ts";
import { labelOf, mostDevices, type Prompt, unknownPage } from "./prompt.ts";

/** What this program says of itself where Duo's scripts describe the browser. */
const features = JSON.stringify({ touch_supported: false, platform_authenticator_status: "unavailable", webauthn_supported: false });

/** Reads the prompt of the page that a script draws, `/frame/v4/auth/prompt`, from where the script has it; undefined for any other page. */
export async function readPromptData({ url }: Page, xsrf: string, browser: Browser): Promise<Prompt | undefined> {
  if (url.pathname !== "/frame/v4/auth/prompt") return undefined;
  const sid = url.searchParams.get("sid");
  if (sid === null) throw unknownPage();
  const data = new URL("/frame/v4/auth/prompt/data", url);
  data.search = new URLSearchParams({ post_auth_action: "OIDC_EXIT", browser_features: features, sid }).toString();
  const answer = await browser.ask(data, xsrf);
  if (!answer.ok) throw new GiveUp(`Duo does not say how it can be answered: ${answer.words}`, "sign in to Okta in a browser");
  return {
    sid,
    xsrf,
    url: new URL("/frame/v4/prompt", url),
    fields: { sid, browser_features: features },
    methods: readMethods(answer.response),
  };
}

/** In Duo's order, which puts what was used last first. */
function readMethods({ auth_method_order: order, phones }: Json): readonly Method[] {
  const known = list(phones).slice(0, mostDevices).map(record);
  const methods = list(order)
    .map(record)
    .flatMap((method) => readMethod(method, known));
  const passcode = methods.findIndex(({ factor }) => factor === "Passcode");
  return methods.filter(({ factor }, index) => factor !== "Passcode" || index === passcode);
}

/** Duo lists each source of passcodes by a name of its own, and takes all of them as one. */
function readMethod({ factor, deviceKey }: Json, phones: readonly Json[]): readonly Method[] {
  const name = text(factor) ?? "";
  if (/passcode$|^bypass code$/i.test(name)) return [{ factor: "Passcode", device: "null", deviceKey: "", label: "" }];
  const phone = phones.find(({ key }) => text(key) !== undefined && key === deviceKey);
  const device = text(phone?.["index"]);
  if (device === undefined || (name !== "Duo Push" && name !== "Phone Call")) return [];
  return [{ factor: name, device, deviceKey: text(deviceKey) ?? "", label: labelOf(nameOf(phone ?? {}), device) }];
}

function nameOf({ name, end_of_number: end }: Json): string {
  return [text(name) ?? "", text(end) === undefined ? "" : `(…${text(end)})`].join(" ").trim();
}
