import { sentCode } from "./sent-code.ts";

/** @see https://developer.okta.com/docs/reference/error-codes/#E0000133 */
export const factor = sentCode({
  name: "Phone call",
  address: "phoneNumber",
  asked: "Code from the call",
  again: "Call again",
  everySeconds: 30,
});
