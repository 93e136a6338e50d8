import { code } from "./code.ts";
import { oneLine } from "./one-line.ts";

export const factor = code({
  describe: ({ profile }) => {
    const credential = oneLine(profile["credentialId"]);
    return credential === undefined ? "Symantec VIP code" : `Symantec VIP code (${credential})`;
  },
  question: () => ({ message: "Code from Symantec VIP", secret: false }),
  advice: { used: "wait for the next one", untimely: "wait for the next one" },
});
