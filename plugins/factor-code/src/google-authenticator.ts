import { totp } from "./totp.ts";

export const factor = totp("Google Authenticator");
