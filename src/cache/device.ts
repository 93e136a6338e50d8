import { cookieValue, type Json, record, text } from "../json.ts";
import { Secret } from "../secret.ts";
import { openPlain, readKeptJson } from "./read.ts";

/** What is kept of one person's sign-ins at one org beyond their session. */
export interface KeptDevice {
  /** Okta's cookie `DT`, by which it knows this device again. */
  readonly deviceToken: Secret | undefined;
  /** The factor that was chosen last. */
  readonly factor: KeptFactor | undefined;
}

export interface KeptFactor {
  readonly key: string;
  /** Okta's own, which tells two devices of one kind apart. */
  readonly id: string;
}

export function readDevice(file: string | undefined, open = openPlain): KeptDevice {
  const fields: Json | undefined = file === undefined ? undefined : readKeptJson(file, open);
  const token = cookieValue(fields?.["device_token"]);
  const key = text(record(fields?.["factor"])?.["key"]);
  return {
    deviceToken: token === undefined ? undefined : new Secret(token),
    factor: key === undefined ? undefined : { key, id: text(record(fields?.["factor"])?.["id"]) ?? "" },
  };
}

/** The file's text; the same for the same values. */
export function formatDevice({ deviceToken, factor }: KeptDevice): string {
  return JSON.stringify({
    device_token: deviceToken?.reveal(),
    factor: factor === undefined ? undefined : { key: factor.key, id: factor.id },
  });
}
