import { generateKeyPairSync, randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import type { WebAuthnFactor } from "@aws-okta-processor/sandbox";

/** A security key at a USB port, as the stand-in for libfido2's programs plays it. */
export interface SecurityKey {
  readonly path: string;
  readonly product: string;
  readonly kind: "fido2" | "u2f";
  readonly credentials: readonly Credential[];
  readonly pin?: string;
  /** Whether the key has a reader, and knows the finger that is on it. */
  readonly fingerprint?: "known" | "unknown";
  /** It does nothing without a PIN. */
  readonly alwaysUv?: boolean;
  /** At once where it is absent. */
  readonly touch?: "never" | "waited for";
  /** What it says that is not so. */
  readonly lies?: "about the site" | "in its signature" | "in its output";
  /** Others may see the device, and not use it. */
  readonly locked?: boolean;
}

export interface Credential {
  /** Base64url, as Okta shows it. */
  readonly credentialId: string;
  /** Whom it was made for: a host, or the appid of U2F. */
  readonly rpId: string;
  /** PEM. */
  readonly privateKey: string;
  /** Only shown to whom the key has verified. */
  readonly hidden?: boolean;
}

/** A credential on a key, and the same as Okta lists it. */
export interface Enrolment {
  readonly credential: Credential;
  readonly factor: WebAuthnFactor;
}

/** What is plugged in, and what was asked of it. */
export interface SecurityKeys {
  /** To be put first in PATH: it holds the two programs. */
  readonly bin: string;
  readonly plugIn: (...keys: readonly SecurityKey[]) => void;
  /** The command lines that were run since it was last asked. */
  readonly runs: () => readonly string[];
  /** The process that waits for a touch or a PIN, once there is one. */
  readonly waiting: () => Promise<number>;
}

/** A new credential on a key for the org that is at this host. */
export function enrol(rpId: string, factor: Partial<WebAuthnFactor> = {}): Enrolment {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const credentialId = randomBytes(48).toString("base64url");
  return {
    credential: { credentialId, rpId, privateKey: privateKey.export({ type: "pkcs8", format: "pem" }).toString() },
    factor: {
      factorType: "webauthn",
      provider: "FIDO",
      credentialId,
      publicKey: publicKey.export({ type: "spki", format: "pem" }).toString(),
      authenticatorName: "YubiKey 5",
      ...factor,
    },
  };
}

/** A key that holds these credentials. */
export function securityKey(credentials: readonly Credential[], key: Partial<SecurityKey> = {}): SecurityKey {
  return { path: "/dev/hidraw4", product: "Key 5", kind: "fido2", credentials, ...key };
}

/** Puts the two programs into a folder, with no key plugged in. */
export function installSecurityKeys(folder: string): SecurityKeys {
  const bin = path.join(folder, "fido2");
  mkdirSync(bin);
  const standIn = new URL("fido2-assert.js", import.meta.url).href;
  for (const program of ["fido2-token", "fido2-assert"]) {
    const file = path.join(bin, program);
    writeFileSync(file, `#!${process.execPath}\nimport("${standIn}").then(({ main }) => main("${program}", __dirname));\n`);
    chmodSync(file, 0o755);
  }
  const runs = path.join(bin, "runs.jsonl");
  const plugIn = (...keys: readonly SecurityKey[]): void => writeFileSync(path.join(bin, "keys.json"), JSON.stringify(keys));
  plugIn();
  const waiting = path.join(bin, "waiting");
  return {
    bin,
    plugIn,
    waiting: async () => {
      while (!existsSync(waiting)) await setTimeout(20);
      return Number(readFileSync(waiting, "utf8"));
    },
    runs: () => {
      const lines = existsSync(runs) ? readFileSync(runs, "utf8").trimEnd().split("\n") : [];
      writeFileSync(runs, "");
      return lines.flatMap((line) => (line === "" ? [] : [(JSON.parse(line) as { readonly command: string }).command]));
    },
  };
}
