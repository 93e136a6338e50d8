import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { type Scenario, scenarios } from "@aws-okta-processor/sandbox";
import { describe, expect } from "vitest";
import { bundledNames } from "../support/bundled.ts";
import { type Place, test } from "../support/sandbox-home.ts";
import { listGoldens, readCases, readGolden, readScenes } from "./files.ts";

const cases = await readCases();
const scenes = await readScenes();

const kept = cases.flatMap((golden) => ("kept" in golden ? [golden] : []));
const listed = cases.flatMap((golden) => ("scene" in golden ? [golden] : []));

describe.each([
  ["from the cache", "run"],
  ["by the full program", "perform"],
] as const)("authenticate prints the original's bytes %s", (_, by) => {
  test.concurrent.for(kept)("$golden", async ({ golden, argv, kept: [name, content] }, { enter }) => {
    const place = await enter("no-mfa");
    await mkdir(path.dirname(path.join(place.home, name)), { recursive: true, mode: 0o700 });
    await writeFile(path.join(place.home, name), content, { mode: 0o600 });
    const ran = await place[by](argv, { AWS_OKTA_ORGANIZATION: "acme.okta.com" });
    expect(ran).toEqual({ stdout: await readGolden(golden), stderr: "", exitCode: 0 });
    expect(place.sandbox.count()).toBe(0);
  });
});

describe("get-roles prints the original's bytes", () => {
  test.concurrent.for(listed)("$golden", async ({ golden, argv, env, scene }, { enter }) => {
    const place = await enter(sceneOf(scene));
    const expected = withPlace(await readGolden(golden), place);
    expect(await place.perform(argv, env)).toEqual({ stdout: expected, stderr: "", exitCode: 0 });
  });
});

test("every golden file is what a command line prints", async () => {
  const files = await listGoldens();
  expect(files.toSorted()).toEqual(cases.map(({ golden }) => golden).toSorted());
});

describe("two quirks of the original end", () => {
  test.concurrent.for([
    ["shell", "an unknown shell is an error that lists what is installed, and not bash", "authenticate -e --target-shell nosh"],
    ["format", "an unknown format is an error that lists what is installed, and not text", "get-roles --output nosh"],
  ] as const)("$1", async ([kind, , line], { enter }) => {
    const { perform, sandbox } = await enter("no-mfa");
    const { stdout, stderr, exitCode } = await perform(line);
    const installed = bundledNames(({ shell: "shells", format: "formats" } as const)[kind]);
    expect(stderr).toMatch(new RegExp(`there is no ${kind} "nosh" \\(--[a-z-]+\\)\ninstalled: ${installed}\n$`));
    expect({ stdout, exitCode, calls: sandbox.count() }).toEqual({ stdout: "", exitCode: 2, calls: 0 });
  });
});

/** The sandbox's own, with the accounts and roles that make.py wrote down. */
function sceneOf(name: string): Scenario {
  return { ...scenarios["no-mfa"], accounts: scenes.find(({ scene }) => scene === name)?.accounts ?? [] };
}

function withPlace(golden: string, { sandbox }: Place): string {
  return golden.replaceAll("@ORGANIZATION@", sandbox.organization).replaceAll("@APPLICATION@", sandbox.applicationUrl());
}
