import { UsageError } from "../errors.ts";
import type { Options } from "../options/options.ts";
import { Secret } from "../secret.ts";
import { firstLineOf } from "./command-line.ts";
import type { Parts } from "./parts.ts";

/** Whose password, for the question. */
export interface Who {
  readonly user: string;
  readonly org: string;
}

/**
 * The password, from where the options say, or asked for. Only a sign-in reads it: an answer from the cache leaves standard input alone and
 * runs nothing.
 *
 * @throws UsageError `NO_PASSWORD`, `COMMAND_FAILED` or `NO_TERMINAL`; CancelledError
 */
export async function readPassword(parts: Pick<Parts, "world" | "terminal">, options: Options, who: Who): Promise<Secret> {
  const { pass, passStdin, passwordCommand: line } = options;
  if (pass !== undefined) {
    warnOfFlag(parts, options, pass);
    return pass;
  }
  if (passStdin) return new Secret(await readInput(parts));
  if (line !== undefined) return new Secret(await firstLineOf({ line, from: options.from("password-command") }, parts.terminal));
  return askPassword(parts, who);
}

/** Whether the options say where it comes from: then no other place is looked at. */
export function isPasswordGiven({ pass, passStdin, passwordCommand }: Options): boolean {
  return pass !== undefined || passStdin || passwordCommand !== undefined;
}

/** A run has one object for the password that it was given. */
const warned = new WeakSet<Secret>();

/** Others on the machine see a command line without any rights; a variable and a dotfile they do not. */
function warnOfFlag({ world }: Pick<Parts, "world">, options: Options, pass: Secret): void {
  if (options.from("pass") !== "--pass" || options.silent || warned.has(pass)) return;
  warned.add(pass);
  world.writeDiagnosis("warning: others on this machine can see the password in --pass; --password-command and --pass-stdin hide it\n");
}

async function readInput({ world }: Pick<Parts, "world">): Promise<string> {
  const line = await world.readInput();
  if (line !== undefined && line !== "") return line;
  throw new UsageError(`standard input ${line === undefined ? "is a terminal" : "holds no password"} (--pass-stdin)`, {
    code: "NO_PASSWORD",
    hint: "pipe the password in, or leave --pass-stdin out to be asked for it",
  });
}

/** An empty password would be one of the attempts that lock an account. */
async function askPassword({ terminal }: Pick<Parts, "terminal">, { user, org }: Who): Promise<Secret> {
  const question = { message: `Password of ${user} at ${org}`, remedy: "give --password-command, --pass-stdin or AWS_OKTA_PASS" };
  for (;;) {
    const answer = await terminal.askSecret(question);
    if (answer !== "") return new Secret(answer);
  }
}
