import { readdirSync } from "node:fs";
import path from "node:path";
import { type Sandbox, type Scenario, scenarios } from "@aws-okta-processor/sandbox";
import { describe, expect, test } from "vitest";
import { KEPT_PLAIN } from "../../src/cache/keeping.ts";
import { createBeside } from "../../src/flows/beside.ts";
import type { Session } from "../../src/flows/line.ts";
import { createOpenSession } from "../../src/flows/stations/open-session.ts";
import { createSend } from "../../src/http/send.ts";
import type { Options } from "../../src/options/options.ts";
import type { Question } from "../../src/terminal/terminal.ts";
import { readDocTables } from "../support/doc-tables.ts";
import { type Folder, useFolder } from "../support/folder.ts";
import { optionsFrom } from "../support/options.ts";
import { useSandbox } from "../support/sandbox.ts";
import { quietTerminal } from "../support/terminal.ts";
import { createWorld } from "../support/world.ts";
import { readGiven } from "./given.ts";

/** What docs/caches.md says of sessions. */
const sessions = readDocTables("caches.md")[3];
const FOLDER = ".aws-okta-processor/cache";
const PASS = "correct horse";

interface Place {
  readonly folder: Folder;
  readonly sandbox: Sandbox;
  readonly other: Sandbox;
}

describe.each([
  ["by us", 2],
  ["by the original", 3],
])("a session that was kept %s", (who, column) => {
  test.each(sessions?.rows ?? [])("with %s is asked for with %s", async (...row) => {
    const place = { folder: useFolder(), sandbox: await useSandbox(twoPeople), other: await useSandbox(twoPeople) };
    const kept = await open(place, givenOf(place, row[0]));
    if (who === "by the original") rewrite(place.folder, kept);
    const before = countSignIns(place);
    const given = givenOf(place, row[1]);
    const { org, okta } = await open(place, given);
    expect(countSignIns(place) === before ? "served" : "missed").toBe(row[column]);
    expect([okta.user, org.name]).toEqual([given.user ?? "jdoe", given.organization?.name ?? place.sandbox.organization]);
  });
});

test("the table of sessions in docs/caches.md is tested", () => {
  expect([sessions?.head, sessions?.rows.length]).toEqual([["Kept with", "Asked with", "Kept by us", "Kept by the Python tool"], 9]);
});

test("nobody is asked for what a kept session tells", async () => {
  const place = { folder: useFolder(), sandbox: await useSandbox(twoPeople), other: await useSandbox(twoPeople) };
  const asked: string[] = [];
  await open(place, optionsFrom({ pass: PASS }), asked);
  await open(place, optionsFrom({}), asked);
  expect(asked).toEqual(["Okta organization", "Okta user name"]);
  expect(readdirSync(path.join(place.folder.path, FOLDER))).toEqual(["None-None-session.json", "organizations.json"]);
});

const people = scenarios["no-mfa"].users;
const twoPeople: Scenario = {
  ...scenarios["no-mfa"],
  users: people.flatMap((person) => [person, { ...person, login: "jane@example.com" }]),
};

function givenOf({ sandbox, other }: Place, cell: string | undefined): Options {
  const { flags } = readGiven(cell ?? "", { ORG: sandbox.organization, OTHER_ORG: other.organization });
  return optionsFrom({ ...flags, pass: PASS });
}

/** Opens a session as jdoe would, who answers with their name and the organization. */
function open({ folder, sandbox }: Place, given: Options, asked: string[] = []): Promise<Session> {
  const world = createWorld({ home: folder.path });
  const send = createSend(world, { userAgent: "test/1", signal: world.signal });
  const ask = async ({ message }: Question) => {
    asked.push(message);
    return message === "Okta organization" ? sandbox.organization : "jdoe";
  };
  const nothing = () => Promise.reject(new Error("no extension was to be loaded"));
  const extensions = { factor: nothing, format: nothing, shell: nothing, hasShell: () => false, keychain: nothing, keychains: () => [] };
  const beside = createBeside();
  const parts = {
    world,
    terminal: { ...quietTerminal(), ask },
    extensions,
    send,
    sendAfterwards: send,
    beside,
    keeping: KEPT_PLAIN,
    keychain: async () => undefined,
  };
  return createOpenSession(parts)(given).finally(beside.end);
}

/** The same file in the original's words: Okta's answer and whose it is, in Python's JSON. */
function rewrite(folder: Folder, { okta, org }: Session): void {
  const [name = ""] = readdirSync(path.join(folder.path, FOLDER));
  const { id, login, userId, expiresAt, status } = okta.fields;
  const content = { id, login, userId, expiresAt, status, "aws-okta-processor": { user_name: okta.user, organization: org.name } };
  folder.write(path.join(FOLDER, name), JSON.stringify(content, undefined, 1).replaceAll(/\n\s*/g, " "));
}

function countSignIns({ sandbox, other }: Place): number {
  return sandbox.count("POST /api/v1/authn") + other.count("POST /api/v1/authn");
}
