import type { CodeFactor } from "@aws-okta-processor/sandbox";

/** Its codes are long enough to be found wherever they do not belong. */
export const yubikey: CodeFactor = {
  factorType: "token:hardware",
  provider: "YUBICO",
  profile: { credentialId: "000000012345" },
  codes: ["cccccccfhcbelrhifnjrrddcgrburluurftrgfdrdifj"],
};
