/** The whole program, between a sandbox and a door that changes one of its replies. */
import assert from "node:assert/strict";
import { scenarios } from "@aws-okta-processor/sandbox";
import fc from "fast-check";
import { perform } from "../support/perform.ts";
import { PROGRAM, type Ran, runWithoutTerminal, words } from "../support/process.ts";
import { edit, edits, reshape, reshapings } from "./hostile.ts";
import { openPlace, type Recorded } from "./place.ts";
import { assertShown, type Target, targetOf } from "./target.ts";

const SCENE = {
  ...scenarios.default,
  title: "The password is enough.",
  users: scenarios.default.users.map((user) => ({ ...user, factors: [] })),
};

const LINES = [
  "authenticate --role acme-dev/Developer",
  "authenticate --role acme-dev/Developer --environment --target-shell bash",
  "get-roles --output json",
  "get-roles --output table",
] as const;

/** Of the seven replies of a line each has its turn. */
const runs = fc.record({
  line: fc.constantFrom(...LINES),
  turn: fc.nat(7),
  status: fc.option(fc.constantFrom(200, 400, 401, 403, 404, 500), { nil: undefined, freq: 4 }),
  shaped: fc.boolean(),
  shape: reshapings,
  text: edits,
});

type Run = typeof runs extends fc.Arbitrary<infer One> ? One : never;

/** @param way `in a process`: the built program; `here`: the same without one, which costs a tenth */
export function programTarget(way: "in a process" | "here", cases: number): Target {
  return targetOf(
    `the program ${way}`,
    cases,
    fc.asyncProperty(runs, (run) => play(run, way)),
  );
}

async function play(run: Run, way: "in a process" | "here"): Promise<void> {
  let turn = 0;
  const place = await openPlace(SCENE, (reply) => (turn++ === run.turn ? changeReply(reply, run) : reply));
  try {
    const at = { env: place.env, cwd: place.home };
    const ran =
      way === "here" ? await perform(run.line, at) : await runWithoutTerminal([process.execPath, PROGRAM, ...words(run.line)], at);
    check(run, ran);
  } finally {
    await place.close();
  }
}

function changeReply(reply: Recorded, { status, shaped, shape, text }: Run): Recorded {
  const isJson = reply.contentType.includes("json");
  return { ...reply, status: status ?? reply.status, body: isJson && shaped ? reshape(reply.body, shape) : edit(reply.body, text) };
}

/** Whole and nothing else on standard output, or nothing, and then a reason of at most two lines. */
function check({ line }: Run, { stdout, stderr, exitCode }: Ran): void {
  assert([0, 2, 3, 4].includes(exitCode ?? -1), `exit code ${String(exitCode)}: ${stderr}`);
  assert.doesNotMatch(stderr, /\n\s+at |node:internal|\bBUG\b/);
  const lines = stderr.split("\n").slice(0, -1);
  lines.forEach(assertShown);
  if (exitCode !== 0) {
    assert.equal(stdout, "");
    assert(lines.length >= 1 && lines.length <= 6, stderr);
  } else if (line.includes("json")) JSON.parse(stdout);
  else if (line.includes("--environment")) assert.match(stdout, /^export AWS_ACCESS_KEY_ID='[!-~]+' && .*\n$/);
  else if (line.startsWith("authenticate")) assert.equal((JSON.parse(stdout) as { Version: unknown }).Version, 1);
  else assert.match(stdout, /^ACCOUNT[^\p{Cc}]*\n(?:[^\p{Cc}]*\n)*$/u);
}
