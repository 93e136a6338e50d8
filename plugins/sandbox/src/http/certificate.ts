import { generateKeyPair } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import forge from "node-forge";

export interface Certificate {
  readonly key: string;
  readonly cert: string;
  /** The PEM file of the authority that signed it. */
  readonly authorityPath: string;
  readonly remove: () => Promise<void>;
}

interface KeyPair {
  readonly publicKey: string;
  readonly privateKey: string;
}

const DAY_MS = 86_400_000;

/** What is wrong with a certificate, if anything is. */
export type CertificateFault = "expired" | "another name";

/** Makes an authority and a certificate for `localhost` and 127.0.0.1. The authority's key is forgotten at once. */
export async function createCertificate(fault?: CertificateFault, signer = "aws-okta-processor sandbox authority"): Promise<Certificate> {
  const [authority, server] = await Promise.all([createKeys(), createKeys()]);
  const authorityPem = sign({ keys: authority, by: authority, subject: signer, signer, extensions: AUTHORITY });
  const cert = sign({ keys: server, by: authority, signer, fault, ...(fault === "another name" ? OTHER : SERVER) });
  const folder = await mkdtemp(join(tmpdir(), "aws-okta-processor-sandbox-"));
  const authorityPath = join(folder, "authority.pem");
  await writeFile(authorityPath, authorityPem, { mode: 0o600 });
  return { key: server.privateKey, cert, authorityPath, remove: () => rm(folder, { recursive: true, force: true }) };
}

const AUTHORITY = [
  { name: "basicConstraints", cA: true, critical: true },
  { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
  { name: "subjectKeyIdentifier" },
];

const LEAF = [
  { name: "basicConstraints", cA: false, critical: true },
  { name: "keyUsage", digitalSignature: true, keyEncipherment: true, critical: true },
  { name: "extKeyUsage", serverAuth: true },
];

const SERVER = {
  subject: "localhost",
  extensions: [
    ...LEAF,
    {
      name: "subjectAltName",
      altNames: [
        { type: 2, value: "localhost" },
        { type: 7, ip: "127.0.0.1" },
      ],
    },
  ],
};

const OTHER = {
  subject: "elsewhere.example",
  extensions: [...LEAF, { name: "subjectAltName", altNames: [{ type: 2, value: "elsewhere.example" }] }],
};

interface Order {
  readonly keys: KeyPair;
  readonly by: KeyPair;
  readonly subject: string;
  /** What the authority is called. */
  readonly signer: string;
  readonly extensions: readonly object[];
  readonly fault?: CertificateFault | undefined;
}

function sign({ keys, by, subject, signer, extensions, fault }: Order): string {
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.publicKeyFromPem(keys.publicKey);
  certificate.serialNumber = `01${forge.util.bytesToHex(forge.random.getBytesSync(8))}`;
  certificate.validity.notBefore = new Date(Date.now() - 2 * DAY_MS);
  certificate.validity.notAfter = new Date(Date.now() + (fault === "expired" ? -1 : 30) * DAY_MS);
  certificate.setSubject([{ name: "commonName", value: subject }]);
  certificate.setIssuer([{ name: "commonName", value: signer }]);
  certificate.setExtensions([...extensions]);
  certificate.sign(forge.pki.privateKeyFromPem(by.privateKey), forge.md.sha256.create());
  return forge.pki.certificateToPem(certificate);
}

function createKeys(): Promise<KeyPair> {
  return new Promise((resolve, reject) => {
    const done = (error: Error | null, publicKey: string, privateKey: string): void =>
      error === null ? resolve({ publicKey, privateKey }) : reject(error);
    const options = {
      modulusLength: 2048,
      publicKeyEncoding: { type: "spki", format: "pem" },
      privateKeyEncoding: { type: "pkcs8", format: "pem" },
    } as const;
    generateKeyPair("rsa", options, done);
  });
}
