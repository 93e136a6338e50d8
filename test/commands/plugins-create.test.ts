import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { bundledNames } from "../support/bundled.ts";
import { useFolder } from "../support/folder.ts";
import { perform } from "../support/perform.ts";

const SHELL = "aws-okta-processor-shell-rc";
const COMMON = [".gitignore", "README.md", "package.json", "test", "test/enter.ts", "test/tsconfig.json", "tsconfig.json"];

const FILES = {
  factor: ["src/factor.ts", "test/conformance.test.ts", "test/enrolled.ts", "test/sign-in.test.ts"],
  format: ["src/format.ts", "test/conformance.test.ts", "test/sign-in.test.ts"],
  keychain: ["src/keychain.ts", "test/conformance.test.ts", "test/sign-in.test.ts"],
  shell: ["src/shell.ts", "test/conformance.test.ts", "test/evaluate-in.ts", "test/sign-in.test.ts"],
};

const BLOCKS = {
  factor: { contract: 1, factors: { "token:*": "./dist/factor.js" } },
  format: { contract: 1, formats: { "x-y": "./dist/format.js" }, prints: { "x-y": ["roles"] } },
  keychain: { contract: 1, keychains: { "x-y": "./dist/keychain.js" } },
  shell: { contract: 1, shells: { "x-y": "./dist/shell.js" } },
};

function useWork(files: Readonly<Record<string, string>> = {}) {
  const { path: cwd } = useFolder(files);
  return {
    cwd,
    create: (line: string) => perform(["plugins", "create", ...line.split(" ")], { env: { HOME: cwd }, cwd }),
    list: () => readdirSync(cwd, { recursive: true, encoding: "utf8" }).toSorted(),
  };
}

test.for(["factor", "format", "shell", "keychain"] as const)(
  "a %s is written with its tests, and nothing of the template is left to fill",
  async (kind) => {
    const { cwd, create, list } = useWork();
    const folder = `okta-${kind}-x-y`;
    const name = kind === "factor" ? "token:*" : "x-y";
    expect(await create(`@acme/${folder} --kind ${kind}`)).toEqual({
      stdout: `${path.join(cwd, folder)}\n`,
      stderr:
        `The ${kind} ${name} is written. To test it, and then to use it here:\n\n` +
        `  cd ${folder} && npm install && npm test\n` +
        "  aws-okta-processor plugins link .\n",
      exitCode: 0,
    });
    expect(list()).toEqual([folder, ...["src", ...COMMON, ...FILES[kind]].map((file) => `${folder}/${file}`)].toSorted());
    const texts = list().flatMap((file) => (/\.\w+$/.test(file) ? [readFileSync(path.join(cwd, file), "utf8")] : []));
    expect(texts.filter((text) => /\{\{\w/.test(text))).toEqual([]);
    expect(JSON.parse(readFileSync(path.join(cwd, folder, "package.json"), "utf8"))).toMatchObject({
      name: `@acme/${folder}`,
      awsOktaProcessor: BLOCKS[kind],
    });
  },
);

test("what it needs is what this program is built and tested with, and nothing is needed to run it", async () => {
  const ours = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  for (const kind of ["factor", "format", "shell", "keychain"]) {
    const { cwd, create } = useWork();
    await create(`x --kind ${kind}`);
    const written = JSON.parse(readFileSync(path.join(cwd, "x/package.json"), "utf8"));
    expect(Object.keys(written).filter((key) => /dependencies/i.test(key))).toEqual(["devDependencies"]);
    expect(written.devDependencies).toEqual({
      "@aws-okta-processor/contract": ours.devDependencies["@aws-okta-processor/contract"],
      "@aws-okta-processor/sandbox": ours.dependencies["@aws-okta-processor/sandbox"],
      "@types/node": ours.devDependencies["@types/node"],
      "aws-okta-processor": `^${ours.version}`,
      typescript: ours.devDependencies.typescript,
    });
    expect(written.engines).toEqual(ours.engines);
  }
});

test("--name and --directory say what it offers and where it is written", async () => {
  const { cwd, create } = useWork();
  mkdirSync(path.join(cwd, "here"));
  const { stdout, stderr } = await create("okta-token --kind factor --name token:big_co/tokens --directory here");
  expect([stdout, stderr.split("\n")[2]]).toEqual([`${cwd}/here\n`, "  cd here && npm install && npm test"]);
  const { awsOktaProcessor } = JSON.parse(readFileSync(path.join(cwd, "here/package.json"), "utf8"));
  expect(awsOktaProcessor.factors).toEqual({ "token:big_co/tokens": "./dist/factor.js" });
  expect(readFileSync(path.join(cwd, "here/test/enrolled.ts"), "utf8")).toContain('provider: "BIG_CO"');
  expect(readFileSync(path.join(cwd, "here/README.md"), "utf8")).toContain("aws-okta-processor authenticate --factor token:big_co\n");
});

test("the working directory itself is filled where it is empty, and a folder of an odd name is quoted", async () => {
  const here = await useWork().create(`${SHELL} --kind shell --directory .`);
  expect(here.stderr.split("\n")[2]).toBe("  npm install && npm test");
  const { cwd } = useWork();
  const spaced = await perform(["plugins", "create", SHELL, "--kind", "shell", "--directory", "it's $(id)"], { env: { HOME: cwd }, cwd });
  expect(spaced.stderr.split("\n")[2]).toBe("  cd 'it'\\''s $(id)' && npm install && npm test");
});

test.for([
  ["Rc --kind shell", '"Rc" cannot be the name of a new package'],
  ["../rc --kind shell", '"../rc" cannot be the name of a new package'],
  ["rc --kind shell --name Rc", '"Rc" cannot be the name of a shell (--name)'],
  ["rc --kind factor --name rc", '"rc" cannot be the name of a factor (--name)'],
  ["aws-okta-processor --kind shell", "aws-okta-processor is a package that this program is made with"],
  ["typescript --kind shell", "typescript is a package that this program is made with"],
  ["@aws-okta-processor/shell-fish --kind shell", "@aws-okta-processor/shell-fish is a package that this program is made with"],
  ["okta-shell-fish --kind shell", "the shell fish comes with this program, from @aws-okta-processor/shell-fish (--name)"],
  ["rc --kind shell --name auto", "the shell auto comes with this program, from aws-okta-processor (--name)"],
  ["rc --kind format --name env", "the format env comes with this program, from aws-okta-processor (--name)"],
  ["rc --kind keychain --name none", "the keychain none comes with this program, from aws-okta-processor (--name)"],
  ["rc --kind factor --name push:okta", "the factor push:okta comes with this program, from @aws-okta-processor/factor-push (--name)"],
] as const)("%s is refused in a line, and nothing is written", async ([line, message]) => {
  const { create, list } = useWork();
  const { stdout, stderr, exitCode } = await create(line);
  expect({ stdout, said: stderr.split("\n")[0], exitCode, list: list() }).toEqual({
    stdout: "",
    said: `aws-okta-processor: ${message}`,
    exitCode: 2,
    list: [],
  });
});

test.for([
  ["--kind shell", "Missing 1 required arg: package name of its npm package"],
  ["rc", "The following error occurred: Missing required flag kind"],
  ["rc --kind plugin", "Expected --kind=plugin to be one of: factor, format, shell, keychain"],
] as const)("without a name or a kind it says which is missing: %s", async ([line, message]) => {
  const { create, list } = useWork();
  const { stdout, stderr, exitCode } = await create(line);
  expect({ stdout, said: stderr.replaceAll(/ +/g, " "), exitCode, list: list() }).toEqual({
    stdout: "",
    said: `aws-okta-processor: ${message}\nsee: aws-okta-processor --help\n`,
    exitCode: 2,
    list: [],
  });
});

test("every name that comes with the program is refused", async () => {
  for (const [kind, names] of [
    ["factor", bundledNames("factors")],
    ["format", bundledNames("formats")],
    ["shell", bundledNames("shells")],
  ] as const) {
    for (const name of names.split(", ")) {
      const { stderr } = await useWork().create(`x --kind ${kind} --name ${name}`);
      expect(stderr).toMatch(new RegExp(`: the ${kind} \\S+ comes with this program, from @aws-okta-processor/`));
    }
  }
});

test("a folder with something in it is left as it is", async () => {
  const { cwd, create, list } = useWork({ [`${SHELL}/notes`]: "mine" });
  expect(await create(`${SHELL} --kind shell`)).toEqual({
    stdout: "",
    stderr: `aws-okta-processor: ${cwd}/${SHELL} is there already, and not an empty folder\n`,
    exitCode: 2,
  });
  expect(list()).toEqual([SHELL, `${SHELL}/notes`]);
  writeFileSync(path.join(cwd, "file"), "");
  expect(await create(`${SHELL} --kind shell --directory file/x`)).toMatchObject({ stdout: "", exitCode: 2 });
  expect(list()).toEqual([SHELL, `${SHELL}/notes`, "file"]);
});
