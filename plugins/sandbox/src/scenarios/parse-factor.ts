import { duoAccount } from "../duo/account.ts";
import type {
  ClaimsProviderFactor,
  CodeFactor,
  Factor,
  ListedFactor,
  PushFactor,
  PushStep,
  QuestionFactor,
  SentFactor,
  TotpFactor,
  WebAuthnFactor,
} from "../scenario.ts";
import { count, dictionary, list, matching, type Parser, record, text, textOr, word } from "./parsers.ts";

const base64url = matching(/^[\w-]+$/u, "base64url");
const publicKey = matching(/^-----BEGIN PUBLIC KEY-----\n/u, "a public key in PEM");
const secret = matching(/^[A-Z2-7]{16,}$/u, "base32, 16 characters or more");
const step: Parser<PushStep> = textOr(
  word("WAITING", "SUCCESS", "REJECTED", "TIMEOUT", "CANCELLED", "ERROR", "LOCKED_OUT"),
  record({ correctAnswer: count }),
);

const push: Parser<PushFactor> = record(
  { factorType: word("push"), provider: word("OKTA"), script: textOr(word("manual"), list(step, 1)) },
  { number: count, device: text },
);

const totp: Parser<TotpFactor> = record({ factorType: word("token:software:totp"), provider: word("OKTA", "GOOGLE"), secret });

const code: Parser<CodeFactor> = record(
  { factorType: word("token:hotp", "token:hardware", "token"), provider: text, codes: list(text) },
  { vendorName: text, profile: dictionary, late: list(text), dialogue: list(record({ text, answer: text })) },
);

const sent: Parser<SentFactor> = record({ factorType: word("sms", "call", "email"), provider: word("OKTA"), to: text }, { code: text });

const question: Parser<QuestionFactor> = record({
  factorType: word("question"),
  provider: word("OKTA"),
  question: text,
  questionText: text,
  answer: text,
});

const webAuthn: Parser<WebAuthnFactor> = record(
  { factorType: word("webauthn"), provider: word("FIDO"), credentialId: base64url, publicKey, authenticatorName: text },
  { userVerification: word("required", "preferred", "discouraged"), appid: text },
);

const claimsProvider: Parser<ClaimsProviderFactor> = record({
  factorType: word("claims_provider"),
  provider: word("CUSTOM"),
  vendorName: text,
  duo: duoAccount,
});

const listed: Parser<ListedFactor> = record({ factorType: text, provider: text }, { vendorName: text, profile: dictionary });

/** The kinds by the field that only they have. */
const KINDS: Readonly<Record<string, Parser<Factor>>> = {
  script: push,
  secret: totp,
  codes: code,
  to: sent,
  answer: question,
  credentialId: webAuthn,
  duo: claimsProvider,
};

/** A push and a TOTP are always played; any other factor that does not say how it is answered is listed. */
export const factor: Parser<Factor> = (value, path) => {
  const given = dictionary(value, path);
  if (given["factorType"] === "push") return push(value, path);
  if (given["factorType"] === "token:software:totp") return totp(value, path);
  const [, kind = listed] = Object.entries(KINDS).find(([field]) => given[field] !== undefined) ?? [];
  return kind(value, path);
};
