/**
 * Throws hostile text at every reader and writer, and at the whole program, for as long as it is told: `npm run fuzz -- 30` for half an hour.
 *
 *   MINUTES        5 where none are given; no target is left out, however few
 *   --seed NUMBER  of the first round, to have a round again; each round that follows has the next
 *   --only WORDS   the targets whose names have these words
 *
 * Ends with 1 at the first counterexample, and says by which seed it is found again.
 */
import { parseArgs } from "node:util";
import fc from "fast-check";
import { allTargets } from "./all.ts";
import { programTarget } from "./program.ts";
import type { Target } from "./target.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: "string" }, only: { type: "string", default: "" } },
});
const minutes = Number(positionals[0] ?? 5);
const firstSeed = Number(values.seed ?? Date.now() % 2 ** 31);
if (!(minutes > 0) || !Number.isSafeInteger(firstSeed)) {
  process.stderr.write("usage: npm run fuzz -- [MINUTES] [--seed NUMBER] [--only WORDS]\n");
  process.exit(2);
}

const everything = [...(await allTargets()), programTarget("here", 40), programTarget("in a process", 10)];
const targets = everything.filter(({ name }) => name.includes(values.only));
const until = Date.now() + minutes * 60_000;
const counts = new Map<Target, number>(targets.map((target) => [target, 0]));

process.stdout.write(`${targets.length} targets, ${minutes} minutes, seed ${firstSeed}\n`);
let seed = firstSeed;
do {
  for (const target of targets) {
    if (seed !== firstSeed && Date.now() >= until) break;
    await throwAt(target, seed);
  }
  seed += 1;
} while (Date.now() < until && targets.length > 0);
tell();
process.exit();

async function throwAt(target: Target, roundSeed: number): Promise<void> {
  const details = await fc.check(target.property, { numRuns: target.cases, seed: roundSeed });
  counts.set(target, (counts.get(target) ?? 0) + details.numRuns);
  if (!details.failed) return;
  tell();
  process.stderr.write(
    `\n${target.name} fails with --seed ${roundSeed} --only "${target.name}"\n${fc.defaultReportMessage(details) ?? ""}\n`,
  );
  process.exit(1);
}

function tell(): void {
  for (const [{ name }, cases] of counts) process.stdout.write(`${String(cases).padStart(9)}  ${name}\n`);
  const sum = [...counts.values()].reduce((all, cases) => all + cases, 0);
  process.stdout.write(`${String(sum).padStart(9)}  cases, seeds ${firstSeed} to ${Math.max(firstSeed, seed - 1)}\n`);
}
