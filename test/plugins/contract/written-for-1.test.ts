import type { EnrolledFactor } from "@aws-okta-processor/contract";
import { type FactorExample, factorChecks, formatChecks, packageChecks, shellChecks } from "@aws-okta-processor/contract/conformance";
import { expect, test } from "vitest";
import { runLines } from "../evaluate-in.ts";
import { realShell } from "../real-shells.ts";
import { failuresOf } from "./failures.ts";
import { factor } from "./written-for-1/factor.ts";
import { format } from "./written-for-1/format.ts";
import { contract, shell } from "./written-for-1/shell.ts";

// That these compile is the other half: they are part of `tsc -b test`.

const enrolled: EnrolledFactor = {
  key: "token:acme",
  factorType: "token",
  provider: "ACME",
  vendorName: undefined,
  profile: { asks: true },
};

test("a package.json that was written for contract 1 passes", async () => {
  const awsOktaProcessor = {
    contract,
    factors: { "token:*": "./a.js" },
    formats: { a: "./a.js" },
    shells: { a: "./a.js" },
    hosts: ["*.example.com"],
  };
  const prints = { a: ["roles", "credentials"] };
  expect(await failuresOf(packageChecks({ name: "a", oclif: {}, awsOktaProcessor: { ...awsOktaProcessor, prints } }))).toEqual({});
});

test("a factor that was written for contract 1 passes, whatever its programs and hosts do", async () => {
  const example: FactorExample = {
    enrolled,
    answer: "654321",
    fetch: async () => new Response("", { status: 200 }),
    run: async () => ({ exitCode: 0, stdout: "123456\n", stderr: "" }),
    states: [{ kind: "elsewhere", url: new URL("https://other.example.org/") }],
  };
  expect(await failuresOf(factorChecks(factor, { enrolled }))).toEqual({});
  expect(await failuresOf(factorChecks(factor, example))).toEqual({});
});

test("a format that was written for contract 1 passes", async () => {
  expect(await failuresOf(formatChecks(format, { template: "{role}" }))).toEqual({});
});

test("a shell that was written for contract 1 passes in the real one", async () => {
  const evaluate = (...outputs: readonly string[]) => runLines(realShell("sh"), outputs);
  expect(await failuresOf(shellChecks(shell, { evaluate, unsetEmpties: false }))).toEqual({});
});

test.each(["a kind of state that came later", "toString"])("a factor that was written for contract 1 ends in %s", async (kind) => {
  const host = undefined as never;
  expect(await factor.respond({ kind } as never, host, enrolled)).toMatchObject({ do: "give-up" });
});
