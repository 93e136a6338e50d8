import { RemoteError } from "../errors.ts";

/** Why a certificate is not accepted. @see https://nodejs.org/api/tls.html#x509-certificate-error-codes */
export interface CertificateProblem {
  /** `UNABLE_TO_VERIFY_LEAF_SIGNATURE` */
  readonly code: string;
  readonly kind: "unknown authority" | "time" | "name" | "other";
}

const KINDS: Readonly<Record<string, CertificateProblem["kind"]>> = {
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "unknown authority",
  UNABLE_TO_GET_ISSUER_CERT: "unknown authority",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "unknown authority",
  SELF_SIGNED_CERT_IN_CHAIN: "unknown authority",
  DEPTH_ZERO_SELF_SIGNED_CERT: "unknown authority",
  CERT_UNTRUSTED: "unknown authority",
  CERT_HAS_EXPIRED: "time",
  CERT_NOT_YET_VALID: "time",
  ERR_TLS_CERT_ALTNAME_INVALID: "name",
  HOSTNAME_MISMATCH: "name",
  CERT_REVOKED: "other",
  CERT_REJECTED: "other",
  CERT_SIGNATURE_FAILURE: "other",
  CERT_CHAIN_TOO_LONG: "other",
  INVALID_CA: "other",
  INVALID_PURPOSE: "other",
  PATH_LENGTH_EXCEEDED: "other",
};

/** @returns undefined for a failure that is none of a certificate */
export function certificateProblem(error: unknown): CertificateProblem | undefined {
  for (let depth = 0, at: unknown = error; depth < 5 && at instanceof Error; depth++, at = at.cause) {
    const code = "code" in at && typeof at.code === "string" ? at.code : "";
    const kind = Object.hasOwn(KINDS, code) ? KINDS[code] : undefined;
    if (kind !== undefined) return { code, kind };
  }
  return undefined;
}

/** What of a certificate a person needs to know. */
export interface Presented {
  /** The one that signed it: `O=Acme, CN=Acme Proxy CA`. */
  readonly issuer: string;
  /** As it stands there: `Nov 25 20:00:00 2026 GMT`. */
  readonly validFrom: string;
  readonly validTo: string;
  /** Those that it is for: `acme.com, *.acme.com`. */
  readonly names: string;
}

/** @param presented undefined where it could not be looked at */
export function certificateRefused({ host }: URL, problem: CertificateProblem, presented: Presented | undefined): RemoteError {
  const issued = presented === undefined ? "" : `, which ${presented.issuer} has signed,`;
  const certificate = `the certificate of ${host}${issued}`;
  switch (problem.kind) {
    case "unknown authority":
      return refused(
        presented === undefined
          ? `the certificate of ${host} is signed by nobody who is known here: ${problem.code}`
          : `the certificate of ${host} is signed by ${presented.issuer}, who is not known here`,
        "if your company's network does that, give the certificate of its authority: --ca-bundle FILE or AWS_OKTA_CA_BUNDLE",
      );
    case "time":
      return refused(
        `${certificate} ${problem.code === "CERT_HAS_EXPIRED" ? "has expired" : "is not valid yet"}${spanOf(presented)}`,
        "check this machine's clock; if it is right, tell whoever runs that host, or the proxy before it",
      );
    case "name":
      return refused(
        `${certificate} is for ${presented === undefined ? "another host" : presented.names}`,
        "check the name of the host, and what answers in its place: a proxy, or the sign-in page of a wireless network",
      );
    case "other":
      return refused(`${certificate} is not accepted: ${problem.code}`, "tell whoever runs that host, or the proxy before it");
  }
}

function refused(message: string, hint: string): RemoteError {
  return new RemoteError(message, { code: "CERTIFICATE_REFUSED", hint });
}

function spanOf(presented: Presented | undefined): string {
  return presented === undefined ? "" : `: it is valid from ${presented.validFrom} to ${presented.validTo}`;
}
