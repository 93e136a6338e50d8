import type { EnrolledFactor } from "@aws-okta-processor/contract";

export interface Challenge {
  /** The JSON that is signed, by its hash. */
  readonly clientData: Buffer;
  /** Whether the key must know who touches it, by PIN or fingerprint. */
  readonly verification: boolean;
  /** One after the other: the first that a key knows is the one. */
  readonly candidates: readonly Candidate[];
}

/** A credential, and whom it was made for. */
export interface Candidate {
  readonly credentialId: Buffer;
  readonly rpId: string;
  /** Made by U2F, before there was WebAuthn. */
  readonly u2f: boolean;
}

/**
 * Reads what Okta wants signed.
 *
 * @param factors those that may answer
 * @see https://developer.okta.com/docs/reference/api/authn/#verify-webauthn-factor
 * @see https://www.w3.org/TR/webauthn-2/#dictdef-collectedclientdata
 */
export function readChallenge(
  given: unknown,
  factors: readonly EnrolledFactor[],
  origin: string,
): Challenge | { readonly problem: string } {
  const { challenge, userVerification, extensions } = fieldsOf(given);
  if (!isBase64Url(challenge)) return { problem: "okta sent no challenge that a security key could sign" };
  const credentials = factors.flatMap(({ profile }) => decodeId(profile["credentialId"]));
  if (credentials.length === 0) return { problem: "okta did not say which security key may answer" };
  const verification = userVerification === "required";
  const clientData = Buffer.from(JSON.stringify({ type: "webauthn.get", challenge, origin, crossOrigin: false }));
  // U2F cannot verify a person.
  const appId = verification ? undefined : readAppId(extensions, origin);
  const rps = [{ rpId: new URL(origin).hostname, u2f: false }, ...(appId === undefined ? [] : [{ rpId: appId, u2f: true }])];
  return { clientData, verification, candidates: rps.flatMap((rp) => credentials.map((credentialId) => ({ credentialId, ...rp }))) };
}

/** Whatever Okta puts there, a signature for another site is not to be had. */
function readAppId(extensions: unknown, origin: string): string | undefined {
  const { appid } = fieldsOf(extensions);
  if (typeof appid !== "string" || !/^[!-~]{1,1024}$/.test(appid) || !URL.canParse(appid)) return undefined;
  return new URL(appid).origin === origin ? appid : undefined;
}

function decodeId(credentialId: unknown): readonly Buffer[] {
  return isBase64Url(credentialId) ? [Buffer.from(credentialId, "base64url")] : [];
}

function isBase64Url(value: unknown): value is string {
  return typeof value === "string" && /^[\w-]{2,1400}$/.test(value);
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
