/** The programs of the other tests are stand-ins; where the real ones are installed they have the last word on what those say. */
import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { useFolder } from "../../support/folder.ts";
import { enrol, installSecurityKeys, type SecurityKey, securityKey } from "../../support/security-keys.ts";

const real = spawnSync("fido2-token", ["-V"]).error === undefined;
const given = `the real fido2-assert${real ? "" : " (not installed)"}`;

const { credential, factor } = enrol("acme.okta.com");

test.skipIf(!real)(`${given} takes an assertion of the stand-in for its own`, () => {
  expect(verifyByReal(assertByStandIn())).toEqual({ status: 0, stderr: "" });
});

test.skipIf(!real).each([
  ["about the site", "INVALID_PARAM"],
  ["in its signature", "INVALID_SIG"],
] as const)(`${given} sees that a stand-in lies %s`, (lies, error) => {
  expect(verifyByReal(assertByStandIn({ lies }))).toEqual({ status: 1, stderr: `fido2-assert: fido_assert_verify: FIDO_ERR_${error}\n` });
});

test.skipIf(!real).each([
  ["nothing to read", ["-G", "/dev/nowhere"], ""],
  ["a device that is not there", ["-G", "/dev/nowhere"], order()],
  ["an option that is none", ["-G", "-t", "up=perhaps", "/dev/nowhere"], order()],
])(`${given} and the stand-in say the same of %s`, (_, args, input) => {
  const { bin } = installSecurityKeys(useFolder().path);
  const say = (program: string) => {
    const { status, stdout, stderr } = spawnSync(program, args, { input, encoding: "utf8" });
    return { status, stdout, stderr };
  };
  expect(say(`${bin}/fido2-assert`)).toEqual(say("fido2-assert"));
});

function order(): string {
  const hash = randomBytes(32).toString("base64");
  return `${hash}\nacme.okta.com\n${Buffer.from(credential.credentialId, "base64url").toString("base64")}\n`;
}

/** What the stand-in prints is what the real one reads to verify it. */
function assertByStandIn(key: Partial<SecurityKey> = {}): string {
  const { bin, plugIn } = installSecurityKeys(useFolder().path);
  plugIn(securityKey([credential], key));
  return spawnSync(`${bin}/fido2-assert`, ["-G", "/dev/hidraw4"], { input: order(), encoding: "utf8" }).stdout;
}

function verifyByReal(input: string): { readonly status: number | null; readonly stderr: string } {
  const publicKey = useFolder().write("key.pem", factor.publicKey);
  const { status, stderr } = spawnSync("fido2-assert", ["-V", "-p", publicKey, "es256"], { input, encoding: "utf8" });
  return { status, stderr };
}
