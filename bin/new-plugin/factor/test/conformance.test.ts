import { readFileSync } from "node:fs";
import { test } from "node:test";
import { factorChecks, packageChecks } from "@aws-okta-processor/contract/conformance";
import { factor } from "../dist/factor.js";
import { enrolled } from "./enrolled.ts";

const packageJson: unknown = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));

for (const { title, run } of [...packageChecks(packageJson), ...factorChecks(factor, { enrolled })]) test(title, run);
