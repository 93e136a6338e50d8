/**
 * Where a profile of `node --cpu-prof` says that the time went, by package, as a Markdown table; inside Node, by its own modules:
 * `node scripts/node24.cjs node test/bench/profile.ts FILE.cpuprofile`.
 */
import { readFileSync } from "node:fs";

interface Profile {
  readonly nodes: readonly { readonly id: number; readonly callFrame: { readonly functionName: string; readonly url: string } }[];
  readonly samples: readonly number[];
  /** In microseconds, since the sample before. */
  readonly timeDeltas: readonly number[];
}

const SHOWN = 25;

const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8")) as Profile;
const places = new Map(nodes.map(({ id, callFrame }) => [id, placeOf(callFrame)]));
const times = new Map<string, number>();
for (const [index, id] of samples.entries()) {
  const place = places.get(id) ?? "?";
  times.set(place, (times.get(place) ?? 0) + (timeDeltas[index] ?? 0) / 1000);
}
process.stdout.write("| Where | ms |\n|---|---|\n");
for (const [place, ms] of [...times].toSorted(([, a], [, b]) => b - a).slice(0, SHOWN))
  process.stdout.write(`| ${place} | ${ms.toFixed(1)} |\n`);

function placeOf({ functionName, url }: Profile["nodes"][number]["callFrame"]): string {
  if (url === "") return functionName === "" ? "(native)" : functionName.startsWith("(") ? functionName : "(native)";
  if (url.startsWith("node:")) return url;
  const [, name] = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url) ?? [];
  return name ?? url.replace(/^.*\/(?=(?:bin|dist)\/)/, "").replace(/^dist\/.*$/, "dist");
}
