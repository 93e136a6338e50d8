import { createHash } from "node:crypto";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { credentialFiles, type KeptCredentials } from "../../src/cache/credentials.ts";
import { KEPT_PLAIN } from "../../src/cache/keeping.ts";
import { keepCredentials } from "../../src/flows/keep-credentials.ts";
import { wantedCredentials } from "../../src/flows/wanted-credentials.ts";
import type { Options } from "../../src/options/options.ts";
import { readDocTables } from "../support/doc-tables.ts";
import { type Folder, useFolder } from "../support/folder.ts";
import { optionsFrom } from "../support/options.ts";
import { quietTerminal } from "../support/terminal.ts";
import { createWorld } from "../support/world.ts";
import { readGiven } from "./given.ts";
import { NOW } from "./wanted.ts";

/** What docs/caches.md says of options, and of files. */
const [, options, files] = readDocTables("caches.md");

const ARN = "arn:aws:iam::111122223333:role/Developer";
const APP = "https://acme.okta.com/home/amazon_aws/0oa1/272";
const NAMES = {
  ARN,
  ANOTHER: "arn:aws:iam::111122223333:role/Administrator",
  SECOND: "arn:aws:iam::444455556666:role/Deployer",
  APP,
  OTHER: "https://acme.okta.com/home/amazon_aws/0oa2/272",
};

describe.each([
  ["by us", keepByUs, 2],
  ["by the original", keepByOriginal, 3],
] as const)("what was kept %s", (_, keep, column) => {
  test.each(options?.rows ?? [])("with %s is asked for with %s", async (...row) => {
    const folder = useFolder();
    await keep(folder, givenOf(row[0]), 3600);
    expect(await ask(folder, givenOf(row[1]))).toBe(row[column]);
  });

  test.each(files?.rows ?? [])("and %s", async (what, ...verdicts) => {
    const folder = useFolder();
    const seconds = /^lasts (\d+) seconds$/.exec(what)?.[1];
    await keep(folder, optionsFrom(), Number(seconds ?? "3600"));
    if (seconds === undefined) tear(folder);
    expect(await ask(folder, optionsFrom())).toBe(verdicts[column - 2]);
  });
});

test("both tables of docs/caches.md are tested", () => {
  expect([options?.head, files?.head]).toEqual([
    ["Kept with", "Asked with", "Kept by us", "Kept by the Python tool"],
    ["The file", "Kept by us", "Kept by the Python tool"],
  ]);
  expect([options?.rows.length, files?.rows.map(([what]) => what)]).toEqual([48, ["lasts 600 seconds", "lasts 599 seconds", "is torn"]]);
});

function givenOf(cell: string | undefined): Options {
  const { flags, env } = readGiven(cell ?? "", NAMES);
  return optionsFrom(flags, { env });
}

/** The whole line in one step: credentials of the role that the options mean, or of the one that a menu gave. */
async function keepByUs(folder: Folder, given: Options, seconds: number): Promise<void> {
  await keepCredentials({ world: worldOf(folder), terminal: quietTerminal(), keeping: KEPT_PLAIN }, async () =>
    credentialsOf(given, seconds),
  )(given);
}

/** As the original does: named by organization, user and key alone, and all that STS said. */
async function keepByOriginal(folder: Folder, given: Options, seconds: number): Promise<void> {
  const { credentials, assumedRole } = credentialsOf(given, seconds);
  const text = (value: string | undefined) => (value === undefined ? "null" : JSON.stringify(value));
  const key = `{"Key": ${text(given.key)}, "Organization": ${text(given.organization?.name)}, "User": ${text(given.user)}}`;
  const name = createHash("sha1").update(key).digest("hex");
  const content = {
    Credentials: {
      AccessKeyId: credentials.accessKeyId,
      SecretAccessKey: credentials.secretAccessKey,
      SessionToken: credentials.sessionToken,
      Expiration: credentials.expiration,
    },
    AssumedRoleUser: { AssumedRoleId: assumedRole?.id, Arn: assumedRole?.arn },
    ResponseMetadata: { HTTPStatusCode: 200 },
  };
  folder.write(`.aws/boto/cache/${name}.json`, JSON.stringify(content));
}

async function ask(folder: Folder, given: Options): Promise<"served" | "missed"> {
  const fetched: KeptCredentials[] = [];
  const fetch = async () => {
    fetched.push(credentialsOf(given, 3600));
    return credentialsOf(given, 3600);
  };
  await keepCredentials({ world: worldOf(folder), terminal: quietTerminal(), keeping: KEPT_PLAIN }, fetch)(given);
  return fetched.length > 0 ? "missed" : "served";
}

function tear(folder: Folder): void {
  for (const file of Object.values(credentialFiles(folder.path, wantedCredentials(optionsFrom())))) {
    folder.write(path.relative(folder.path, file), '{"Credentials": {"AccessKeyId": "ASIA');
  }
}

function worldOf(folder: Folder) {
  return createWorld({ home: folder.path, now: () => NOW });
}

function credentialsOf({ role, secondaryRole, application }: Options, seconds: number): KeptCredentials {
  const named = [secondaryRole, role].find((name) => name?.startsWith("arn:") === true) ?? ARN;
  const [, account = "", name = ""] = /::(\d+):role\/(.+)$/.exec(named) ?? [];
  const expiration = new Date(NOW.getTime() + seconds * 1000).toISOString().replace(".000", "");
  return {
    credentials: { accessKeyId: "ASIA1", secretAccessKey: "s", sessionToken: "t", expiration },
    assumedRole: { id: "AROA1:jdoe", arn: `arn:aws:sts::${account}:assumed-role/${name}/jdoe` },
    application: application?.href ?? APP,
  };
}
