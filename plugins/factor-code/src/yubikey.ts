import type { Reading } from "./ask.ts";
import { code } from "./code.ts";
import { oneLine } from "./one-line.ts";

const touchAgain = "touch the key once more";

/** The key types its code like a keyboard, and Enter after it. */
export const factor = code({
  describe: ({ profile }) => {
    const serial = oneLine(profile["credentialId"]);
    return serial === undefined ? "YubiKey code" : `YubiKey code (${serial})`;
  },
  question: () => ({ message: "Touch the YubiKey", secret: false }),
  advice: { used: touchAgain, untimely: touchAgain },
  read: readOtp,
});

/**
 * Sixteen letters that are the same on most keyboards; with Caps Lock they come as capitals.
 *
 * @see https://developers.yubico.com/OTP/OTPs_Explained.html
 */
function readOtp(typed: string): Reading {
  const passCode = typed.trim().toLowerCase();
  if (/^[cbdefghijklnrtuv]{44}$/.test(passCode)) return { passCode };
  return { problem: `that is no code of a YubiKey, which is 44 letters: ${touchAgain}, and type nothing yourself` };
}
