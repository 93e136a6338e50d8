import { passcode } from "./passcode.ts";

export const factor = passcode(() => "RSA SecurID");
