/** @see https://github.com/Yubico/libfido2/blob/main/src/err.c for those that start with FIDO_ERR_ */
export type FidoError = `FIDO_ERR_${string}` | "NOT_INSTALLED" | "NO_DEVICE" | "NOT_OPENED" | "NOT_READABLE" | "UNKNOWN";

export type Outcome<T> = { readonly value: T } | { readonly error: FidoError };

export interface Problem {
  readonly problem: string;
  readonly hint?: string;
  /** Trying again is no use. */
  readonly final?: true;
}

const untouched: Problem = { problem: "the security key was not touched in time" };
const unknownKey: Problem = { problem: "this security key is not the one that is enrolled" };
const unverified: Problem = { problem: "the security key did not recognize you" };
const wrongPin: Problem = { problem: "the PIN of the security key was wrong" };

const problems: ReadonlyMap<FidoError, Problem> = new Map<FidoError, Problem>([
  [
    "NOT_INSTALLED",
    {
      problem: "a security key needs the programs fido2-token and fido2-assert, which are not installed",
      hint: "install fido2-tools (Debian, Ubuntu, Fedora), libfido2-utils (openSUSE) or libfido2 (Arch, FreeBSD, Homebrew)",
      final: true,
    },
  ],
  ["NO_DEVICE", { problem: "no security key is plugged in, or it may not be used" }],
  ["NOT_OPENED", { problem: "the security key cannot be opened: it was pulled out, or it may not be used" }],
  ["NOT_READABLE", { problem: "fido2-assert did not give a signature that can be read", final: true }],
  ["UNKNOWN", { problem: "the security key did not sign" }],
  ["FIDO_ERR_NO_CREDENTIALS", unknownKey],
  ["FIDO_ERR_CREDENTIAL_EXCLUDED", unknownKey],
  ["FIDO_ERR_INVALID_CREDENTIAL", unknownKey],
  ["FIDO_ERR_USER_ACTION_TIMEOUT", untouched],
  ["FIDO_ERR_ACTION_TIMEOUT", untouched],
  ["FIDO_ERR_TIMEOUT", untouched],
  ["FIDO_ERR_OPERATION_DENIED", untouched],
  ["FIDO_ERR_KEEPALIVE_CANCEL", untouched],
  ["FIDO_ERR_PIN_INVALID", wrongPin],
  ["FIDO_ERR_PIN_POLICY_VIOLATION", wrongPin],
  ["FIDO_ERR_PIN_AUTH_BLOCKED", { problem: "too many wrong PINs: pull the security key out and plug it in again" }],
  [
    "FIDO_ERR_PIN_BLOCKED",
    { problem: "the security key is locked after too many wrong PINs", hint: "it must be reset and enrolled again", final: true },
  ],
  [
    "FIDO_ERR_PIN_NOT_SET",
    { problem: "this security key has no PIN, and the organization asks for one", hint: "set one: fido2-token -S, then its device" },
  ],
  ["FIDO_ERR_PIN_REQUIRED", unverified],
  ["FIDO_ERR_UNAUTHORIZED_PERM", unverified],
  ["FIDO_ERR_UV_INVALID", unverified],
  ["FIDO_ERR_UV_BLOCKED", unverified],
  ["FIDO_ERR_UNSUPPORTED_OPTION", { problem: "this security key cannot ask who touches it, and the organization wants it to" }],
]);

export function problemOf(error: FidoError): Problem {
  return problems.get(error) ?? { problem: `the security key failed with ${error}` };
}

/** The key that was asked has no such credential; another credential, or another key, may be the one. */
export function isAbsent(error: FidoError): boolean {
  return problemOf(error) === unknownKey;
}

/** The key wants to know who asks, or did not recognize them. */
export function isUnverified(error: FidoError): boolean {
  return problemOf(error) === unverified;
}
