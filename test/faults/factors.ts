import type { CodeFactor, Factor } from "@aws-okta-processor/sandbox";

/** Its codes are long enough to be found wherever they do not belong. */
export const yubikey: CodeFactor = {
  factorType: "token:hardware",
  provider: "YUBICO",
  profile: { credentialId: "000000012345" },
  codes: ["cccccccfhcbelrhifnjrrddcgrburluurftrgfdrdifj"],
};

/** After it Okta gives a session by its cookie. */
export const duo: Factor = {
  factorType: "claims_provider",
  provider: "CUSTOM",
  vendorName: "Duo Universal Prompt",
  duo: { devices: [{ name: "iPhone", number: "0199", push: ["allow"] }] },
};
