import { readFileSync } from "node:fs";
import { test } from "node:test";
import { packageChecks, shellChecks } from "@aws-okta-processor/contract/conformance";
import { shell } from "../dist/shell.js";
import { evaluateIn } from "./evaluate-in.ts";

const packageJson: unknown = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));

// `TEST_SHELL=rc npm test` brings hostile values through the real shell, too.
const program = process.env["TEST_SHELL"];
const example = program === undefined ? {} : { evaluate: evaluateIn(program) };

for (const { title, run } of [...packageChecks(packageJson), ...shellChecks(shell, example)]) test(title, run);
