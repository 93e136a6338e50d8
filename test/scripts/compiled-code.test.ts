/** What V8 compiled of the program is code that the next run executes. */
import { chmodSync, existsSync, mkdirSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { PROGRAM } from "../support/process.ts";
import { test } from "../support/sandbox-home.ts";

const FOLDER = "aws-okta-processor/v8";
const modeOf = (file: string) => (statSync(file).mode & 0o777).toString(8);

test.concurrent("it is kept where its owner alone may write, whatever the umask", async ({ enter }) => {
  const { home, sitAt } = await enter("no-mfa");
  const cache = path.join(home, "cache");
  const line = `umask 000; '${process.execPath}' '${PROGRAM}' extensions > /dev/null`;
  await (await sitAt(["sh", "-c", line], { XDG_CACHE_HOME: cache })).end();
  expect([modeOf(path.join(cache, FOLDER)), readdirSync(path.join(cache, FOLDER)).length]).toEqual(["700", 1]);
});

test.concurrent("it is neither kept nor believed where others may write", async ({ enter }) => {
  const { home, run } = await enter("no-mfa");
  const folder = path.join(home, "cache", FOLDER);
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o777);
  expect(await run("extensions", { XDG_CACHE_HOME: path.join(home, "cache") })).toMatchObject({ stderr: "", exitCode: 0 });
  expect(readdirSync(folder)).toEqual([]);
});

test.concurrent("it is not left in the working directory", async ({ enter }) => {
  const { cwd, run } = await enter("no-mfa");
  expect(await run("extensions", { XDG_CACHE_HOME: "cache" })).toMatchObject({ stderr: "", exitCode: 0 });
  expect(existsSync(path.join(cwd, "cache"))).toBe(false);
});
