/**
 * Whose certificates are believed: those on the list that Node brings, in NODE_EXTRA_CA_CERTS, and in one file that is named here. What is
 * on none of these is looked for in the system's store.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { UsageError } from "../errors.ts";
import type { World } from "../world.ts";

/** A file of certificates, and what named it: `--ca-bundle`, `AWS_CA_BUNDLE`. */
export interface Bundle {
  readonly file: string;
  readonly from: string;
}

/** The first that is set counts. @see docs/networks.md */
const VARIABLES = ["AWS_CA_BUNDLE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"];

/** @param given by our own option */
export function findBundle({ env, cwd, home }: Pick<World, "env" | "cwd" | "home">, given: Bundle | undefined): Bundle | undefined {
  const name = VARIABLES.find((candidate) => env[candidate] !== undefined && env[candidate] !== "");
  const found = given ?? (name === undefined ? undefined : { file: env[name] ?? "", from: name });
  if (found === undefined) return undefined;
  // In a dotfile no shell has done so.
  const file = home === undefined ? found.file : found.file.replace(/^~(?=[/\\])/, home);
  return { file: path.resolve(cwd, file), from: found.from };
}

/**
 * @returns each certificate, in PEM
 * @throws UsageError `CA_BUNDLE_INVALID`
 */
export function readBundle({ file, from }: Bundle): readonly string[] {
  const certificates = readText({ file, from }).match(/-----BEGIN (X509 |TRUSTED )?CERTIFICATE-----.*?-----END \1?CERTIFICATE-----/gs);
  if (certificates !== null) return certificates;
  throw new UsageError(`${file} holds no certificate in PEM (${from})`, {
    code: "CA_BUNDLE_INVALID",
    hint: "its certificates must be between lines of BEGIN CERTIFICATE and END CERTIFICATE; openssl x509 -inform der makes these of a .cer file",
  });
}

function readText({ file, from }: Bundle): string {
  try {
    return readFileSync(file, "latin1");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    throw new UsageError(`cannot read the certificates in ${file}: ${String(code)} (${from})`, { code: "CA_BUNDLE_INVALID", cause: error });
  }
}
