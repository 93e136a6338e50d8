/** On Linux, with a real Secret Service; macOS's keychain and Windows's Credential Manager are tried where the suite runs on them, by hand. */
import { fileURLToPath } from "node:url";
import { describe, expect } from "vitest";
import { runWithoutTerminal } from "../../support/process.ts";
import { CREDENTIALS_JSON, DEVELOPER } from "../../support/sample.ts";
import { type Place, test } from "../../support/sandbox-home.ts";
import { hasSecretService, linkOsKeychain, startSecretService, withSecretService } from "../../support/secret-service.ts";
import { runPackageChecks } from "../run-checks.ts";

runPackageChecks("keychain-os");

const CHECK_ALL = fileURLToPath(new URL("check-all.js", import.meta.url));
const LINE = `authenticate --silent --role ${DEVELOPER}`;
const ENCRYPTED = { AWS_OKTA_CACHE_ENCRYPTION: "keychain" };
const INTRODUCED = /^@aws-okta-processor\/keychain-os in .*, a plugin that you linked, takes part; .*\n/;

describe.skipIf(!hasSecretService)(withSecretService("with a Secret Service"), () => {
  test("the keychain of the system passes what every keychain must", async ({ enter }) => {
    const place = await enter();
    const env = { ...place.env, ...(await startSecretService(place.home, "opened")) };
    const { stdout, stderr } = await runWithoutTerminal([process.execPath, CHECK_ALL], { env, cwd: place.cwd });
    const lines = stdout.trim().split("\n");
    expect(lines.filter((line) => !line.endsWith(": passed"))).toEqual([]);
    expect(lines.filter((line) => line.startsWith("keychain keychain: a keychain "))).toHaveLength(5);
    expect(stderr).toBe("");
  });

  test("what is kept under a key of the system is answered again", async ({ enter }) => {
    const place = await prepared(await enter("no-mfa"));
    const session = await startSecretService(place.home, "opened");
    const first = await place.run(LINE, { ...ENCRYPTED, ...session });
    expect(first).toEqual({ stdout: expect.stringMatching(CREDENTIALS_JSON), stderr: expect.stringMatching(INTRODUCED), exitCode: 0 });
    const calls = place.sandbox.count();
    expect(await place.run(LINE, { ...ENCRYPTED, ...session })).toEqual({ ...first, stderr: "" });
    expect(place.sandbox.count()).toBe(calls);
  });

  test("a password is stored, signs in and is forgotten", async ({ enter }) => {
    const place = await prepared(await enter("no-mfa"));
    const session = { ...(await startSecretService(place.home, "opened")), AWS_OKTA_PASS: undefined };
    const store = ["sh", "-c", 'echo "correct horse" | aws-okta-processor password store --pass-stdin'];
    const stored = await place.sitAt(store.with(2, store[2]?.replace("aws-okta-processor", programIn()) ?? ""), session);
    expect(await stored.end()).toMatchObject({ exitCode: 0, stdout: "", stderr: "" });
    expect(await place.run(LINE, session)).toMatchObject({ stdout: expect.stringMatching(CREDENTIALS_JSON), exitCode: 0 });
    expect(await place.run("password forget --silent", session)).toEqual({ stdout: "", stderr: "", exitCode: 0 });
    expect(await place.run("password forget", session)).toMatchObject({
      stderr: expect.stringMatching(
        /^aws-okta-processor: no password of jdoe at .* is stored in the keychain of @aws-okta-processor\/keychain-os\n/,
      ),
      exitCode: 2,
    });
  });

  test("a locked keychain, and a session without one, are told in a line, and nothing is kept", async ({ enter }) => {
    const place = await prepared(await enter("no-mfa"));
    const locked = await startSecretService(place.home, undefined);
    await place.run(LINE, { ...ENCRYPTED, ...locked });
    const warning = /^warning: nothing is kept: the keychain of @aws-okta-processor\/keychain-os cannot be used: [^\n]+\n$/;
    for (const session of [locked, { DBUS_SESSION_BUS_ADDRESS: undefined }])
      expect(await place.run(LINE, { ...ENCRYPTED, ...session })).toEqual({
        stdout: expect.stringMatching(CREDENTIALS_JSON),
        stderr: expect.stringMatching(warning),
        exitCode: 0,
      });
  });
});

const programIn = () => `'${process.execPath}' '${fileURLToPath(new URL("../../../dist/run.cjs", import.meta.url))}'`;

async function prepared(place: Place): Promise<Place> {
  await linkOsKeychain(place);
  return place;
}
