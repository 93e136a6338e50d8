import { readFile } from "node:fs/promises";
import type { Scenario } from "../scenario.ts";
import { scenarios } from "../scenarios/index.ts";
import { parseScenario } from "../scenarios/parse.ts";

/**
 * Finds a scenario by its name, or reads it from a JSON file; what the file leaves out is as in `default`.
 *
 * @throws Error that says what is wrong with which field
 */
export async function loadScenario(nameOrFile: string): Promise<Scenario> {
  const known: ReadonlyMap<string, Scenario> = new Map(Object.entries(scenarios));
  const found = known.get(nameOrFile);
  if (found !== undefined) return found;
  if (!nameOrFile.endsWith(".json"))
    throw new Error(`there is no scenario "${nameOrFile}"; there are ${[...known.keys()].join(", ")}, and files that end in .json`);
  return parseScenario(readJson(await readFile(nameOrFile, "utf8"), nameOrFile), scenarios.default);
}

function readJson(content: string, file: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    throw new Error(`${file} is not JSON`);
  }
}
