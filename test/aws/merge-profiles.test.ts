import type { Profile } from "@aws-okta-processor/contract";
import { describe, expect, test } from "vitest";
import { type Merged, type MergeRules, mergeProfiles } from "../../src/aws/merge-profiles.ts";
import { sourceOf } from "../../src/aws/own-profile.ts";
import { APPLICATION, command, OLD, profile } from "./profile.ts";

const source = (application: string) => sourceOf("acme.okta.com", "jdoe", application);
const rules: MergeRules = { file: "config", prune: false, inConfig: true, listed: new Set([source(APPLICATION)]) };
const dev = profile("profile acme-dev", "Dev", { region: "eu-west-1" });
const ops = profile("profile acme-ops", "Ops");
const DEV = command("Dev");
const OPS = command("Ops");
const NOTHING = { changes: [], added: [], changed: [], unchanged: 0, gone: [], conflicts: [] };

/** Merges, and once more, which changes nothing. */
function merge(text: string | undefined, profiles: readonly Profile[], given: Partial<MergeRules> = {}): Merged {
  const merged = mergeProfiles(text, profiles, { ...rules, ...given });
  const again = mergeProfiles(merged.text, profiles, { ...rules, ...given });
  expect([again.text, again.changes, again.added, again.changed]).toEqual([merged.text, [], [], []]);
  return merged;
}

describe("new profiles", () => {
  test("are a new file's whole text", () => {
    expect(merge(undefined, [dev, ops])).toEqual({
      ...NOTHING,
      text: `[profile acme-dev]\ncredential_process = ${DEV}\nregion = eu-west-1\n\n[profile acme-ops]\ncredential_process = ${OPS}\n`,
      changes: [
        "+[profile acme-dev]",
        `+credential_process = ${DEV}`,
        "+region = eu-west-1",
        "+[profile acme-ops]",
        `+credential_process = ${OPS}`,
      ],
      added: ["profile acme-dev", "profile acme-ops"],
    });
  });

  const added = `[profile acme-ops]\ncredential_process = ${OPS}\n`;
  test.each([
    ["an empty file", "", added],
    ["a byte order mark", "\ufeff", `\ufeff${added}`],
    ["one empty line", "\n", `\n${added}`],
    ["a missing line end", "[x]\na = 1", `[x]\na = 1\n\n${added}`],
    ["a line end", "[x]\na = 1\n", `[x]\na = 1\n\n${added}`],
    ["an empty line", "[x]\na = 1\n  \n", `[x]\na = 1\n  \n${added}`],
    ["a comment", "[x]\n# a", `[x]\n# a\n\n${added}`],
    ["Windows' line ends", "[x]\r\na = 1\r\n", `[x]\r\na = 1\r\n\r\n${added.replaceAll("\n", "\r\n")}`],
    ["an empty line of Windows", "[x]\r\n\r\n", `[x]\r\n\r\n${added.replaceAll("\n", "\r\n")}`],
    [
      "foreign things",
      "; c\n[x]\n\ta:1\n\n\n[services s]\ns3 =\n  b = 2\n",
      `; c\n[x]\n\ta:1\n\n\n[services s]\ns3 =\n  b = 2\n\n${added}`,
    ],
  ])("stand at the end, after %s", (_title, before, after) => {
    expect(merge(before, [ops]).text).toBe(after);
  });
});

describe("a profile that is there", () => {
  const before = `# mine\r\n[ profile my name ]\r\n  region: us-east-1\r\n  Credential_Process  =\t${command("Dev", { application: OLD })}  \r\n  x = 1`;

  test("has its command rewritten in its place, under the name and with the settings that the person gave it", () => {
    expect(merge(before, [dev])).toEqual({
      ...NOTHING,
      text: before.replace(OLD, APPLICATION),
      changes: [
        " [ profile my name ]",
        `-  Credential_Process  =\t${command("Dev", { application: OLD })}`,
        `+  Credential_Process  =\t${DEV}`,
      ],
      changed: [" profile my name "],
    });
  });

  test("is counted, and nothing else, if it is as it is to be", () => {
    expect(merge(`[profile a]\ncredential_process=${DEV}`, [dev])).toEqual({
      ...NOTHING,
      text: `[profile a]\ncredential_process=${DEV}`,
      unchanged: 1,
    });
  });

  test("is the same where the account is called otherwise", () => {
    const text = `[profile a]\ncredential_process=${command("Dev", { account: "111111111111" })}\n`;
    expect(merge(text, [dev])).toEqual({ ...NOTHING, text, unchanged: 1 });
  });

  test("is kept wherever the person has copied it to", () => {
    const twice = `[profile a]\ncredential_process=${DEV}\n[profile b]\ncredential_process=${command("Dev", { application: OLD })}\n`;
    expect(merge(twice, [dev])).toMatchObject({ text: twice.replace(OLD, APPLICATION), changed: ["profile b"], unchanged: 1 });
  });
});

describe("a section of others", () => {
  test.each([
    [
      "the README's command",
      `aws-okta-processor authenticate --user jdoe --organization acme.okta.com --role arn:aws:iam::1:role/Dev --key d`,
    ],
    ["a key of its own", DEV.replace(/--key=".*"/, '--key="mine"')],
    ["an argument more", `${DEV} --silent`],
    ["a comment", `${DEV} # mine`],
    ["a variable", DEV.replace("jdoe", "$USER")],
    ["another program", DEV.replace("aws-okta-processor", "/usr/bin/aws-okta-processor")],
    ["a line that goes on", `${DEV}\n  --silent`],
    ["another organization", command("Dev", { organization: "other.okta.com" })],
    ["another user", command("Dev", { user: "other" })],
  ])("is left alone and keeps its name: %s", (_title, foreign) => {
    const text = `[profile acme-dev]\ncredential_process = ${foreign}\n`;
    expect(merge(text, [dev], { prune: true })).toEqual({ ...NOTHING, text, conflicts: ["profile acme-dev"] });
  });

  test.each(['profile  "acme-dev"', "profile 'acme-dev'", "profile.acme-dev", "profile acme-dev] # [x"])("has a name by [%s]", (header) => {
    const text = `[${header}]\nregion = a\n`;
    expect(merge(text, [dev])).toEqual({ ...NOTHING, text, conflicts: [header] });
  });

  test("has the default profile by either of its names", () => {
    const wanted = profile("default", "Dev");
    expect(merge("[profile default]\n", [wanted])).toMatchObject({ text: "[profile default]\n", conflicts: ["profile default"] });
    expect(merge("[default]\n", [wanted])).toMatchObject({ text: "[default]\n", conflicts: ["default"] });
  });

  test("of a bare name is no profile of a config file, not even one with our command", () => {
    expect(merge("[acme-dev]\n", [dev])).toMatchObject({ added: ["profile acme-dev"], conflicts: [] });
    const bare = `[acme-dev]\ncredential_process = ${DEV}\n`;
    expect(merge(bare, [dev], { prune: true })).toMatchObject({ added: ["profile acme-dev"], unchanged: 0, gone: [], conflicts: [] });
    expect(merge(bare, [profile("acme-dev", "Dev"), profile("default", "Ops")], { inConfig: false })).toMatchObject({
      added: ["default"],
      unchanged: 1,
    });
    expect(merge("[acme-dev]\n", [profile("acme-dev", "Dev")], { inConfig: false })).toMatchObject({ added: [], conflicts: ["acme-dev"] });
  });
});

describe("a profile whose role is no longer given", () => {
  const old = `# one\n[profile a]\ncredential_process = ${DEV}\naws_secret_access_key = hidden\n# of a\n\n# two\n; three\n[profile b]\nx = 1\n`;

  test("is told", () => {
    expect(merge(old, [ops])).toMatchObject({ gone: ["profile a"], added: ["profile acme-ops"], unchanged: 0 });
    expect(merge(old, [ops]).text).toContain(old);
  });

  test("is removed whole on demand, and what stands above it and above the next is not", () => {
    const merged = mergeProfiles(`${old}\n[profile c]\ncredential_process = ${OPS}`, [ops], { ...rules, prune: true });
    expect(merged).toEqual({
      ...NOTHING,
      text: `# one\n# of a\n\n# two\n; three\n[profile b]\nx = 1\n\n[profile c]\ncredential_process = ${OPS}`,
      changes: ["-[profile a]", `-credential_process = ${DEV}`, "-aws_secret_access_key = …"],
      gone: ["profile a"],
      unchanged: 1,
    });
  });

  test("takes with it neither a heading of others nor more than its own lines, of which only keys are shown", () => {
    const nested = `[profile a]\ncredential_process = ${DEV}\n# my_secret = HUNTER1\ns3 =\n  my-secret-key = HUNTER2\n\n# ==== team ====\n\n[profile t]\n`;
    const merged = mergeProfiles(nested, [ops], { ...rules, prune: true });
    expect(merged.text).toBe(`# ==== team ====\n\n[profile t]\n\n[profile acme-ops]\ncredential_process = ${OPS}\n`);
    expect(merged.changes.slice(2, 5)).toEqual(["-…", "-s3 = …", "-…"]);
    expect(merged.changes.join("")).not.toContain("HUNTER");
    expect(mergeProfiles(`[profile a]\ncredential_process = ${DEV}\n\n\n[profile t]\n`, [ops], { ...rules, prune: true }).text).toMatch(
      /^\[profile t\]\n/,
    );
  });

  test("is the same profile where another application gives the role now", () => {
    const application = "https://acme.okta.com/home/amazon_aws/0oa2/1";
    const before = `[profile mine]\ncredential_process = ${command("Dev", { application })}\nregion = a\n`;
    const listed = [dev, profile("profile x", "X", {}, { application })];
    const merged = mergeProfiles(before, listed, { ...rules, prune: true });
    expect(merged).toMatchObject({ changed: ["profile mine"], gone: [], conflicts: [], added: ["profile x"] });
    expect(merged.text).toContain(`[profile mine]\ncredential_process = ${DEV}\nregion = a\n`);
  });

  test("gives its name free", () => {
    const merged = mergeProfiles(`[profile acme-ops]\ncredential_process = ${DEV}\n`, [ops], { ...rules, prune: true });
    expect(merged).toMatchObject({ text: `[profile acme-ops]\ncredential_process = ${OPS}\n`, conflicts: [] });
    expect(merge(`[profile acme-ops]\ncredential_process = ${DEV}\n`, [ops])).toMatchObject({ conflicts: ["profile acme-ops"] });
  });

  test("is not known where the listing was narrowed, nor that of another user, organization or application", () => {
    expect(merge(old, [ops], { listed: new Set(), prune: true })).toMatchObject({ gone: [] });
    const others = [{ user: "other" }, { organization: "other.okta.com" }, { application: "https://acme.okta.com/home/amazon_aws/0oa2/1" }];
    const text = others.map((of, index) => `[profile ${index}]\ncredential_process = ${command("Dev", of)}\n`).join("");
    expect(merge(text, [ops], { prune: true })).toMatchObject({ gone: [], added: ["profile acme-ops"] });
  });

  test("is one of any application that is listed", () => {
    const application = "https://acme.okta.com/home/amazon_aws/0oa2/1";
    const text = `[profile a]\ncredential_process = ${command("Gone", { application })}\n[profile b]\ncredential_process = ${command("Away")}\n`;
    const listed = new Set([source(APPLICATION), source(application)]);
    expect(merge(text, [ops], { listed })).toMatchObject({ gone: ["profile a", "profile b"] });
  });
});

describe("what would not be one profile in the file is refused", () => {
  const good = { credential_process: DEV };
  test.each([
    ["a line in a name", { section: "profile a\nb", settings: good }],
    ["a bracket in a name", { section: "profile a]b", settings: good }],
    ["no name", { section: "", settings: good }],
    ["a line in a value", { section: "a", settings: { ...good, region: "a\n[default]" } }],
    ["a NUL in a value", { section: "a", settings: { ...good, region: "a\u0000" } }],
    ["a comment in a value", { section: "a", settings: { ...good, region: "a #b" } }],
    ["an empty value", { section: "a", settings: { ...good, region: "" } }],
    ["a key that is none", { section: "a", settings: { ...good, "re=gion": "a" } }],
    ["a command of another form", { section: "a", settings: { credential_process: "date" } }],
    ["a line in the command", { section: "a", settings: { credential_process: command("Dev", { account: "a\nb" }) } }],
  ])("%s", (_title, hostile) => {
    expect(() => mergeProfiles("", [dev, hostile], rules)).toThrow(/^unexpected text in the profile "[^\n]*"; nothing was written$/u);
  });
});

test("ten thousand profiles go into a file of as many sections at once", () => {
  const profiles = Array.from({ length: 10_000 }, (_, index) => profile(`profile p${index}`, `r${index}`));
  const foreign = Array.from({ length: 5_000 }, (_, index) => `# c\n[profile f${index}]\nregion = x\n\n`).join("");
  const { text } = mergeProfiles(foreign, profiles.slice(0, 5_000), rules);
  const before = process.cpuUsage();
  expect(mergeProfiles(text, profiles, rules)).toMatchObject({ unchanged: 5_000, added: { length: 5_000 } });
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(1000);
});
