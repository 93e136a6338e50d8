import type { ClaimsProviderFactor, CodeFactor, Factor, Scenario, WebAuthnFactor } from "../scenario.ts";
import { duoScenarios } from "./duo.ts";
import { call, email, googleTotp, oktaTotp, push, question, sms, withFactors, yubikey } from "./parts.ts";
import { standard } from "./standard.ts";

const symantec: CodeFactor = {
  factorType: "token",
  provider: "SYMANTEC",
  profile: { credentialId: "VSMT00000001" },
  codes: ["314159", "265358"],
};
const hotp: CodeFactor = {
  factorType: "token:hotp",
  provider: "CUSTOM",
  vendorName: "Entrust",
  codes: ["271828", "182845", "904523"],
  late: ["000001"],
};
const rsa: CodeFactor = { factorType: "token", provider: "RSA", codes: ["1234271828", "1234182845"] };
const onPrem: CodeFactor = { factorType: "token", provider: "DEL_OATH", vendorName: "On-Prem MFA", codes: ["161803", "398874"] };

const duo: ClaimsProviderFactor = {
  ...{ factorType: "claims_provider", provider: "CUSTOM", vendorName: "Duo Universal Prompt" },
  duo: { devices: [{ name: "phone", number: "0199", push: ["pushed", "allow"] }], passcodes: ["246810"] },
};
/** Nobody has what belongs to this public key. */
const lostKey: WebAuthnFactor = {
  ...{ factorType: "webauthn", provider: "FIDO", credentialId: "bG9zdC1zZWN1cml0eS1rZXk", authenticatorName: "Security key" },
  publicKey:
    "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEyhkqLcKjcvPaH1YhVWTI5p79LctP\n" +
    "6KLlbkOY7evMlaLULsec60qTwrUx6zloBqnqIztZ2uKiLiBe/CU6qvc/2g==\n-----END PUBLIC KEY-----\n",
};

/** Scenarios of the factors: what is asked for, and how it ends. */
export const factorScenarios = {
  "no-mfa": played("Password alone."),
  "push-manual": played("A push that waits until someone approves it.", { ...push, script: "manual" }),
  "push-rejected": played("A push that is rejected on the second poll.", { ...push, script: ["WAITING", "REJECTED"] }),
  "push-timeout": played("A push that nobody answers.", { ...push, script: ["WAITING", "TIMEOUT"] }),
  "push-timeout-once": played("A push that nobody answers, and one that is approved.", {
    ...push,
    script: ["WAITING", "TIMEOUT", "WAITING", "SUCCESS"],
  }),
  "number-challenge": played("A push that asks for the number 30.", numbered(30)),
  "number-challenge-zero": played("A push that asks for the number 0.", numbered(0)),
  "two-devices": played(
    "Two phones with Okta Verify; the first rejects.",
    { ...push, script: ["WAITING", "REJECTED"], device: "old phone" },
    { ...push, device: "new phone" },
  ),
  "totp-only": played("A code from Okta Verify, and nothing else.", oktaTotp),
  "two-totp": played("Codes from either of two phones with Okta Verify.", oktaTotp, {
    ...oktaTotp,
    secret: "ONSWG4TFOQQGM33SONSWG4TFOQQGM33S",
  }),
  sms: played("A code by SMS.", sms),
  call: played("A code by telephone.", call),
  email: played("A code by email.", email),
  "two-phones": played("A code by SMS to either of two phones.", sms, { ...sms, to: "+44 XXXX XX0123" }),
  question: played("The answer to a question.", question),
  yubikey: played("A code that a YubiKey types.", yubikey),
  hotp: played("A code of a token that counts.", hotp),
  symantec: played("A code from Symantec VIP.", symantec),
  rsa: played("A PIN and a code from RSA SecurID.", rsa),
  "rsa-new-pin": played("RSA SecurID, which wants a new PIN twice.", {
    ...rsa,
    dialogue: [
      { text: "Enter a new PIN of 4 to 8 digits", answer: "4321" },
      { text: "Enter the new PIN again", answer: "4321" },
    ],
  }),
  "rsa-next-token": played("RSA SecurID, which wants the next code too.", {
    ...rsa,
    dialogue: [{ text: "Wait for the code to change, then enter the new one", answer: "1234182845" }],
  }),
  "on-prem": played("A code from On-Prem MFA.", onPrem),
  ...duoScenarios,
  "six-factors": played("Six factors to choose from; the push asks for a number.", numbered(42), googleTotp, sms, email, question, yubikey),
  "every-factor": played(
    "Every factor that there is, those that nobody can use among them; the security key is lost.",
    ...[push, oktaTotp, googleTotp, hotp, yubikey, symantec, rsa, onPrem, sms, call, email, question, lostKey, duo],
    ...[
      { factorType: "u2f", provider: "FIDO", profile: { credentialId: "old-key" } },
      { factorType: "web", provider: "DUO", profile: { credentialId: "jdoe" } },
      { factorType: "assertion:saml2", provider: "GENERIC_SAML", profile: { user: "jdoe" } },
      { factorType: "signed_nonce", provider: "OKTA" },
    ],
  ),
  "no-supported-factor": played(
    "Factors that cannot be used.",
    { factorType: "assertion:saml2", provider: "GENERIC_SAML" },
    { factorType: "u2f", provider: "FIDO" },
  ),
  "remember-device": { ...standard, title: "A device that proved itself skips the factor for an hour.", rememberDevice: { minutes: 60 } },
} satisfies Readonly<Record<string, Scenario>>;

function played(title: string, ...factors: readonly Factor[]): Scenario {
  return { ...standard, title, users: [withFactors(...factors)] };
}

function numbered(correctAnswer: number): Factor {
  return { ...push, script: ["WAITING", { correctAnswer }, { correctAnswer }, "SUCCESS"] };
}
