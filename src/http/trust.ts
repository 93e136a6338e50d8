import { X509Certificate } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import tls, { type SecureContext } from "node:tls";
import { UsageError } from "../errors.ts";
import type { World } from "../world.ts";
import type { Bundle } from "./authorities.ts";

export type Machine = Pick<World, "env" | "platform">;

/**
 * Whom to believe: Node's own list and NODE_EXTRA_CA_CERTS, and what is in a file.
 *
 * @param machine whose store counts too; undefined for none
 * @throws UsageError `CA_BUNDLE_INVALID`
 */
export function createTrust(bundle: Bundle | undefined, machine: Machine | undefined): SecureContext {
  if (bundle === undefined && machine === undefined) return tls.createSecureContext();
  const system = machine === undefined ? [] : readSystemStore(machine);
  const given = bundle === undefined ? [] : readBundle(bundle);
  return tls.createSecureContext({ ca: [...new Set([...listAuthorities("default"), ...system]), ...given] });
}

/** A Node that is older than those we promise has its own list, and no way to tell of others. */
function listAuthorities(store: "default" | "system"): readonly string[] {
  const { getCACertificates } = tls as Partial<typeof tls>;
  if (getCACertificates !== undefined) return getCACertificates(store);
  return store === "default" ? tls.rootCertificates : [];
}

/** Of a folder that is not there Node itself writes a line to standard error. */
function readSystemStore({ env, platform }: Machine): readonly string[] {
  const folders = (env["SSL_CERT_DIR"] ?? "/etc/ssl/certs").split(path.delimiter);
  const isFolders = platform !== "darwin" && platform !== "win32";
  return isFolders && !folders.every((folder) => existsSync(folder)) ? [] : listAuthorities("system");
}

/** Each certificate of the file, in PEM; Node passes over what it cannot read without a word. */
function readBundle({ file, from }: Bundle): readonly string[] {
  const text = readText({ file, from });
  const certificates = text.match(/-----BEGIN (X509 |TRUSTED |)CERTIFICATE-----.*?-----END \1CERTIFICATE-----/gs);
  if (certificates === null)
    throw new UsageError(`${file} holds no certificate in PEM (${from})`, {
      code: "CA_BUNDLE_INVALID",
      hint: "PEM has lines of BEGIN CERTIFICATE and END CERTIFICATE; openssl x509 -inform der -in FILE makes it of a .cer or .der file",
    });
  for (const [index, certificate] of certificates.entries()) {
    try {
      void new X509Certificate(certificate);
    } catch (error) {
      throw new UsageError(`certificate ${index + 1} in ${file} is not readable (${from})`, { code: "CA_BUNDLE_INVALID", cause: error });
    }
  }
  return certificates;
}

function readText({ file, from }: Bundle): string {
  try {
    return readFileSync(file, "latin1");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    throw new UsageError(`cannot read the certificates in ${file}: ${String(code)} (${from})`, { code: "CA_BUNDLE_INVALID", cause: error });
  }
}
