import { createHash } from "node:crypto";
import type { FactorHost, Finished } from "@aws-okta-processor/contract";
import { type Device, WINDOWS_HELLO } from "./devices.ts";
import type { FidoError, Outcome } from "./outcome.ts";
import type { Candidate } from "./read-challenge.ts";

export interface Assertion {
  readonly authenticatorData: Buffer;
  /** DER. */
  readonly signature: Buffer;
}

export interface Order {
  readonly device: Device;
  readonly candidate: Candidate;
  readonly clientData: Buffer;
  /** What is asked of the key beyond a touch. */
  readonly options: readonly string[];
}

/**
 * Has one device sign for one credential. The program asks for a PIN at the terminal, whatever its standard streams are.
 *
 * @see https://developers.yubico.com/libfido2/Manuals/fido2-assert.html
 */
export async function runAssert(order: Order, host: FactorHost): Promise<Outcome<Assertion>> {
  const { device, candidate, clientData, options } = order;
  const hello = device.path === WINDOWS_HELLO;
  const args = ["-G", ...options, ...(candidate.u2f ? ["-u"] : []), ...(hello ? ["-w"] : []), device.path];
  const hash = createHash("sha256").update(clientData).digest();
  const input = [(hello ? clientData : hash).toString("base64"), candidate.rpId, candidate.credentialId.toString("base64")];
  const finished = await host.run("fido2-assert", args, `${input.join("\n")}\n`);
  if (finished === undefined) return { error: "NOT_INSTALLED" };
  if (finished.exitCode !== 0) return { error: errorOf(finished) };
  const assertion = readAssertion(finished.stdout, hash);
  return assertion === undefined ? { error: "NOT_READABLE" } : { value: assertion };
}

/** Four lines: the hash again, the relying party, the authenticator's data as a CBOR byte string, the signature. */
function readAssertion(stdout: string, hash: Buffer): Assertion | undefined {
  const [echo, , data = "", signature = ""] = stdout.split(/\r?\n/);
  const authenticatorData = unwrapByteString(Buffer.from(data, "base64"));
  if (echo !== hash.toString("base64") || authenticatorData === undefined || signature === "") return undefined;
  return { authenticatorData, signature: Buffer.from(signature, "base64") };
}

/** @see https://www.rfc-editor.org/rfc/rfc8949#section-3.1 major type 2 */
function unwrapByteString(cbor: Buffer): Buffer | undefined {
  const sizes: ReadonlyMap<number | undefined, number> = new Map([
    [0x58, 1],
    [0x59, 2],
  ]);
  const size = sizes.get(cbor[0]);
  if (size === undefined || cbor.length < 1 + size) return undefined;
  const content = cbor.subarray(1 + size);
  return cbor.readUIntBE(1, size) === content.length ? content : undefined;
}

/** The program says what went wrong on stderr alone: `fido2-assert: fido_dev_get_assert: FIDO_ERR_PIN_INVALID`. */
function errorOf({ stderr }: Finished): FidoError {
  if (stderr.includes("invalid PIN length")) return "FIDO_ERR_PIN_INVALID";
  if (stderr.includes("fido_dev_open")) return "NOT_OPENED";
  const name = /FIDO_ERR_([A-Z0-9_]+)/.exec(stderr)?.[1];
  return name === undefined ? "UNKNOWN" : `FIDO_ERR_${name}`;
}
