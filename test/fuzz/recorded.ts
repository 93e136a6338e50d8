import { type Scenario, scenarios } from "@aws-okta-processor/sandbox";
import { perform } from "../support/perform.ts";
import { openPlace, type Recorded } from "./place.ts";

/** Each shape of AWS's page, and one application and two. */
const RUNS: readonly (readonly [keyof typeof scenarios, string])[] = [
  ["default", "authenticate --role acme-dev/Developer"],
  ["page-legacy-split", "get-roles"],
  ["page-meta-data", "get-roles"],
  ["two-applications", "get-roles --all-applications"],
];

/** What the sandbox says while the program signs in, lists roles and fetches credentials. */
export async function recordReplies(): Promise<readonly Recorded[]> {
  const recorded = await Promise.all(RUNS.map(([scene, line]) => record(scenarios[scene], line)));
  return recorded.flat();
}

async function record(scenario: Scenario, line: string): Promise<readonly Recorded[]> {
  const recorded: Recorded[] = [];
  const place = await openPlace(scenario, (reply) => {
    recorded.push(reply);
    return reply;
  });
  try {
    const ran = await perform(line, { env: place.env, cwd: place.home });
    if (ran.exitCode !== 0) throw new Error(`nothing to record: ${ran.stderr}`);
  } finally {
    await place.close();
  }
  return recorded;
}
