import { existsSync } from "node:fs";
import { scenarios } from "@aws-okta-processor/sandbox";
import { describe, expect } from "vitest";
import { askedOfKeychain, installKeychain, keychainOf, putIntoKeychain } from "../support/file-keychain.ts";
import { dataFolderOf, linkPlugin } from "../support/linked-plugin.ts";
import { PROGRAM, type Ran, runWithoutTerminal } from "../support/process.ts";
import { CONTROL_C, ENTER } from "../support/pty.ts";
import { CREDENTIALS_JSON, DEVELOPER } from "../support/sample.ts";
import { type Place, type Scene, test } from "../support/sandbox-home.ts";

const LINE = `authenticate --silent --role ${DEVELOPER}`;
const AUTHN = "POST /api/v1/authn";
const SIGNED_IN = { stdout: expect.stringMatching(CREDENTIALS_JSON), exitCode: 0 };
const NO_PASSWORD = { AWS_OKTA_PASS: undefined };
const STORED = "correct horse";

const entryOf = ({ sandbox }: Place, user = "jdoe") => `aws-okta-processor ${sandbox.origin}|${user}`;

type Enter = (scene?: Scene) => Promise<Place>;

/** A place with a keychain, and with what is in it. */
async function enterWith(enter: Enter, stored?: string, scene: Scene = "no-mfa"): Promise<Place> {
  const place = await enter(scene);
  await installKeychain(place);
  if (stored !== undefined) putIntoKeychain(place, entryOf(place), stored);
  return place;
}

/** What the shell pipes into the program, for somebody who has no other password. */
function pipe({ env, cwd }: Place, text: string, line: string): Promise<Ran> {
  const { AWS_OKTA_PASS: _, ...rest } = env;
  return runWithoutTerminal(["sh", "-c", `printf '%s\\n' '${text}' | '${process.execPath}' '${PROGRAM}' ${line}`], { env: rest, cwd });
}

describe("password store", () => {
  test("asks at the terminal, without showing what is typed, and a sign-in uses it", async ({ enter }) => {
    const place = await enterWith(enter);
    const { see, type, end } = await place.sit("password store", NO_PASSWORD);
    await see(`Password of jdoe at ${place.sandbox.organization} ›`);
    type(`${STORED}${ENTER}`);
    const { shown, ...ended } = await end();
    expect(ended).toMatchObject({ stdout: "", stderr: "", exitCode: 0 });
    expect(shown).toContain(`the password of jdoe at ${place.sandbox.organization} is stored in the keychain of acme-keychain`);
    expect(shown).not.toContain(STORED);
    expect(keychainOf(place)).toEqual({ [entryOf(place)]: STORED });
    expect(place.sandbox.count()).toBe(0);
    expect(await place.run(LINE, NO_PASSWORD)).toEqual({ ...SIGNED_IN, stderr: "" });
  });

  test("takes it from standard input, in place of the one that was there", async ({ enter }) => {
    const place = await enterWith(enter, "old");
    expect(await pipe(place, STORED, "password store --pass-stdin --silent")).toMatchObject({ stdout: "", exitCode: 0 });
    expect(keychainOf(place)).toEqual({ [entryOf(place)]: STORED });
  });

  test("asks for whom, and for where, where that is not given", async ({ enter }) => {
    const place = await enterWith(enter);
    const { see, type, end } = await place.sit("password store", {
      ...NO_PASSWORD,
      AWS_OKTA_USER: undefined,
      AWS_OKTA_ORGANIZATION: undefined,
    });
    for (const [question, answer] of [
      ["Okta organization ›", place.sandbox.organization],
      ["Okta user name ›", "jane"],
      [`Password of jane at ${place.sandbox.organization} ›`, STORED],
    ] as const) {
      await see(question);
      type(`${answer}${ENTER}`);
    }
    expect(await end()).toMatchObject({ exitCode: 0 });
    expect(keychainOf(place)).toEqual({ [entryOf(place, "jane")]: STORED });
  });

  test("stores nothing after Ctrl-C, without a terminal, or an empty one", async ({ enter }) => {
    const place = await enterWith(enter);
    const { see, type, end } = await place.sit("password store", NO_PASSWORD);
    await see("Password of jdoe");
    type(CONTROL_C);
    expect(await end()).toMatchObject({ stdout: "", stderr: "aws-okta-processor: cancelled\n", exitCode: 130 });
    expect(await place.run("password store")).toMatchObject({ stdout: "", exitCode: 2 });
    expect(await pipe(place, "", "password store --pass-stdin")).toMatchObject({ stdout: "", exitCode: 2 });
    expect(keychainOf(place)).toEqual({});
  });

  test("says that there is no keychain, or that it cannot be used", async ({ enter }) => {
    const place = await enter("no-mfa");
    expect(await pipe(place, STORED, "password store --pass-stdin")).toEqual({
      stdout: "",
      stderr:
        'aws-okta-processor: there is no keychain "keychain" (default)\nnone comes with the program: aws-okta-processor plugins install @aws-okta-processor/keychain-os\n',
      exitCode: 2,
    });
    await installKeychain(place);
    const { stderr, exitCode } = await place.run("password forget", { TEST_KEYCHAIN: "locked" });
    expect(stderr).toMatch(
      /\naws-okta-processor: the keychain of acme-keychain cannot be used: it is locked\nsee that it runs and is unlocked\n$/,
    );
    expect(exitCode).toBe(2);
  });

  test("another keychain is named by --keychain, here and at the sign-in", async ({ enter }) => {
    const place = await enter("no-mfa");
    await linkPlugin(place, {
      name: "acme-pass",
      block: { keychains: { pass: "./module.cjs" } },
      module: `exports.keychain = { get: async () => "${STORED}", set: async () => undefined, delete: async () => true };`,
    });
    expect(await pipe(place, STORED, "password store --pass-stdin --keychain pass")).toMatchObject({ exitCode: 0 });
    expect(await place.run(LINE, NO_PASSWORD)).toMatchObject({ exitCode: 2 });
    expect(await place.run(`${LINE} --keychain pass`, NO_PASSWORD)).toMatchObject(SIGNED_IN);
    expect(await place.run(`${LINE} --no-aws-cache --no-okta-cache --keychain none`, NO_PASSWORD)).toMatchObject({
      stderr: 'aws-okta-processor: there is no keychain "none" (--keychain)\ninstalled: pass\n',
      exitCode: 2,
    });
  });
});

describe("password forget", () => {
  test("removes it, and says where there was none", async ({ enter }) => {
    const place = await enterWith(enter, STORED);
    const { organization } = place.sandbox;
    const { stdout, stderr, exitCode } = await place.run("password forget");
    expect([stdout, stderr.split("\n").at(-2), exitCode]).toEqual(["", `the password of jdoe at ${organization} is forgotten`, 0]);
    expect(keychainOf(place)).toEqual({});
    expect(await place.run("password forget")).toEqual({
      stdout: "",
      stderr:
        `aws-okta-processor: no password of jdoe at ${organization} is stored in the keychain of acme-keychain\n` +
        "give --user and --organization as they were when it was stored\n",
      exitCode: 2,
    });
  });

  test("leaves that of others, and the key of the caches", async ({ enter }) => {
    const place = await enterWith(enter, STORED);
    putIntoKeychain(place, entryOf(place, "jane"), "hers");
    putIntoKeychain(place, "aws-okta-processor|key of the caches", "key");
    await place.run("password forget");
    expect(Object.values(keychainOf(place)).toSorted()).toEqual(["hers", "key"]);
  });
});

describe("a stored password", () => {
  test("is another's for another user and at another organization", async ({ enter }) => {
    const place = await enterWith(enter, STORED);
    const elsewhere = await enter("no-mfa");
    for (const change of [{ AWS_OKTA_USER: "jane" }, { AWS_OKTA_ORGANIZATION: elsewhere.sandbox.organization }])
      expect(await place.run(LINE, { ...NO_PASSWORD, ...change })).toMatchObject({
        stdout: "",
        stderr: expect.stringContaining("there is no terminal to ask for: Password of"),
        exitCode: 2,
      });
    expect([place.sandbox.count(), elsewhere.sandbox.count()]).toEqual([0, 0]);
  });

  test("is not looked for where a password is given, or none is needed", async ({ enter }) => {
    const place = await enterWith(enter, "wrong");
    expect(await place.run(LINE)).toMatchObject(SIGNED_IN);
    expect(await place.run(`${LINE} --no-aws-cache`, NO_PASSWORD)).toMatchObject(SIGNED_IN);
    const command = { ...NO_PASSWORD, AWS_OKTA_PASSWORD_COMMAND: `echo ${STORED}` };
    expect(await place.run(`${LINE} --no-aws-cache --no-okta-cache`, command)).toMatchObject(SIGNED_IN);
    expect(askedOfKeychain(place)).toEqual([]);
    expect(existsSync(dataFolderOf(place.home))).toBe(true);
  });

  test("that Okta refuses is removed, and the person is asked", async ({ enter }) => {
    const place = await enterWith(enter, "outdated");
    const { see, type, end } = await place.sit(LINE, NO_PASSWORD);
    await see(`the stored password of jdoe at ${place.sandbox.organization} was refused; it was removed`);
    await see(`Password of jdoe at ${place.sandbox.organization} ›`);
    type(`${STORED}${ENTER}`);
    expect(await end()).toMatchObject({ ...SIGNED_IN, stderr: "" });
    expect(keychainOf(place)).toEqual({});
    expect(place.sandbox.count(AUTHN)).toBe(2);
  });

  test("that Okta refuses is sent once where nobody can be asked, and never again", async ({ enter }) => {
    const place = await enterWith(enter, "outdated");
    const { organization } = place.sandbox;
    const refused = await place.run(LINE, NO_PASSWORD);
    expect(refused).toMatchObject({ stdout: "", exitCode: 3 });
    expect(refused.stderr.split("\n").slice(-4, -2)).toEqual([
      `the stored password of jdoe at ${organization} was refused; it was removed`,
      `aws-okta-processor: ${organization} refused the sign-in of jdoe: Authentication failed`,
    ]);
    expect(await place.run(LINE, NO_PASSWORD)).toMatchObject({ stdout: "", exitCode: 2 });
    expect(place.sandbox.count(AUTHN)).toBe(1);
  });

  test("that cannot be removed is not sent again in the same run, and that is told", async ({ enter }) => {
    const place = await enterWith(enter, "outdated");
    const { see, type, end } = await place.sit(LINE, { ...NO_PASSWORD, TEST_KEYCHAIN: "keeps" });
    await see("was refused; it could not be removed: aws-okta-processor password forget");
    await see("Password of jdoe");
    type(`also wrong${ENTER}`);
    expect(await end()).toMatchObject({ stdout: "", exitCode: 3 });
    expect(place.sandbox.count(AUTHN)).toBe(2);
  });

  test("stays where the far end fails, and not the password", async ({ enter }) => {
    const faults = [{ on: AUTHN, status: 429, body: '{"errorCode":"E0000047","errorSummary":"API call exceeded rate limit"}' }];
    const place = await enterWith(enter, STORED, { ...scenarios["no-mfa"], faults });
    expect(await place.run(LINE, NO_PASSWORD)).toMatchObject({ stdout: "" });
    expect(keychainOf(place)).toEqual({ [entryOf(place)]: STORED });
  });

  test("in a keychain that cannot be used is told, and the person is asked", async ({ enter }) => {
    const place = await enterWith(enter, STORED);
    const { see, type, end } = await place.sit(LINE, { ...NO_PASSWORD, TEST_KEYCHAIN: "locked" });
    await see("the keychain of acme-keychain cannot be used: it is locked");
    await see("Password of jdoe");
    type(`${STORED}${ENTER}`);
    expect(await end()).toMatchObject({ ...SIGNED_IN, stderr: "" });
  });

  test("goes when another was chosen in its place", async ({ enter }) => {
    const [user, ...others] = scenarios["no-mfa"].users;
    if (user === undefined) throw new Error("nobody is there");
    const expired = { ...user, passwordState: { kind: "expired", minLength: 10 } } as const;
    const place = await enterWith(enter, STORED, { ...scenarios["no-mfa"], users: [expired, ...others] });
    const { see, type, end } = await place.sit(LINE, NO_PASSWORD);
    await see("has expired");
    type(ENTER);
    for (const question of ["New password ›", "New password again ›"]) {
      await see(question);
      type(`a better horse 2${ENTER}`);
    }
    const { shown, ...ended } = await end();
    expect(ended).toMatchObject(SIGNED_IN);
    expect(shown).toContain(`the stored password of jdoe at ${place.sandbox.organization} is not the newest any more; it was removed`);
    expect(keychainOf(place)).toEqual({});
  });

  test("is in no output, no file of ours and no DEBUG", async ({ enter }) => {
    const place = await enterWith(enter, STORED);
    const { stdout, stderr } = await place.run(LINE, { ...NO_PASSWORD, DEBUG: "*" });
    expect(stderr.length).toBeGreaterThan(100);
    expect([stdout.includes(STORED), stderr.includes(STORED)]).toEqual([false, false]);
    const { stderr: failed } = await place.run(["password", "store", "--pass", STORED], { DEBUG: "*" });
    expect(failed).toContain("Nonexistent flag: --pass");
    expect(failed).not.toContain(STORED);
  });
});
