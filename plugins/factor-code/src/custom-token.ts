import type { EnrolledFactor } from "@aws-okta-processor/contract";
import { code } from "./code.ts";
import { oneLine } from "./one-line.ts";

/** A token of any maker that counts its codes; Okta knows it by the name that an administrator gave it. */
export const factor = code({
  describe: (enrolled) => `${nameOf(enrolled) ?? "Token"} code`,
  question: (enrolled) => ({ message: `Code from ${nameOf(enrolled) ?? "your token"}`, secret: false }),
  advice: { used: "let the token make another", untimely: "let the token make another" },
});

/** Without a name of its own it is CUSTOM, as its provider is. */
function nameOf({ vendorName, provider }: EnrolledFactor): string | undefined {
  return vendorName === provider ? undefined : oneLine(vendorName);
}
