import { mkdir, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "vitest";
import { isInstalled, realShell } from "../plugins/real-shells.ts";
import { writePrivately } from "../support/kept.ts";
import { linkPlugin } from "../support/linked-plugin.ts";
import { PROGRAM, type Ran, runWithoutTerminal } from "../support/process.ts";
import { type Place, test } from "../support/sandbox-home.ts";

const NAME = "aws-okta-processor";
const FISH = "fish\t@aws-okta-processor/shell-fish\n";
const QUUX = { name: "shell-quux", block: { shells: { quux: "./module.cjs" } }, module: "throw new Error('it was loaded')" };

/** What the program answers a shell: to words, or to a line where it is one text. */
async function ask({ env, cwd }: Place, typed: string | readonly string[], change: Readonly<Record<string, string>> = {}): Promise<Ran> {
  const way = typeof typed === "string" ? "--complete-line" : "--complete";
  const input = typeof typed === "string" ? typed : typed.map((word) => `${word}\n`).join("");
  const script = `printf %s "$0" | "$@" completion ${way}`;
  return runWithoutTerminal(["bash", "-c", script, input, process.execPath, PROGRAM], { env: { ...env, ...change }, cwd });
}

/** Variables with which the program is found by its name. */
async function withProgram({ env, home }: Place): Promise<Readonly<Record<string, string>>> {
  const bin = path.join(home, ".bin");
  await mkdir(bin);
  await symlink(PROGRAM, path.join(bin, NAME));
  return { ...env, PATH: [bin, env["PATH"]].join(path.delimiter), ZDOTDIR: home };
}

test.concurrent("a shell asks with words or with a line, and nobody is signed in", async ({ enter }) => {
  const place = await enter();
  const answer = { stdout: FISH, stderr: "", exitCode: 0 };
  expect(await ask(place, [NAME, "authenticate", "--target-shell", "fis"])).toEqual(answer);
  expect(await ask(place, `${NAME} authenticate --role 'a b' --target-shell fis`)).toEqual(answer);
  expect((await ask(place, `${NAME} authenticate --factor token:h`)).stdout).toMatch(/^token:hardware:yubico\t.*\ntoken:hotp\t.*\n$/);
  expect((await ask(place, [NAME, "authenticate", ""])).stdout).toMatch(/^--organization\tOkta organization, as acme.okta.com\n--user\t/);
  expect((await ask(place, [NAME, "plugins", ""])).stdout).toContain("install\tinstall factors, formats and shells\n");
  expect(place.sandbox.count()).toBe(0);
});

test.concurrent("a linked plugin's shell is offered at once, and its module is not loaded", async ({ enter }) => {
  const place = await enter();
  const line = `${NAME} authenticate --target-shell quu`;
  expect(await ask(place, line)).toEqual({ stdout: "", stderr: "", exitCode: 0 });
  await linkPlugin(place, { ...QUUX, block: { shells: { quux: "./module.cjs", "quux$(id)": "./module.cjs", "quux x": "./module.cjs" } } });
  expect(await ask(place, line)).toEqual({ stdout: "quux\tshell-quux\n", stderr: "", exitCode: 0 });
});

test.concurrent("a hook of a plugin is not run at TAB", async ({ enter }) => {
  const place = await enter();
  await linkPlugin(place, QUUX);
  const pluginJson = { name: QUUX.name, version: "1.0.0", oclif: { hooks: { init: "./hook.cjs" } }, awsOktaProcessor: { contract: 1 } };
  await writePrivately(path.join(place.home, QUUX.name, "package.json"), JSON.stringify(pluginJson));
  await writePrivately(path.join(place.home, QUUX.name, "hook.cjs"), "module.exports = async () => console.log('hooked')");
  expect((await place.run("--version")).stdout).toContain("hooked");
  expect(await ask(place, `${NAME} authenticate --target-shell fis`)).toEqual({ stdout: FISH, stderr: "", exitCode: 0 });
});

test.concurrent("commands of a plugin without a manifest, which oclif loads, neither write into the line nor hold it", async ({
  enter,
}) => {
  const place = await enter();
  await linkPlugin(place, QUUX);
  const commands = { strategy: "explicit", target: "./commands.cjs", identifier: "COMMANDS" };
  const pluginJson = { name: QUUX.name, version: "1.0.0", oclif: { commands }, awsOktaProcessor: { contract: 1 } };
  await writePrivately(path.join(place.home, QUUX.name, "package.json"), JSON.stringify(pluginJson));
  const loud = "console.log('from a stranger'); setInterval(() => undefined, 1000); exports.COMMANDS = { quux: class {} };";
  await writePrivately(path.join(place.home, QUUX.name, "commands.cjs"), loud);
  expect(await ask(place, `${NAME} authenticate --target-shell fis`)).toEqual({ stdout: FISH, stderr: "", exitCode: 0 });
});

test.concurrent("what is broken gives fewer candidates and no word", async ({ enter }) => {
  const place = await enter();
  const data = path.join(place.home, ".local/share/aws-okta-processor/package.json");
  await writeFile(path.join(place.home, ".awsoktaprocessor"), "[[[\nno=\0");
  const gone = { oclif: { plugins: [{ type: "link", name: "gone", root: "/nowhere" }, { type: "user", name: "lost" }, 7] } };
  for (const list of ["{ torn", JSON.stringify(gone), '{"oclif":{"plugins":"none"}}']) {
    await writePrivately(data, list);
    const ran = await ask(place, `${NAME} authenticate --target-shell fis`);
    expect(ran, list).toEqual({ stdout: FISH, stderr: "", exitCode: 0 });
  }
  await linkPlugin(place, QUUX);
  await writePrivately(
    path.join(place.home, QUUX.name, "oclif.manifest.json"),
    '{"version":"1.0.0","commands":{"x":{"id":"x","flags":[0]},"y":7}}',
  );
  expect(await ask(place, `${NAME} authenticate --target-shell fis`)).toEqual({ stdout: FISH, stderr: "", exitCode: 0 });
});

test.concurrent("a password that is typed is told to nobody, whoever listens", async ({ enter }) => {
  const place = await enter();
  const loud = { DEBUG: "*" };
  const line = `${NAME} authenticate --pass "hunter two" -p hunter2 --target-shell fis`;
  expect(await ask(place, line, loud)).toEqual({ stdout: FISH, stderr: "", exitCode: 0 });
  expect(await ask(place, `${NAME} authenticate --pass hunter`, loud)).toEqual({ stdout: "", stderr: "", exitCode: 0 });
  const words = ["completion", "--complete", "--", "authenticate", "--pass", "hunter2", ""];
  expect(await place.run(words, loud)).toEqual({ stdout: expect.not.stringContaining("hunter2"), stderr: "", exitCode: 0 });
});

test.concurrent("an answer that nobody reads is no failure", async ({ enter }) => {
  const { env, cwd } = await enter();
  const script = `printf '%s ' ${NAME} | { "$@" completion --complete-line; echo $? >&2; } | true; sleep 0.5`;
  expect(await runWithoutTerminal(["bash", "-c", script, "bash", process.execPath, PROGRAM], { env, cwd })).toMatchObject({
    stderr: "0\n",
  });
});

test.concurrent.for([
  [["completion"], ""],
  [["completion", "tcsh"], ', not "tcsh"'],
] as const)("%j is refused in a line that lists the shells", async ([line, not], { enter }) => {
  const { run } = await enter();
  const stderr = `aws-okta-processor: give completion one of bash, zsh, fish, powershell${not}\n`;
  expect(await run(line)).toEqual({ stdout: "", stderr, exitCode: 2 });
});

test.concurrent("nobody is waited for: a shell is not read from standard input, and a terminal is not read from", async ({ enter }) => {
  const { env, cwd, sit } = await enter();
  const script = `echo bash | "$@" completion --`;
  const ran = await runWithoutTerminal(["bash", "-c", script, "bash", process.execPath, PROGRAM], { env, cwd });
  expect(ran).toMatchObject({ stdout: "", exitCode: 2 });
  const { end } = await sit("completion --complete", {}, "on a screen");
  expect(await end()).toMatchObject({ shown: "", exitCode: 0 });
});

test.concurrent("completion --help names the shells and not what they call", async ({ enter }) => {
  const { run } = await enter();
  const { stdout } = await run("completion --help");
  expect(stdout).toContain("bash, zsh, fish or powershell");
  expect(stdout).not.toContain("--complete");
});

/** Asks bash's function as bash does: the line to the cursor, and the word that readline is about to replace. */
const ASK_BASH = `eval "$(${NAME} completion bash)"
ask() {
  COMP_LINE=$1 COMP_POINT=\${#1} COMP_WORDS=($1) COMP_CWORD=\${#COMP_WORDS[@]}
  _aws_okta_processor ${NAME} "$2" ""
  printf '%s\\n' "\${COMPREPLY[*]}"
}`;

const bash = isInstalled(realShell("bash"));

test.concurrent(`bash completes what is behind the sign at which it breaks words${bash ? "" : " (not installed)"}`, {
  skip: !bash,
}, async ({ enter }) => {
  const place = await enter();
  const asked = [
    ["authenticate --factor pu", "pu", "push:okta"],
    ["authenticate --factor push:", "", "okta"],
    ["authenticate --factor token:software:totp:o", "o", "okta"],
    ["authenticate --factor=push:o", "o", "okta"],
    ['authenticate --factor "push:o', "push:o", "push:okta"],
    ["config show --command=", "", "authenticate get-roles"],
    ["get-roles --role 'a b' --output prof", "prof", "profiles"],
    ["plugins i", "i", "inspect install"],
    ["authenticate --pass ", "", ""],
  ] as const;
  const lines = asked.map(([line, word]) => `ask '${NAME} ${line.replaceAll("'", "'\\''")}' '${word}'`);
  const script = [ASK_BASH, ...lines].join("\n");
  const ran = await runWithoutTerminal(["bash", "--norc", "-c", script], { env: await withProgram(place), cwd: place.cwd });
  expect(ran).toEqual({ stdout: asked.map(([, , answer]) => `${answer}\n`).join(""), stderr: "", exitCode: 0 });
});

/** Startup files, as the README has them. */
const STARTUP = {
  bash: { file: ".bashrc", command: ["bash", "--noprofile", "-i"], lines: `eval "$(${NAME} completion bash)"` },
  zsh: {
    file: ".zshrc",
    command: ["zsh", "-d", "-i"],
    lines: `autoload -U compinit; compinit -u -D; eval "$(${NAME} completion zsh)"`,
  },
  "zsh, from a file in fpath": {
    file: ".zshrc",
    command: ["zsh", "-d", "-i"],
    lines: `fpath=(~ $fpath); ${NAME} completion zsh >~/_${NAME}; autoload -U compinit; compinit -u -D`,
  },
} as const;

for (const [name, { file, command, lines }] of Object.entries(STARTUP)) {
  const missing = !isInstalled(realShell(command[0]));
  test.concurrent(`TAB completes a factor in ${name}${missing ? " (not installed)" : ""}`, { skip: missing }, async ({ enter }) => {
    const place = await enter();
    const env = await withProgram(place);
    await writeFile(path.join(place.home, file), `PS1="READY> "\n${lines}\n`);
    const { see, type, hangUp } = await place.sitAt(command, env, "on a screen");
    await see("READY> ");
    type(`${NAME} authenticate --factor push:\t`);
    await see("--factor push:okta ");
    type("--target-shell=fi\t");
    await see("--target-shell=fish ");
    hangUp();
  });
}

test.concurrent(`fish completes, with what it is${isInstalled(realShell("fish")) ? "" : " (not installed)"}`, {
  skip: !isInstalled(realShell("fish")),
}, async ({ enter }) => {
  const place = await enter();
  const lines = [
    "authenticate --target-shell fis",
    "get-roles --output=prof",
    'authenticate --role "a b" --factor "pu',
    "authenticate --pass ",
  ];
  const script = [`${NAME} completion fish | source`, ...lines.map((line) => `complete -C '${NAME} ${line}'`)].join("\n");
  const ran = await runWithoutTerminal(["fish", "--no-config", "-c", script], { env: await withProgram(place), cwd: place.cwd });
  const stdout = `${FISH}--output=profiles\t@aws-okta-processor/format-profiles\npush:okta\t@aws-okta-processor/factor-push\n`;
  expect(ran).toEqual({ stdout, stderr: "", exitCode: 0 });
});

test.concurrent.for(["powershell", "pwsh"])(
  "the script of %s registers what PowerShell documents for programs; it was not run, for there is none here",
  async (shell, { enter }) => {
    const { run } = await enter();
    const { stdout } = await run(`completion ${shell}`);
    expect(stdout).toMatch(
      /^Register-ArgumentCompleter -Native -CommandName aws-okta-processor -ScriptBlock \{\n {4}param\(\$wordToComplete, \$commandAst, \$cursorPosition\)$/m,
    );
    expect(stdout).toContain("| aws-okta-processor completion --complete 2>$null |");
    expect(stdout).toContain("[System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $help)");
  },
);
