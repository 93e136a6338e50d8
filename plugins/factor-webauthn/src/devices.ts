import type { FactorHost } from "@aws-okta-processor/contract";
import type { Outcome } from "./outcome.ts";

/** A security key that is plugged in. */
export interface Device {
  readonly path: string;
  /** Its maker's name for it. */
  readonly product: string;
}

/** How a key can tell who touches it. */
export interface Abilities {
  readonly fingerprint: boolean;
  readonly pin: boolean;
}

/** Windows' own dialog in front of all keys; it must be given what is hashed, not the hash. */
export const WINDOWS_HELLO = "windows://hello";

/**
 * `/dev/hidraw4: vendor=0x1050, product=0x0407 (Yubico YubiKey OTP+FIDO+CCID)`, where a path may hold colons and spaces. The names come
 * from the device: a line that pretends to be another's must not become an option.
 *
 * @see https://github.com/Yubico/libfido2/blob/main/tools/token.c
 */
const LISTED = /^([^-].*?): vendor=0x[0-9a-f]{4}, product=0x[0-9a-f]{4} \((.*)\)$/;

export async function listDevices(host: FactorHost): Promise<Outcome<readonly Device[]>> {
  const finished = await host.run("fido2-token", ["-L"]);
  if (finished === undefined) return { error: "NOT_INSTALLED" };
  const devices = finished.stdout.split(/\r?\n/).flatMap(parseDevice);
  const byPath = new Map(devices.map((device) => [device.path, device]));
  return byPath.size === 0 ? { error: "NO_DEVICE" } : { value: [...byPath.values()] };
}

/** @returns undefined for a key of U2F, which can tell nobody from anybody */
export async function readAbilities({ path }: Device, host: FactorHost): Promise<Abilities | undefined> {
  const finished = await host.run("fido2-token", ["-I", path]);
  // What cannot be read now may be read later: a PIN is what keys have as a rule.
  if (finished?.exitCode !== 0) return { fingerprint: false, pin: true };
  const options = /^options: (.*)$/m.exec(finished.stdout)?.[1]?.trim().split(", ");
  return options === undefined ? undefined : { fingerprint: options.includes("uv"), pin: options.includes("clientPin") };
}

function parseDevice(line: string): readonly Device[] {
  const [, path, product] = LISTED.exec(line) ?? [];
  return path === undefined || product === undefined ? [] : [{ path, product }];
}
