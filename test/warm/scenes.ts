/** Command lines, variables, dotfiles, caches and plugin folders in any combination, and a folder in which one of them is set up. */
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { credentialFiles, formatCredentials, type KeptCredentials } from "../../src/cache/credentials.ts";
import { KEPT_PLAIN } from "../../src/cache/keeping.ts";
import { keepCredentials } from "../../src/flows/keep-credentials.ts";
import { credentialsPrinter, removalLines } from "../../src/flows/output.ts";
import { wantedCredentials } from "../../src/flows/wanted-credentials.ts";
import { resolveOptions } from "../../src/options/resolve.ts";
import type { OptionName } from "../../src/options/table.ts";
import { bundledPackages } from "../support/bundled.ts";
import { extensionsOf } from "../support/extensions.ts";
import type { Folder } from "../support/folder.ts";
import { quietTerminal } from "../support/terminal.ts";
import { createWorld } from "../support/world.ts";

export const now = new Date("2030-01-01T00:00:00Z");
export const roles = ["arn:aws:iam::111122223333:role/Developer", "arn:aws:iam::111122223333:role/ReadOnly"];

/** Values that options are given. */
const VALUES: Readonly<Partial<Record<OptionName, readonly string[]>>> = {
  organization: ["acme.okta.com", "https://acme.okta.com/"],
  user: ["jdoe", "jürgen", ""],
  pass: ["hunter2"],
  role: roles,
  "secondary-role": roles,
  key: ["k", "", "a b"],
  application: ["https://acme.okta.com/home/amazon_aws/0oa1/272"],
  "account-alias": ["acme-*"],
  region: ["eu-west-1", "us-gov-west-1"],
  duration: ["3600", "1h", "900"],
  "target-shell": ["bash", "fish", "powershell", "FISH"],
  output: ["json", "env", "ENV", "dotenv", "yaml", "text"],
  "password-command": ["pass okta"],
  factor: ["push:okta"],
  "factor-code-command": ["pass otp okta"],
  "sign-in-url": ["https://signin.aws.amazon.com/saml"],
};
const BAD: readonly Pair[] = [
  ["organization", "acme.okta.com/home"],
  ["region", "no region"],
  ["duration", "soon"],
  ["sign-in-url", "https://evil.example/"],
  ["target-shell", "nosh"],
  ["target-shell", "constructor"],
  ["environment", "maybe"],
  ["factor-code", "123456"],
];
const SWITCHES: readonly OptionName[] = [
  "environment",
  "silent",
  "pass-stdin",
  "remember-device",
  "unset",
  "no-okta-cache",
  "no-aws-cache",
];
const CHARS: Readonly<Partial<Record<OptionName, string>>> = {
  user: "-u",
  key: "-k",
  role: "-r",
  environment: "-e",
  silent: "-s",
  duration: "-d",
};

type Pair = readonly [OptionName, string];

const textPair = fc
  .constantFrom(...(Object.keys(VALUES) as OptionName[]))
  .chain((name) => fc.tuple(fc.constant(name), fc.constantFrom(...(VALUES[name] ?? []))));
const switchPair = fc.tuple(fc.constantFrom(...SWITCHES), fc.constantFrom("1", "no", "0"));
const pair: fc.Arbitrary<Pair> = fc.oneof(
  { weight: 15, arbitrary: textPair },
  { weight: 4, arbitrary: switchPair },
  { weight: 1, arbitrary: fc.constantFrom(...BAD) },
);
const pairs = fc.uniqueArray(pair, { maxLength: 4, selector: ([name]) => name });

/** A flag as it is typed: plain, or in a way that only the whole program reads. */
const typed = fc.record({
  pair,
  form: fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom("long", "inline", "short") },
    { weight: 1, arbitrary: fc.constantFrom("glued", "cut", "dashed") },
  ),
});
type Typed = typeof typed extends fc.Arbitrary<infer T> ? T : never;

function write({ pair: [name, value], form }: Typed): { readonly words: readonly string[]; readonly plain: boolean } {
  const char = CHARS[name];
  if (SWITCHES.includes(name)) {
    const plain = form === "long" || form === "inline" || (form === "short" && char !== undefined);
    return plain ? { words: [form === "short" ? (char ?? "") : `--${name}`], plain } : { words: [`--${name}=${value}`], plain };
  }
  if (form === "long" || (form === "short" && char === undefined)) return { words: [`--${name}`, value], plain: true };
  if (form === "inline") return { words: [`--${name}=${value}`], plain: true };
  if (form === "short") return { words: [char ?? "", value], plain: true };
  if (form === "glued") return { words: [`${char ?? "-u"}${value === "" ? "x" : value}`], plain: false };
  return { words: form === "cut" ? [`--${name}`] : [`--${name}`, `-${value}`], plain: false };
}

export const scene = fc.record({
  flags: fc.uniqueArray(typed, { maxLength: 4, selector: ({ pair: [name] }) => name }),
  extra: fc.oneof(
    { weight: 12, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.constantFrom(["x"], ["--"], ["--help"], ["-s", "-s"], ["--all-applications"]) },
  ),
  command: fc.oneof(
    { weight: 20, arbitrary: fc.constant("authenticate") },
    { weight: 1, arbitrary: fc.constantFrom("get-roles", "", "--version") },
  ),
  variables: pairs,
  here: pairs,
  home: pairs,
  kept: fc.array(
    fc.record({
      place: fc.constantFrom("own", "shared"),
      role: fc.constantFrom(...roles),
      secondsLeft: fc.constantFrom(3600, 3600, 600, 599, -1),
      torn: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  plugins: fc.oneof(
    { weight: 8, arbitrary: fc.constant(undefined) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        '{"oclif":{"plugins":[{"name":"acme","type":"user"}]}}',
        '{"oclif":{"plugins":[{"name":"acme","type":"link"}]}}',
      ),
    },
  ),
});
export type Scene = typeof scene extends fc.Arbitrary<infer T> ? T : never;

const variable = (name: string) => `AWS_OKTA_${name.toUpperCase().replaceAll("-", "_")}`;
const dotfile = (given: readonly Pair[]) => `[authenticate]\n${given.map(([name, value]) => `${name} = ${value}\n`).join("")}`;

export function keptOf(roleArn: string, secondsLeft: number): KeptCredentials {
  const expiration = new Date(now.getTime() + secondsLeft * 1000).toISOString().replace(".000", "");
  return {
    credentials: { accessKeyId: `ASIA${roleArn.length}`, secretAccessKey: "it's", sessionToken: "to\\ken=", expiration },
    assumedRole: { id: "AROA:jdoe", arn: `arn:aws:sts::111122223333:assumed-role/${roleArn.split("/")[1] ?? ""}/jdoe` },
    application: undefined,
  };
}

/** The world of a scene, set up in a folder that is emptied first. */
export function setUp(folder: Folder, { flags, command, extra, variables, here, home, kept, plugins }: Scene) {
  for (const name of ["home", "here"]) rmSync(path.join(folder.path, name), { recursive: true, force: true });
  for (const name of ["home", "here"]) mkdirSync(path.join(folder.path, name));
  folder.write("here/.awsoktaprocessor", dotfile(here));
  folder.write("home/.awsoktaprocessor", dotfile(home));
  if (plugins !== undefined) folder.write("home/.local/share/aws-okta-processor/package.json", plugins);
  const HOME = path.join(folder.path, "home");
  const env = { HOME, ...Object.fromEntries(variables.map(([name, value]) => [variable(name), value])) };
  const written = flags.map(write);
  const plain = command === "authenticate" && extra.length === 0 && written.every((flag) => flag.plain);
  const replaced = plugins?.includes('"link"') === true;
  const given = Object.fromEntries(flags.map(({ pair: [name, value] }) => [name, SWITCHES.includes(name) ? true : value]));
  const outside = { env, cwd: path.join(folder.path, "here"), home: HOME, platform: "linux" };
  const options = plain ? tryTo(() => resolveOptions("authenticate", given, outside)) : undefined;
  if (options !== undefined) {
    const wanted = wantedCredentials(options);
    const files = credentialFiles(HOME, wanted);
    for (const { place, role, secondsLeft, torn } of kept) {
      const content = formatCredentials(keptOf(role, secondsLeft), wanted);
      folder.write(path.relative(folder.path, files[place]), torn ? content.slice(0, -20) : content);
    }
  }
  return { options, replaced, outside, argv: ["node", "run.js", command, ...written.flatMap(({ words }) => words), ...extra] };
}

export function tryTo<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch {
    return undefined;
  }
}

/** What the program prints if it need not ask anybody; undefined where it fails, would have to, or has the code of others in it. */
export async function fullAnswer({ options, replaced, outside }: ReturnType<typeof setUp>): Promise<string | undefined> {
  if (options === undefined || replaced) return undefined;
  try {
    const world = createWorld({ ...outside, now: () => now });
    const { extensions } = extensionsOf(bundledPackages);
    if (options.unset) return await removalLines(options, extensions, world);
    const print = await credentialsPrinter(options, extensions, world);
    const kept = await keepCredentials({ world, terminal: quietTerminal(), keeping: KEPT_PLAIN }, () =>
      Promise.reject(new Error("nothing is kept")),
    )(options);
    return print(kept.credentials);
  } catch {
    return undefined;
  }
}

/** Every file in a folder, with its content and when it was last written. */
export function filesIn(folder: string): readonly string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return entries.map(({ parentPath, name }) => {
    const file = path.join(parentPath, name);
    return `${path.relative(folder, file)} ${statSync(file).mtimeMs} ${readFileSync(file, "utf8")}`;
  });
}
