import type { SentCode } from "../okta/memory.ts";

/** Says each code that was sent once, in place of the phone or the mailbox. */
export function watchCodes(): (sent: SentCode | undefined) => string | undefined {
  let last: SentCode | undefined;
  return (sent) => {
    if (sent === undefined || sent === last) return undefined;
    last = sent;
    return `${sent.factorType} to ${sent.to}: code ${sent.code}`;
  };
}
