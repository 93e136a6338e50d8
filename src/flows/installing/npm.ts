import type { Finished } from "@aws-okta-processor/contract";
import { RemoteError, UsageError } from "../../errors.ts";
import { runChild } from "../../terminal/run-child.ts";
import type { World } from "../../world.ts";

export interface NpmPlace extends Pick<World, "childEnv" | "signal" | "sleep" | "execPath"> {
  /** The file of npm's program. */
  readonly npm: string;
  /** In place of the registry that npm is configured with. */
  readonly registry: string | undefined;
}

/** Runs npm on a folder of packages, and never a script of one. */
export async function runNpm(place: NpmPlace, folder: string, args: readonly string[]): Promise<Finished> {
  const registry = place.registry === undefined ? [] : [`--registry=${place.registry}`];
  const always = ["--prefix", folder, "--ignore-scripts", "--legacy-peer-deps", "--install-links", "--omit=dev", "--no-audit", "--no-fund"];
  const program = {
    command: place.execPath,
    args: [place.npm, ...args, ...always, "--loglevel=error", ...registry],
    name: "npm",
    stdin: "",
  };
  const finished = await runChild({ ...program, readErrors: true }, place, undefined);
  if (finished === undefined) throw new UsageError("npm cannot be run", { code: "COMMAND_FAILED" });
  return finished;
}

/** What npm says that it could not do, in one line. */
export function npmFailed(what: string, { stderr }: Finished): UsageError | RemoteError {
  const lines = [...stderr.matchAll(/^npm error (.*)$/gm)].map(([, line = ""]) => line.trim());
  const code = lines.find((line) => line.startsWith("code "))?.slice("code ".length);
  const told = lines.filter((line) => line !== "" && !/^(?:code|syscall|errno|path|dest|A complete log)\b/.test(line));
  const reason = told[0]?.replace(/^(?:\d{3}|network|notarget|enoent) /, "") ?? code ?? "it does not say why";
  const message = `npm cannot get ${what}: ${reason}`;
  const hint = "look at its name, at the registry and at the network: npm view does the same";
  if (code === "E404" || code === "ETARGET" || code === "EINVALIDTAGNAME" || code === "ENOENT" || code === "EUNSUPPORTEDPROTOCOL")
    return new UsageError(message, { code: "PACKAGE_UNKNOWN", hint });
  return new RemoteError(message, { code: "NPM_FAILED", hint });
}
