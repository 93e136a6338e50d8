import { totp } from "./totp.ts";

export const factor = totp("Okta Verify");
