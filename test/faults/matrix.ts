/**
 * Every fault at every request of the line, in processes of the built program: `npm run faults`. Prints what came of each and writes it to
 * test/bench/results/faults.json, and the table to docs/faults.md.
 */
import { writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { type Cell, tryCell } from "./cell.ts";
import { FAULTS } from "./faults.ts";
import { REQUESTS } from "./requests.ts";
import { renderTable, writeTable } from "./table.ts";

const [, , only = ""] = process.argv;
const pairs = FAULTS.flatMap((kind) => REQUESTS.map((request) => ({ kind, request }))).filter(({ kind, request }) =>
  `${kind.name} at ${request.name}`.includes(only),
);

const started = performance.now();
const cells = await tryAll();
const count = (which: (cell: Cell) => boolean): number => cells.filter(which).length;
const summary = {
  tried: cells.length,
  recovered: count(({ outcome }) => outcome === "recovered"),
  refused: count(({ outcome }) => outcome === "refused"),
  hung: count(({ outcome }) => outcome === "hung"),
  wrong: count(({ outcome }) => outcome === "wrong"),
  leaked: cells.flatMap(({ leaks }) => leaks).length,
  lost: cells.flatMap(({ lost }) => lost).length,
  resubmitted: cells.reduce((sum, { resubmitted }) => sum + resubmitted, 0),
  seconds: Math.round((performance.now() - started) / 1000),
};
process.stdout.write(`${renderTable(cells)}\n\n`);
for (const cell of cells.filter(isBad)) process.stdout.write(`${JSON.stringify(cell, undefined, 1)}\n`);
process.stdout.write(`${JSON.stringify(summary)}\n`);
if (only === "") {
  writeFileSync(fileURLToPath(new URL("../bench/results/faults.json", import.meta.url)), renderJson());
  writeTable(cells);
}
process.exitCode = cells.some(isBad) ? 1 : 0;

/** Most of them wait more than they work. */
async function tryAll(): Promise<readonly Cell[]> {
  const left = [...pairs];
  const done: Cell[] = [];
  const work = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const cell = await tryCell(next.request, next.kind);
      if (cell !== undefined) done.push(cell);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() * 3 }, work));
  return done;
}

function isBad({ outcome, leaks, lost, resubmitted }: Cell): boolean {
  return outcome === "hung" || outcome === "wrong" || leaks.length + lost.length + resubmitted > 0;
}

function renderJson(): string {
  const sorted = pairs.flatMap(
    ({ kind, request }) => cells.find((cell) => cell.fault === kind.name && cell.request === request.name) ?? [],
  );
  const rows = sorted.map(({ fault, request, outcome, exitCode, told }) => ({
    fault,
    request,
    outcome,
    exitCode,
    told: told.map(withoutPorts),
  }));
  const lines = rows.map((row) => `    ${JSON.stringify(row)}`).join(",\n");
  return `{\n  "summary": ${JSON.stringify(summary)},\n  "cells": [\n${lines}\n  ]\n}\n`;
}

function withoutPorts(line: string): string {
  return line.replaceAll(/127\.0\.0\.1:\d+/g, "127.0.0.1");
}
