import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "vitest";
import { callsOf } from "../support/calls.ts";
import {
  DEVELOPER_SESSION,
  inSeconds,
  ORIGINAL_ANSWER,
  originalCredentials,
  sessionFile,
  sharedFile,
  writePrivately,
} from "../support/kept.ts";
import { ADMINISTRATOR, CREDENTIALS_JSON, DEVELOPER, READER } from "../support/sample.ts";
import { test } from "../support/sandbox-home.ts";

const SIGN_IN = ["POST /api/v1/authn", "POST /api/v1/sessions"];
const REFRESH = "POST /api/v1/sessions/me/lifecycle/refresh";
const ASSUME = ["GET /api/v1/users/me/appLinks", "GET /home/amazon_aws/*/272", "sts AssumeRoleWithSAML"];

/** A session is prolonged beside the line, before or after what the line asks. */
function refreshLast(calls: readonly string[]): readonly string[] {
  return calls.toSorted((a, b) => Number(a === REFRESH) - Number(b === REFRESH));
}

async function readJson(file: string): Promise<unknown> {
  return JSON.parse(await readFile(file, "utf8"));
}

async function modeOf(file: string): Promise<string> {
  return ((await stat(file)).mode & 0o777).toString(8);
}

test.concurrent("credentials and session are kept where the original keeps them, closed to others, beside an entry of our own", async ({
  enter,
}) => {
  const place = await enter("no-mfa");
  await place.run(`authenticate --role ${DEVELOPER}`);
  const own = path.join(place.home, ".aws-okta-processor/cache/credentials");
  const [ownEntry, ...others] = await readdir(own);
  expect(others).toEqual([]);
  expect(await readdir(path.join(place.home, ".aws/boto/cache"))).toEqual([path.basename(sharedFile(place))]);
  for (const file of [sharedFile(place), sessionFile(place), path.join(own, ownEntry ?? "")]) {
    expect(await modeOf(file), file).toBe("600");
    expect(await modeOf(path.dirname(file)), path.dirname(file)).toBe("700");
  }
});

test.concurrent("kept credentials have the shape that the original reads", async ({ enter }) => {
  const place = await enter("no-mfa");
  const { stdout } = await place.perform(`authenticate --role ${DEVELOPER}`);
  const { Version: _, ...credentials } = JSON.parse(stdout) as Record<string, unknown>;
  expect(await readJson(sharedFile(place))).toMatchObject({
    Credentials: credentials,
    AssumedRoleUser: { AssumedRoleId: expect.stringMatching(/^AROA\w+:jdoe@example\.com$/), Arn: DEVELOPER_SESSION },
  });
});

test.concurrent("a kept session is Okta's own answer, with whose it is appended last", async ({ enter }) => {
  const place = await enter("no-mfa");
  await place.perform(`authenticate --role ${DEVELOPER}`);
  const session = (await readJson(sessionFile(place))) as Record<string, unknown>;
  expect(session).toMatchObject({ id: expect.any(String), login: "jdoe@example.com", expiresAt: expect.stringMatching(/^\d{4}-.*Z$/) });
  expect(Object.entries(session).at(-1)).toEqual(["aws-okta-processor", { user_name: "jdoe", organization: place.sandbox.organization }]);
});

test.concurrent("two roles without a key do not evict each other", async ({ enter }) => {
  const { sandbox, run } = await enter("no-mfa");
  const developer = await run(`authenticate --role ${DEVELOPER}`);
  const reader = await run(`authenticate --role ${READER}`);
  const calls = sandbox.count();
  expect(await run(`authenticate --role ${DEVELOPER}`)).toMatchObject({ stdout: developer.stdout });
  expect(await run(`authenticate --role ${READER}`)).toMatchObject({ stdout: reader.stdout });
  expect(sandbox.count()).toBe(calls);
});

test.concurrent("a key names the shared entry, and an empty variable is a key of its own", async ({ enter }) => {
  const place = await enter("no-mfa");
  await place.perform(`authenticate --role ${DEVELOPER} --key role_one`);
  await place.perform(`authenticate --role ${DEVELOPER}`, { AWS_OKTA_KEY: "" });
  const names = await readdir(path.join(place.home, ".aws/boto/cache"));
  expect(names.sort()).toEqual([sharedFile(place, '"role_one"'), sharedFile(place, '""')].map((file) => path.basename(file)).sort());
});

test.concurrent("--no-aws-cache fetches new credentials with the kept session, and keeps them", async ({ enter }) => {
  const { sandbox, perform } = await enter("no-mfa");
  const first = await perform(`authenticate --role ${DEVELOPER}`);
  const calls = sandbox.count();
  const second = await perform(`authenticate --role ${DEVELOPER} --no-aws-cache`);
  expect(refreshLast(callsOf(sandbox, calls))).toEqual([...ASSUME, REFRESH]);
  expect(second.stdout).toMatch(CREDENTIALS_JSON);
  expect(second.stdout).not.toBe(first.stdout);
  expect(await perform(`authenticate --role ${DEVELOPER}`)).toMatchObject({ stdout: second.stdout });
});

test.concurrent("--no-okta-cache signs in again, and keeps the new session", async ({ enter }) => {
  const place = await enter("no-mfa");
  await place.perform(`authenticate --role ${DEVELOPER}`);
  const before = await readFile(sessionFile(place), "utf8");
  const calls = place.sandbox.count();
  await place.perform(`authenticate --role ${DEVELOPER} --no-aws-cache --no-okta-cache`);
  expect(callsOf(place.sandbox, calls)).toEqual([...SIGN_IN, ...ASSUME]);
  expect(await readFile(sessionFile(place), "utf8")).not.toBe(before);
});

test.concurrent("a kept session that Okta has ended is replaced by a new sign-in", async ({ enter }) => {
  const { sandbox, perform } = await enter("no-mfa");
  await perform(`authenticate --role ${DEVELOPER}`);
  sandbox.endSessions();
  const calls = sandbox.count();
  expect(await perform(`authenticate --role ${DEVELOPER} --no-aws-cache`)).toMatchObject({ exitCode: 0 });
  expect(refreshLast(callsOf(sandbox, calls))).toEqual(["GET /api/v1/users/me/appLinks", ...SIGN_IN, ...ASSUME, REFRESH]);
});

test.concurrent("get-roles and authenticate share one session", async ({ enter }) => {
  const { sandbox, perform } = await enter("no-mfa");
  await perform("get-roles");
  const calls = sandbox.count();
  await perform(`authenticate --role ${DEVELOPER}`, { AWS_OKTA_PASS: undefined });
  expect(refreshLast(callsOf(sandbox, calls))).toEqual([...ASSUME, REFRESH]);
});

test.concurrent("credentials that the original kept are served, for the role that they are of or for none", async ({ enter }) => {
  const place = await enter("no-mfa");
  await writePrivately(sharedFile(place), originalCredentials());
  expect(await place.run("authenticate")).toEqual({ stdout: ORIGINAL_ANSWER, stderr: "", exitCode: 0 });
  expect(await place.run(`authenticate --role ${DEVELOPER}`)).toEqual({ stdout: ORIGINAL_ANSWER, stderr: "", exitCode: 0 });
  expect(place.sandbox.count()).toBe(0);
});

test.concurrent("credentials that the original kept of another role are not served", async ({ enter }) => {
  const place = await enter("no-mfa");
  await writePrivately(sharedFile(place), originalCredentials());
  const { stdout } = await place.perform(`authenticate --role ${ADMINISTRATOR}`);
  expect(stdout).toMatch(CREDENTIALS_JSON);
});

test.concurrent("credentials that the original kept after asking for everything are served", async ({ enter }) => {
  const place = await enter("no-mfa");
  await writePrivately(path.join(place.home, ".aws/boto/cache/6f9a9cafb1bc5a307de8fbcf113bce5c67a583b1.json"), originalCredentials());
  const ran = await place.perform("authenticate", { AWS_OKTA_USER: undefined, AWS_OKTA_ORGANIZATION: undefined });
  expect(ran).toEqual({ stdout: ORIGINAL_ANSWER, stderr: "", exitCode: 0 });
});

test.concurrent("kept credentials are renewed ten minutes before they end", async ({ enter }) => {
  const place = await enter("no-mfa");
  await writePrivately(sharedFile(place), originalCredentials(inSeconds(640)));
  expect((await place.perform("authenticate")).stdout).toContain("ASIAORIGINAL");
  await writePrivately(sharedFile(place), originalCredentials(inSeconds(598)));
  expect((await place.perform(`authenticate --role ${DEVELOPER}`)).stdout).toMatch(CREDENTIALS_JSON);
});

test.concurrent("a session that the original kept is used", async ({ enter }) => {
  const place = await enter("no-mfa");
  await place.perform("get-roles");
  const { id, expiresAt } = (await readJson(sessionFile(place))) as Record<string, unknown>;
  const mark = { user_name: "jdoe", organization: place.sandbox.organization };
  await writePrivately(sessionFile(place), JSON.stringify({ id, userId: "00u1", status: "ACTIVE", expiresAt, "aws-okta-processor": mark }));
  const calls = place.sandbox.count();
  expect(await place.perform(`authenticate --role ${DEVELOPER}`)).toMatchObject({ exitCode: 0 });
  expect(refreshLast(callsOf(place.sandbox, calls))).toEqual([...ASSUME, REFRESH]);
});

test.concurrent.for(["", "{", '{"Credentials": {"AccessKeyId": "ASIATORN"}}', '"text"', "[]"])(
  "torn files, %j, are misses and are healed",
  async (torn, { enter }) => {
    const place = await enter("no-mfa");
    await writePrivately(sharedFile(place), torn);
    await writePrivately(sessionFile(place), torn);
    const first = await place.perform(`authenticate --role ${DEVELOPER}`);
    expect(first).toMatchObject({ stdout: expect.stringMatching(CREDENTIALS_JSON), stderr: `Role: ${DEVELOPER}\n`, exitCode: 0 });
    await rm(path.join(place.home, ".aws-okta-processor/cache/credentials"), { recursive: true });
    expect(await place.perform(`authenticate --role ${DEVELOPER}`)).toMatchObject({ stdout: first.stdout });
  },
);

test.concurrent("a kept file that others can read is closed, and the user is told", async ({ enter }) => {
  const place = await enter("no-mfa");
  await mkdir(path.dirname(sessionFile(place)), { recursive: true, mode: 0o700 });
  await writeFile(sessionFile(place), "{}", { mode: 0o644 });
  const { stderr, exitCode } = await place.perform(`authenticate --silent --role ${DEVELOPER}`);
  expect(stderr).toBe(`warning: ${sessionFile(place)} was open to other users (mode 644) and is not any more\n`);
  expect(exitCode).toBe(0);
  expect(await modeOf(sessionFile(place))).toBe("600");
});

test.concurrent("caches that cannot be written cost one warning, never the answer", async ({ enter }) => {
  const place = await enter("no-mfa");
  await writePrivately(path.join(place.home, ".aws-okta-processor"), "a file in the way");
  await writePrivately(path.join(place.home, ".aws"), "a file in the way");
  const { stdout, stderr, exitCode } = await place.run(`authenticate --silent --role ${DEVELOPER}`);
  expect(stdout).toMatch(CREDENTIALS_JSON);
  expect(exitCode).toBe(0);
  expect(stderr).toBe(`warning: cannot write ${sessionFile(place)}: ENOTDIR, not a directory\n`);
});
