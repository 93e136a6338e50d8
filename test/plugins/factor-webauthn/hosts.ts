import { spawn } from "node:child_process";
import type { FactorHost, Finished } from "@aws-okta-processor/contract";
import { type Conversation, conversation } from "../ask.ts";

/** A finished program as the host gives it back, with what it wrote to stderr. */
export interface Ran extends Finished {
  readonly stderr: string;
}

/** Where nothing but these two folders holds programs: that of the stand-in, or one that is not there. */
export function hostWith(bin: string, origin: string, ...answers: readonly string[]): Conversation {
  return lend({ origin, run: (command, args, stdin) => runIn(bin, [command, ...args], stdin) }, answers);
}

/** Where the programs answer what stands here under their command line; what is not listed here must not be run. */
export function hostOf(
  outputs: Readonly<Record<string, Partial<Ran> | undefined>>,
  ...answers: readonly string[]
): Conversation & { readonly inputs: readonly string[] } {
  const inputs: string[] = [];
  const run: FactorHost["run"] = async (command, args, stdin) => {
    const line = [command, ...args].join(" ");
    if (stdin !== undefined) inputs.push(stdin);
    if (!(line in outputs)) throw new Error(`nobody expected this to be run: ${line}`);
    const ran = outputs[line];
    return ran === undefined ? undefined : { exitCode: ran.stderr === undefined ? 0 : 1, stdout: "", stderr: "", ...ran };
  };
  return { ...lend({ run }, answers), inputs };
}

function lend(part: Partial<FactorHost>, answers: readonly string[]): Conversation {
  const talk = conversation(...answers);
  return { ...talk, host: { ...talk.host, ...part } };
}

/** In a session of its own, so that no program finds the terminal at which the tests may run. */
function runIn(bin: string, [command = "", ...args]: readonly string[], stdin = ""): Promise<Ran | undefined> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env: { PATH: bin }, detached: true });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (piece: Buffer) => (stdout += piece.toString()));
    child.stderr.on("data", (piece: Buffer) => (stderr += piece.toString()));
    child.once("error", (error) => ("code" in error && error.code === "ENOENT" ? resolve(undefined) : reject(error)));
    child.once("close", (exitCode) => resolve({ exitCode: exitCode ?? 128, stdout, stderr }));
    child.stdin.on("error", () => undefined);
    child.stdin.end(stdin);
  });
}
