import type { Page } from "./browser.ts";
import { type FactorName, factorNames, type Method, preferredFirst } from "./methods.ts";
import { labelOf, mostDevices, type Prompt, unknownPage } from "./prompt.ts";
import type { Form, Option } from "./read-forms.ts";

/**
 * Reads the prompt of the page that holds it as a form, `form#login-form`; undefined for any other page.
 *
 * @param token of the page before, for a form that has none
 */
export function readLoginForm({ url, forms }: Page, token: string): Prompt | undefined {
  const form = forms.find(({ id }) => id === "login-form");
  if (form === undefined) return undefined;
  const fields = Object.fromEntries(form.fields.filter((field) => isCommon(field)).map(({ name, value }) => [name, value]));
  const { sid = url.searchParams.get("sid") ?? "", _xsrf: xsrf = token, preferred_factor: factor, preferred_device: device } = fields;
  if (sid === "" || !URL.canParse(form.action, url.href)) throw unknownPage();
  const methods = devicesOf(form, device).flatMap((option) => methodsOf(form, option));
  return {
    sid,
    xsrf,
    url: new URL(form.action, url.href),
    fields: { ...fields, sid },
    methods: preferredFirst(withoutTwins(methods), factor, device),
  };
}

/** Fields of one device or one method are for whoever chooses it. */
function isCommon({ name, device }: Form["fields"][number]): boolean {
  return device === undefined && !["device", "factor", "passcode"].includes(name);
}

function devicesOf(form: Form, preferred: string | undefined): readonly Option[] {
  const options = form.selects.find(({ name }) => name === "device")?.options ?? [];
  if (options.length > 0) return options.slice(0, mostDevices);
  if (preferred === undefined || preferred === "") return [];
  return [{ value: preferred, label: "" }];
}

/** The page says for each device what it can do; where it does not, we guess by Duo's names. */
function methodsOf(form: Form, { value: device, label }: Option): readonly Method[] {
  const offered = form.fields.filter((field) => field.name === "factor" && field.device === device).map(({ value }) => value);
  const guessed = device.startsWith("token") ? ["Passcode"] : factorNames;
  const isGrouped = form.fields.some((field) => field.device !== undefined);
  const isOffered = (factor: FactorName) => (isGrouped ? offered : guessed).includes(factor);
  return factorNames.filter(isOffered).map((factor) => ({ factor, device, deviceKey: "", label: labelOf(label, device) }));
}

/** A passcode is one, whichever device it comes from; it stands last. */
function withoutTwins(methods: readonly Method[]): readonly Method[] {
  const passcode = methods.find(({ factor }) => factor === "Passcode");
  return [...methods.filter(({ factor }) => factor !== "Passcode"), ...(passcode === undefined ? [] : [passcode])];
}
