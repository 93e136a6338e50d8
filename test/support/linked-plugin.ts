import path from "node:path";
import { writePrivately } from "./kept.ts";
import type { Place } from "./sandbox-home.ts";

/** A plugin under development with one CommonJS module, `./module.cjs`. */
export interface LinkedPlugin {
  readonly name: string;
  /** What its package.json offers, the contract's number aside. */
  readonly block: Readonly<Record<string, unknown>>;
  readonly module: string;
}

/** Leaves it as `plugins link` does. */
export async function linkPlugin({ home }: Place, { name, block, module }: LinkedPlugin): Promise<void> {
  const root = path.join(home, name);
  const packageJson = { name, version: "1.0.0", oclif: {}, awsOktaProcessor: { contract: 1, ...block } };
  const list = { oclif: { plugins: [{ type: "link", name, root }] } };
  await writePrivately(path.join(root, "package.json"), JSON.stringify(packageJson));
  await writePrivately(path.join(root, "module.cjs"), module);
  await writePrivately(path.join(home, ".local/share/aws-okta-processor/package.json"), JSON.stringify(list));
}
