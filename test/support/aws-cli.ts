import { spawnSync } from "node:child_process";
import type { CommandLine } from "./process.ts";
import { words } from "./process.ts";
import type { Place } from "./sandbox-home.ts";

/** The AWS CLI: the system's own first, for what a person has put before it in PATH may need that person's home. */
export const AWS_CLI = ["/usr/bin/aws", "aws"].find((command) => spawnSync(command, ["--version"], { stdio: "ignore" }).status === 0);

/** A command line for the sandbox's STS; not every version reads its address from a variable. */
export function awsCommand({ sandbox }: Place, line: CommandLine): readonly string[] {
  return [AWS_CLI ?? "aws", "--endpoint-url", sandbox.stsUrl, "--region", "us-east-1", "--output", "text", ...words(line)];
}
