import { sentCode } from "./sent-code.ts";

/** @see https://developer.okta.com/docs/reference/error-codes/#E0000118 */
export const factor = sentCode({
  name: "Email",
  address: "email",
  asked: "Code sent",
  again: "Send another email",
  everySeconds: 5,
});
