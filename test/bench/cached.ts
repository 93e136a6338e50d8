import { readdirSync, readFileSync } from "node:fs";
import { type Bench, measure, type Spec } from "./measure.ts";
import type { Group } from "./row.ts";
import { keepAsOriginal, keepCredentials, linkProgram, livingAt, makeHome, writeDotfiles } from "./scene.ts";

const ORGANIZATION = "acme.okta.com";
const FLAGS = ["authenticate", "--user", "jdoe", "--organization", ORGANIZATION];
const PLUGINS = new URL("../../plugins/", import.meta.url);

const OF_JSON = { times: 1.15, moreMebibytes: 10 };
const OF_OTHERS = { times: 1.25, moreMebibytes: 10 };

/** What every call of the AWS CLI waits for once somebody has signed in: the kept answer. Nothing is asked of a network. */
export async function measureCached(bench: Bench): Promise<Group> {
  const homes = { plain: await makeHome(bench.folder), dotfiles: await makeHome(bench.folder), fifty: await makeHome(bench.folder, 50) };
  for (const home of Object.values(homes)) await keepCredentials(home, ORGANIZATION);
  writeDotfiles(homes.dotfiles, ORGANIZATION);
  const original = await makeHome(bench.folder);
  await keepAsOriginal(original, ORGANIZATION);
  const { env, cwd } = livingAt(homes.plain);
  const variables = { ...env, AWS_OKTA_USER: "jdoe", AWS_OKTA_ORGANIZATION: ORGANIZATION };
  const fromFlags = { args: FLAGS, env, cwd, targets: OF_JSON, withMemory: true };
  const link = { command: [linkProgram(homes.plain), ...FLAGS], targets: OF_JSON };
  const printed = (title: string, ...args: readonly string[]): Spec => ({
    ...fromFlags,
    title,
    args: [...FLAGS, ...args],
    targets: OF_OTHERS,
  });
  const specs: readonly Spec[] = [
    { ...fromFlags, title: "JSON, options from flags" },
    { ...fromFlags, title: "JSON, options from variables", args: ["authenticate"], env: variables },
    { ...fromFlags, title: "JSON, options from dotfiles", args: ["authenticate"], ...livingAt(homes.dotfiles) },
    { ...fromFlags, title: "JSON, 50 plugins installed", ...livingAt(homes.fifty) },
    { ...fromFlags, title: "JSON, through the installed link", ...link },
    { ...fromFlags, title: "JSON, kept by the Python program", ...livingAt(original) },
    printed("`--output dotenv`", "--output", "dotenv"),
    printed("`--output yaml`", "--output", "yaml"),
    ...shellNames().map((name) => printed(`\`--environment\` for ${name}`, "--environment", "--target-shell", name)),
  ];
  return { title: "The kept answer", rows: await measure(specs, bench, { ...bench.effort(25, 40), isPaired: true }) };
}

/** One name of each module of the bundled shells. */
function shellNames(): readonly string[] {
  const blocks = readdirSync(PLUGINS)
    .filter((name) => name.startsWith("shell-"))
    .map((name) => JSON.parse(readFileSync(new URL(`${name}/package.json`, PLUGINS), "utf8")) as { readonly awsOktaProcessor: Block });
  return blocks.flatMap(({ awsOktaProcessor: { shells } }) => {
    const byModule = new Map(Object.entries(shells).map(([name, file]) => [file, name]));
    return [...byModule.values()];
  });
}

interface Block {
  readonly shells: Readonly<Record<string, string>>;
}
