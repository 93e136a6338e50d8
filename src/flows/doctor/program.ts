import { type Finding, note, ok, warning } from "./finding.ts";

/** As oclif and package.json tell of this program. */
export interface ProgramFacts {
  /** `aws-okta-processor/0.1.0 linux-x64 node-v24.1.0` */
  readonly userAgent: string;
  /** `>=22.22.2` */
  readonly engines: string;
}

export function lookAtProgram({ userAgent, engines }: ProgramFacts): readonly Finding[] {
  const [program = "", platform = "", node = ""] = userAgent.split(" ");
  const version = node.replace(/^node-v/, "");
  const least = engines.replace(/^>=/, "");
  const what = `${program.replace("/", " ")}, Node ${version}, ${platform}`;
  if (!isOlder(version, least)) return [ok(what)];
  return [warning(what, { why: `Node ${least} is the oldest that is tested`, fix: `install Node ${least} or a newer one` })];
}

function isOlder(version: string, least: string): boolean {
  const [ours = [], theirs = []] = [version, least].map((text) => text.split(".").map((part) => Number.parseInt(part, 10)));
  const at = theirs.findIndex((part, index) => part !== ours[index]);
  return at !== -1 && (ours[at] ?? 0) < (theirs[at] ?? 0);
}

/** Others may be somebody's own, and their names tell of whom. */
const SHELLS: ReadonlySet<string> = new Set([
  "bash",
  "cmd.exe",
  "dash",
  "elvish",
  "fish",
  "ksh",
  "nu",
  "powershell.exe",
  "pwsh",
  "sh",
  "tcsh",
  "xonsh",
  "zsh",
]);

/** @param ancestors the programs that called this one, the nearest first */
export function lookAtTerminal(attended: boolean, ancestors: readonly string[]): readonly Finding[] {
  const shell = ancestors.find((name) => SHELLS.has(name));
  const caller = shell === undefined ? [] : [note(`the shell is ${shell}`)];
  if (attended) return [ok("there is a terminal to ask at"), ...caller];
  return [note("there is no terminal here", "whatever would be asked must be given by options, variables or dotfiles"), ...caller];
}
