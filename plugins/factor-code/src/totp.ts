import type { Factor } from "@aws-okta-processor/contract";
import { type Reading, readCode } from "./ask.ts";
import { code } from "./code.ts";

/** A code that an app shows and that changes every 30 seconds. */
export function totp(app: string): Factor {
  return code({
    describe: () => `${app} code`,
    question: () => ({ message: `Code from ${app}`, secret: false }),
    advice: {
      used: "wait for the next one",
      untimely: "wait for the next one, and look whether the clock of the phone is right",
    },
    read: (typed) => readDigits(typed, app),
  });
}

/**
 * Okta asks for six digits; the standard knows up to eight.
 *
 * @see https://www.rfc-editor.org/rfc/rfc4226#section-5.3
 */
function readDigits(typed: string, app: string): Reading {
  const reading = readCode(typed);
  return /^\d{6,8}$/.test(reading.passCode) ? reading : { problem: `that is no code from ${app}, which has six digits` };
}
