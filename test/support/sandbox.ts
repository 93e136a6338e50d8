import { type Fault, type Sandbox, type SandboxOptions, type Scenario, scenarios, startSandbox } from "@aws-okta-processor/sandbox";
import { onTestFinished } from "vitest";
import { createSend } from "../../src/http/send.ts";
import type { Org } from "../../src/okta/org.ts";
import type { TestWorld } from "./world.ts";

/** A scenario by its name, or one of a test's own. */
export type Scene = keyof typeof scenarios | Scenario;

export async function useSandbox(scene: Scene = "default", options: Omit<SandboxOptions, "scenario"> = {}): Promise<Sandbox> {
  const sandbox = await startSandbox({ ...options, scenario: typeof scene === "string" ? scenarios[scene] : scene });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

/** A scenario in which some replies are others. */
export function faulty(scene: keyof typeof scenarios, ...faults: readonly Fault[]): Scenario {
  return { ...scenarios[scene], faults };
}

/** A reply of the sandbox's in whose place this JSON comes; status 200 where none is told. */
export function replies(on: string, body: unknown, fault: Partial<Fault> = {}): Fault {
  return { on, status: 200, body: JSON.stringify(body), ...fault };
}

/** The org of a sandbox, spoken to as the program does. */
export function orgOf(sandbox: Pick<Sandbox, "organization" | "origin">, world: TestWorld): Org {
  return { name: sandbox.organization, origin: sandbox.origin, send: createSend(world, { userAgent: "test/1", signal: world.signal }) };
}

/** What was asked and how it was answered, one line each, with ids cut to their kind. */
export function callsOf({ calls }: Pick<Sandbox, "calls">): readonly string[] {
  return calls.map(({ method, path, action, status }) =>
    [method, path.replace(/(factors\/[a-z]{3})\w+/, "$1").replace(/(0oa|exk)\w+/, "$1"), action, status]
      .filter((part) => part !== undefined)
      .join(" "),
  );
}
