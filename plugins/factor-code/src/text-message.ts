import { sentCode } from "./sent-code.ts";

/** @see https://developer.okta.com/docs/reference/error-codes/#E0000109 */
export const factor = sentCode({
  name: "Text message",
  address: "phoneNumber",
  asked: "Code sent",
  again: "Send another text message",
  everySeconds: 30,
});
