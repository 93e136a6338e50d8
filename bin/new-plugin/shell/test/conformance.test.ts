import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { pluginChecks } from "@aws-okta-processor/contract/conformance";
import { evaluateIn } from "./evaluate-in.ts";

// What every plugin must hold: a check that fails says what the contract asks for and what was seen.
const folder = fileURLToPath(new URL("..", import.meta.url));

// `TEST_SHELL={{name}} npm test` brings hostile values through the real shell, too.
const program = process.env["TEST_SHELL"];
const examples = { shells: { "{{name}}": program === undefined ? {} : { evaluate: evaluateIn(program) } } };

for (const { title, run } of await pluginChecks(folder, examples)) test(title, run);
