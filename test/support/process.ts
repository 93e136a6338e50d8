import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The built program, as package.json's bin names it. */
export const PROGRAM = fileURLToPath(new URL("../../dist/run.cjs", import.meta.url));

/** What a run left behind. */
export interface Ran {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number | null;
}

export interface Surroundings {
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Another user, which only root can become. */
  readonly uid?: number | undefined;
  /** After which it is ended, and its exit code is null. */
  readonly timeoutMs?: number;
}

/** `authenticate --silent`, or a list where an argument holds a space. */
export type CommandLine = string | readonly string[];

export function words(line: CommandLine): readonly string[] {
  return typeof line === "string" ? line.split(" ").filter((word) => word !== "") : line;
}

/** Runs a command in a session of its own: no terminal, nothing to read, stdout and stderr apart. */
export async function runWithoutTerminal(
  [command = "", ...args]: readonly string[],
  { env, cwd, uid, timeoutMs = 25_000 }: Surroundings,
): Promise<Ran> {
  const user = uid === undefined ? {} : { uid, gid: uid };
  const child = spawn(command, args, {
    env,
    cwd,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    timeout: timeoutMs,
    killSignal: "SIGKILL",
    ...user,
  });
  const [stdout, stderr, exitCode] = await Promise.all([
    readAll(child.stdout),
    readAll(child.stderr),
    new Promise<number | null>((resolve, reject) => child.on("close", resolve).on("error", reject)),
  ]);
  return { stdout, stderr, exitCode };
}

async function readAll(stream: NodeJS.ReadableStream): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString("utf8");
}
