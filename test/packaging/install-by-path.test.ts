import { rename } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect } from "vitest";
import { type Place, test } from "../support/sandbox-home.ts";
import { markdownPackage, type Package } from "./strangers.ts";
import { openWorkshop, type Workshop } from "./workshop.ts";

let workshop: Workshop;

beforeAll(async () => {
  workshop = await openWorkshop();
});

afterAll(() => workshop.close());

/** What is typed in the folder `work` of a home, where the package was put. */
const paths: readonly (readonly [line: string, to: string])[] = [
  ["./x.tgz", "work/x.tgz"],
  ["../x.tgz", "x.tgz"],
  ["~/x.tgz", "x.tgz"],
  ["./package", "work/package"],
  ["../package", "package"],
  ["file:./package", "work/package"],
  ["~/package", "package"],
];

test.for(paths)("%s is installed from where it is typed", async ([typed, to], { enter }) => {
  const place = await enter("no-mfa");
  const made = typed.endsWith(".tgz") ? await workshop.pack(markdownPackage()) : await workshop.write(markdownPackage());
  await rename(made, path.join(place.home, to));
  // A shell has put the home in place of the ~.
  const installed = await install(place, typed.replace("~", place.home));
  expect(installed).toMatchObject({ stderr: expect.stringContaining("installed v1.0.0"), exitCode: 0 });
  expect((await place.run("plugins")).stdout).toBe("aop-markdown 1.0.0\n");
});

/** The name of the second comes later in the alphabet: whoever takes the first of its kind takes the wrong one. */
const one = markdownPackage({ name: "aop-one" });
const two = markdownPackage({ name: "aop-two", awsOktaProcessor: { contract: 1, formats: { wiki: "./markdown.js" } } });

const pairs: readonly (readonly [string, (files: Package) => Promise<string>])[] = [
  ["folders", async (files) => `file:${await workshop.write(files)}`],
  ["tarballs of one name", packAsX],
  ["git repositories", (files) => workshop.commit(files)],
  ["tarballs of a registry", publishAndName],
];

test.for(pairs)("of two %s, each is known by its own name", async ([, make], { enter }) => {
  const place = await enter("no-mfa");
  for (const files of [one, two]) await install(place, await make(files));
  expect((await place.run("plugins")).stdout).toBe("aop-one 1.0.0\naop-two 1.0.0\n");
  expect(await place.run("get-roles --silent --output wiki")).toMatchObject({
    stderr: expect.stringMatching(/^aop-two 1\.0\.0, .*\n$/),
    exitCode: 0,
  });
});

test("two that are installed at once are both there", async ({ enter }) => {
  const place = await enter("no-mfa");
  const sources = await Promise.all([one, two].map((files) => workshop.write(files)));
  const ran = await Promise.all(sources.map((source) => install(place, source)));
  expect(ran.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
  const listed = (await place.run("plugins")).stdout.split("\n");
  expect(listed.toSorted()).toEqual(["", "aop-one 1.0.0", "aop-two 1.0.0"]);
});

async function packAsX(files: Package): Promise<string> {
  const tarball = await workshop.pack(files);
  const x = path.join(path.dirname(tarball), "x.tgz");
  await rename(tarball, x);
  return `file:${x}`;
}

async function publishAndName(files: Package): Promise<string> {
  await workshop.publish(files);
  const name = files === one ? "aop-one" : "aop-two";
  return `${workshop.registry.url}${name}/-/${name}-1.0.0.tgz`;
}

function install(place: Place, source: string) {
  return place.run(`plugins install ${source}`, workshop.registry.env);
}
