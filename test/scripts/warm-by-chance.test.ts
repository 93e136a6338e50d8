import fc from "fast-check";
import { expect, test } from "vitest";
import { useFolder } from "../support/folder.ts";
import { PROGRAM, runWithoutTerminal } from "../support/process.ts";
import { filesIn, fullAnswer, type Scene, scene, setUp } from "../warm/scenes.ts";

const WITHOUT_WARM = `--require=${new URL("../support/without-warm.cjs", import.meta.url).pathname}`;

/** Processes are dear, so that what is the same every time is: those that ask a network are left out. */
const SCENES = fc.sample(scene, { numRuns: 260, seed: 20261125 });
const WORKERS = 4;

async function compare(given: Scene): Promise<boolean> {
  const folder = useFolder();
  const world = setUp(folder, given);
  const isAnswered = (await fullAnswer(world)) !== undefined;
  if (!isAnswered && (world.options !== undefined || world.argv[2] !== "authenticate")) return false;
  const { env, cwd } = { ...world.outside, env: { ...world.outside.env, PATH: process.env["PATH"] ?? "" } };
  const run = (options: Readonly<Record<string, string>>) =>
    runWithoutTerminal([process.execPath, PROGRAM, ...world.argv.slice(2)], { env: { ...env, ...options, XDG_CACHE_HOME: "" }, cwd });
  const before = filesIn(folder.path);
  const answer = await run({});
  expect(filesIn(folder.path).filter((file) => !file.includes("/v8/"))).toEqual(before);
  expect(answer, world.argv.join(" ")).toEqual(await run({ NODE_OPTIONS: WITHOUT_WARM }));
  return answer.exitCode === 0;
}

test("with and without its short cut the program prints the same, ends the same way and touches the same files", async () => {
  const left = [...SCENES];
  const outcomes: boolean[] = [];
  const work = async () => {
    for (let given = left.pop(); given !== undefined; given = left.pop()) outcomes.push(await compare(given));
  };
  await Promise.all(Array.from({ length: WORKERS }, work));
  expect(outcomes.filter((answered) => answered).length).toBeGreaterThan(20);
});
