import { writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect } from "vitest";
import { writePrivately } from "../support/kept.ts";
import { dataFolderOf, installPlugins, type LinkedPlugin, linkPlugin } from "../support/linked-plugin.ts";
import { type Place, test } from "../support/sandbox-home.ts";

const ROLE = "--silent --role arn:aws:iam::111122223333:role/Developer";

const format = (name: string): LinkedPlugin => ({
  name: `acme-${name}`,
  block: { formats: { [name]: "./module.cjs" } },
  module: `exports.format = { credentials: () => "${name}\\n" };`,
});

const refusal = (name: string, from = "AWS_OKTA_PLUGINS_ALLOW") =>
  `aws-okta-processor: acme-${name} offers ${name}, but is not allowed (${from})\n`;

describe.concurrent("a list of allowed packages", () => {
  test("is asked before a plugin is loaded, in a sign-in and for what is kept", async ({ enter }) => {
    const place = await enter("no-mfa");
    await installPlugins(place, format("good"), format("bad"));
    const env = { AWS_OKTA_PLUGINS_ALLOW: "acme-good" };
    const refused = { stdout: "", stderr: expect.stringContaining(refusal("bad")), exitCode: 2 };
    expect(await place.run(`authenticate ${ROLE} --output bad`, env)).toMatchObject(refused);
    expect(place.sandbox.count()).toBe(0);
    expect(await place.run(`authenticate ${ROLE} --output good`, env)).toMatchObject({ stdout: "good\n", exitCode: 0 });
    expect(await place.run(`authenticate ${ROLE} --output bad`, env)).toMatchObject(refused);
    expect(await place.run(`authenticate ${ROLE} --output bad`)).toMatchObject({ stdout: "bad\n", exitCode: 0 });
  });

  test("holds for a linked package in place of a bundled one, which then is used", async ({ enter }) => {
    const place = await enter("no-mfa");
    await linkPlugin(place, { ...format("json"), block: { formats: { json: "./module.cjs" } } });
    for (let run = 0; run < 2; run++) {
      const { stdout, exitCode } = await place.run(`authenticate ${ROLE}`, { AWS_OKTA_PLUGINS_ALLOW: "other" });
      expect({ exitCode, keys: Object.keys(JSON.parse(stdout) as object)[0] }).toEqual({ exitCode: 0, keys: "AccessKeyId" });
    }
    expect((await place.run(`authenticate ${ROLE}`)).stdout).toBe("json\n");
  });

  test("may stand in the dotfile at home, and not in one of the working directory", async ({ enter }) => {
    const place = await enter("no-mfa");
    await installPlugins(place, format("bad"));
    await writeFile(path.join(place.home, ".awsoktaprocessor"), "[defaults]\nplugins-allow = @acme/*, other\n");
    const from = `plugins-allow in [defaults] of ${place.home}/.awsoktaprocessor`;
    expect(await place.run(`authenticate ${ROLE} --output bad`)).toMatchObject({
      stderr: expect.stringContaining(refusal("bad", from)),
      exitCode: 2,
    });
    await writeFile(path.join(place.cwd, ".awsoktaprocessor"), "[defaults]\nplugins-allow = *\n");
    for (const line of [`authenticate ${ROLE} --output bad`, "extensions", "plugins link ."]) {
      const ran = await place.run(line);
      expect(ran).toMatchObject({ stdout: "", exitCode: 2 });
      expect(ran.stderr).toContain(
        `plugins-allow may be set only by a variable or your own dotfile (plugins-allow in [defaults] of ${place.cwd}/.awsoktaprocessor)\n`,
      );
    }
  });

  test.for([
    "plugins install acme-bad",
    "plugins add @other/acme-bad@1",
    "plugins:install acme-bad",
    "plugins link ./acme-bad --no-install",
    "plugins update",
    "plugins install ./acme-bad",
  ])("lets nothing else in: %s", async (line, { enter }) => {
    const place = await enter();
    await installPlugins(place, { ...format("old"), name: "acme-bad" });
    const before = await listOf(place);
    await writePrivately(path.join(place.cwd, "acme-bad/package.json"), JSON.stringify({ name: "acme-bad", version: "1.0.0", oclif: {} }));
    const ran = await place.run(line, { AWS_OKTA_PLUGINS_ALLOW: "acme-good", AWS_OKTA_PROCESSOR_NPM_REGISTRY: "http://127.0.0.1:1" });
    expect(ran).toMatchObject({ stdout: "", exitCode: 2 });
    expect(ran.stderr).toMatch(
      /^aws-okta-processor: \S*acme-bad is not allowed \(AWS_OKTA_PLUGINS_ALLOW\)\nask whoever set that list to add it\n$/,
    );
    expect(await listOf(place)).toEqual(before);
  });

  test("keeps the commands and hooks of others out as long as one of them is not allowed", async ({ enter }) => {
    const place = await enter();
    await installCommand(place);
    expect(await place.run("acme")).toMatchObject({ stdout: "hook\ncommand\n", exitCode: 0 });
    expect(await place.run("acme", { AWS_OKTA_PLUGINS_ALLOW: "acme-command" })).toMatchObject({ stdout: "hook\ncommand\n", exitCode: 0 });
    const refused = await place.run("acme", { AWS_OKTA_PLUGINS_ALLOW: "acme-good" });
    expect(refused).toMatchObject({ stdout: "", exitCode: 2 });
    expect(refused.stderr).toContain(
      "warning: no commands of plugins are offered, for acme-command is not allowed (AWS_OKTA_PLUGINS_ALLOW)\n",
    );
    const help = await place.run("--help", { AWS_OKTA_PLUGINS_ALLOW: "acme-good" });
    expect(help).toMatchObject({ stdout: expect.not.stringContaining("hook"), exitCode: 0 });
  });

  test("that is none is refused where it was given", async ({ enter }) => {
    const { run } = await enter();
    expect(await run("extensions", { AWS_OKTA_PLUGINS_ALLOW: "acme;rm" })).toEqual({
      stdout: "",
      stderr:
        'aws-okta-processor: plugins-allow must be names of packages, or patterns as @acme/*, with commas between them, got "acme;rm" (AWS_OKTA_PLUGINS_ALLOW)\n',
      exitCode: 2,
    });
  });
});

test.concurrent("our own commands run no hook and load no command of others", async ({ enter }) => {
  const place = await enter("no-mfa");
  await installCommand(place);
  for (const line of [
    `authenticate ${ROLE}`,
    "get-roles --silent --output text",
    "extensions",
    "plugins",
    "config show",
    "plugins inspect acme-command",
  ])
    expect(await place.run(line)).toMatchObject({ stdout: expect.not.stringContaining("hook"), exitCode: 0 });
});

/** A package with a command, a hook that runs before every command, and nothing for a sign-in. */
async function installCommand(place: Place): Promise<void> {
  await installPlugins(place, { name: "acme-command", block: {}, module: "" });
  const root = path.join(dataFolderOf(place.home), "node_modules/acme-command");
  const oclif = { commands: "./commands", hooks: { init: "./hook.js" } };
  await writePrivately(path.join(root, "package.json"), JSON.stringify({ name: "acme-command", version: "1.0.0", oclif }));
  await writePrivately(path.join(root, "hook.js"), 'exports.default = () => console.log("hook");');
  await writePrivately(path.join(root, "commands/acme.js"), 'module.exports = class { static run() { console.log("command"); } };');
}

async function listOf({ run }: Place): Promise<unknown> {
  return JSON.parse((await run("plugins --json")).stdout);
}
