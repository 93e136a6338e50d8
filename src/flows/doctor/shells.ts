import { readFileSync, realpathSync, statSync } from "node:fs";
import path from "node:path";
import { parseConfigFile } from "../../aws/config-file.ts";
import { configFileOf } from "../../aws/config-file-path.ts";
import { findProgram } from "../../find-program.ts";
import type { World } from "../../world.ts";
import { type Finding, note, ok, problem, warning } from "./finding.ts";

const NAME = "aws-okta-processor";
const STARTUP_FILES = [
  ".bashrc",
  ".bash_profile",
  ".profile",
  ".zshrc",
  ".zprofile",
  ".tcshrc",
  ".cshrc",
  ".xonshrc",
  ".config/fish/config.fish",
  ".config/fish/completions/aws-okta-processor.fish",
  ".config/nushell/config.nu",
  ".config/elvish/rc.elv",
  ".config/powershell/Microsoft.PowerShell_profile.ps1",
  "Documents/PowerShell/Microsoft.PowerShell_profile.ps1",
];
const MOST_BYTES = 1_000_000;

/** Startup files that name this program, and credentials that are in the shell already. */
export function lookAtShells({ home, env, now }: Pick<World, "home" | "env" | "now">): readonly Finding[] {
  const found =
    home === undefined ? [] : STARTUP_FILES.map((file) => path.join(home, file)).filter((file) => readSome(file).includes(NAME));
  const told = found.map((file) => ok(`${file} names this program${/\bcompletion\b/.test(readSome(file)) ? ", for completion" : ""}`));
  return [
    ...(told.length === 0
      ? [note("no startup file of a shell names this program", "TAB completes nothing; see: aws-okta-processor completion --help")]
      : told),
    ...lookAtVariables(env, now()),
  ];
}

function lookAtVariables(env: World["env"], now: Date): readonly Finding[] {
  if (env["AWS_ACCESS_KEY_ID"] === undefined) return [];
  const isOver = Date.parse(env["AWS_CREDENTIAL_EXPIRATION"] ?? "") <= now.getTime();
  return [
    warning(`there are credentials in the variables of this shell${isOver ? ", and they have expired" : ""}`, {
      why: "AWS's tools take them before any profile's",
      fix: "aws-okta-processor authenticate --unset prints what removes them",
    }),
  ];
}

/** Nothing where it cannot be read. */
function readSome(file: string): string {
  try {
    return statSync(file).size > MOST_BYTES ? "" : readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

/** Profiles that have this program give their credentials, and whether AWS's tools find it. @param root the folder of this program */
export function lookAtProfiles({ env, home, platform }: Pick<World, "env" | "home" | "platform">, root: string): readonly Finding[] {
  const file = configFileOf(env, home);
  const text = file === undefined || statSync(file, { throwIfNoEntry: false }) === undefined ? undefined : readFileSync(file, "utf8");
  if (file === undefined || text === undefined) return [note("there is no AWS config file"), ...lookAtPath({ env, platform }, root)];
  const commands = parseConfigFile(text, file).sections.flatMap(({ settings }) =>
    settings.filter(({ key }) => key === "credential_process"),
  );
  const programs = commands
    .map(({ value }) => /^\s*(?:"([^"]*)"|(\S+))/.exec(value)?.slice(1).join("") ?? "")
    .filter((one) => path.basename(one).startsWith(NAME));
  const lost = programs.filter((one) => path.isAbsolute(one) && statSync(one, { throwIfNoEntry: false }) === undefined).length;
  return [
    programs.length === 0
      ? note(`no profile of ${file} has this program give its credentials`)
      : ok(`profiles of ${file} that have this program give their credentials: ${programs.length}`),
    ...(lost === 0
      ? []
      : [
          problem(`profiles whose program is not where they say: ${lost}`, {
            why: "AWS's tools cannot start it",
            fix: `correct credential_process in ${file}`,
          }),
        ]),
    ...lookAtPath({ env, platform }, root, programs.includes(NAME)),
  ];
}

/** On Windows npm puts a script there that is none of these. */
function lookAtPath({ env, platform }: Pick<World, "env" | "platform">, root: string, isNeeded = false): readonly Finding[] {
  if (platform === "win32") return [];
  const found = findProgram(NAME, env);
  if (found === undefined) {
    const what = `${NAME} is not on the PATH`;
    return [
      isNeeded
        ? problem(what, { why: "AWS's tools cannot start it for these profiles", fix: "npm install --global aws-okta-processor" })
        : note(what),
    ];
  }
  const isThis = realpathSync(found).startsWith(realpathSync(root) + path.sep);
  if (isThis) return [ok(`${found} is this program`)];
  return [
    warning(`${found} is another ${NAME} than this one`, {
      why: "it is what AWS's tools start",
      fix: "remove one of them, or change the PATH",
    }),
  ];
}
