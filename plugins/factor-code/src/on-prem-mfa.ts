import { oneLine } from "./one-line.ts";
import { passcode } from "./passcode.ts";

/** A server of the organization's own, under the name that an administrator gave it. */
export const factor = passcode(({ vendorName, provider }) => (vendorName === provider ? undefined : oneLine(vendorName)) ?? "On-Prem MFA");
