import type { Format, FormatContext, RoleListing } from "@aws-okta-processor/contract";
import { formatChecks } from "@aws-okta-processor/contract/conformance";
import { expect, test } from "vitest";
import { failuresOf } from "./failures.ts";

const titles = {
  shape: "a format has roles, credentials or both",
  templates: "a format says in one line what is wrong with a template, and keeps its word",
  silence: "a format does not write, it returns",
  same: "a format writes the same listing the same way",
  empty: "a format ends on an empty listing",
  hostile: "a format writes hostile names, or throws an Error of one line",
  colours: "a format has colours for a terminal alone",
  joins: "a format that joins applications has roles too",
  sameApplications: "a format writes the same applications the same way",
  noApplications: "a format ends where there are no applications, and where they give nothing",
  hostileApplications: "a format writes applications with hostile names, or throws an Error of one line",
  names: "a format says in one line what is wrong with a profile's name, and keeps its word",
  sameProfiles: "a format makes the same profiles of the same listings",
  parts: "a profile has a section of its own, and each of its parts is one line",
  sameCredentials: "a format writes the same credentials the same way",
  hostileCredentials: "a format writes hostile credentials, or throws an Error of one line",
};

const good: Format = {
  roles: ({ accounts }) => accounts.map(({ id }) => `${id}\n`),
  applications: (listings) => listings.flatMap(({ accounts }) => accounts.map(({ id }) => `${id}\n`)),
  profiles: (listings) => [{ section: "all", settings: { count: String(listings.length) } }],
  credentials: ({ accessKeyId }) => `${accessKeyId}\n`,
};

test("the smallest format passes every check", async () => {
  const checks = formatChecks(good);
  expect(checks.map(({ title }) => title)).toEqual(Object.values(titles));
  expect(await failuresOf(checks)).toEqual({});
});

test("a format without credentials or applications is not asked for them", () => {
  const asked = formatChecks({ roles: () => [] }).map(({ title }) => title);
  const { shape, templates, silence, same, empty, hostile, colours } = titles;
  expect(asked).toEqual([shape, templates, silence, same, empty, hostile, colours]);
});

test("colours that go into a pipe are found out", async () => {
  const paint = (terminal: FormatContext["terminal"]) => (terminal === undefined ? "\u001b[1mplain" : "plain");
  expect(await failuresOf(formatChecks({ roles: (_, { terminal }) => [paint(terminal)] }))).toEqual({
    [titles.colours]: 'colours are for a terminal that has them; for undefined roles wrote "\\u001b[1mplain"',
  });
  expect(await failuresOf(formatChecks({ roles: (_, { terminal }) => [terminal?.hasColors === true ? "\u001b[1m" : ""] }))).toEqual({});
});

test("profiles that share a section, or hold what is no line, are found out", async () => {
  const withProfiles = (profiles: NonNullable<Format["profiles"]>): Format => ({ roles: () => [], profiles });
  expect(await failuresOf(formatChecks(withProfiles((listings) => listings.map(() => ({ section: "a", settings: {} })))))).toEqual({
    [titles.parts]: 'two profiles of one section cannot be told apart; each must have its own; first it was ["a"], then ["a","a"]',
  });
  const names: NonNullable<Format["profiles"]> = ([, last]) => [{ section: "a", settings: { name: last?.accounts[0]?.name ?? "none" } }];
  expect((await failuresOf(formatChecks(withProfiles(names))))[titles.parts]).toBe(
    'a part of the profile "a" must be one line without control characters; it was "two\\nlines"',
  );
  const refuse = () => {
    throw new Error("none of these");
  };
  const accepting = withProfiles(([first], { profiles }) => (profiles.name === undefined || first === undefined ? [] : refuse()));
  expect(await failuresOf(formatChecks(accepting))).toEqual({
    [titles.names]: 'a name that checkName accepts must work; profiles refused the profile name "{account}": "none of these"',
  });
});

test("a format that can only join applications is found out", async () => {
  expect(await failuresOf(formatChecks({ applications: () => [], credentials: () => "" }))).toEqual({
    [titles.joins]: "a format that joins applications must have roles, for the host lists a single one by them; it has none",
  });
});

test("a format with nothing in it is found out", async () => {
  expect(await failuresOf(formatChecks({}))).toEqual({ [titles.shape]: "a format must have roles, credentials or both; it has neither" });
});

test("a template that was accepted and does not work is found out", async () => {
  const format: Format = {
    roles: (_, { template }) => {
      if (template.includes("'")) throw new Error("no quotes");
      return [];
    },
  };
  expect(await failuresOf(formatChecks(format))).toEqual({
    [titles.templates]: 'a template that check accepts must work; roles refused "it\'s": "no quotes"',
  });
});

test("a check that refuses the template of the example, or in more than a line, is found out", async () => {
  const always = await failuresOf(formatChecks({ ...good, check: () => "no" }));
  expect(always).toEqual({ [titles.templates]: 'check must accept the template of the example, "{account},{role}"; it said "no"' });
  const echo = await failuresOf(formatChecks({ ...good, check: ({ template }) => (template.includes("\n") ? template : undefined) }));
  expect(echo[titles.templates]).toMatch(/^what check says of the template .* must be one line without control characters/);
});

test("a template that was accepted and does not work for applications is found out", async () => {
  const applications: Format["applications"] = (_, { template }) => {
    if (template.includes("'")) throw new Error("no quotes");
    return [];
  };
  expect(await failuresOf(formatChecks({ ...good, applications }))).toEqual({
    [titles.templates]: 'a template that check accepts must work; applications refused "it\'s": "no quotes"',
  });
});

test("applications that forget nothing, have no end, give no texts or write by themselves are found out", async () => {
  let written = 0;
  const failuresWith = async (applications: unknown) => failuresOf(formatChecks({ ...good, applications } as Format));
  expect(await failuresWith(() => [`${written++}`])).toEqual({
    [titles.sameApplications]: expect.stringMatching(
      /^a format is pure: the same applications must give the same output; first it was "\d+", then "\d+"$/,
    ),
  });
  expect((await failuresWith(() => Array.from({ length: 1001 }, () => "again ")))[titles.noApplications]).toBe(
    "applications must end; for 0 of them it gave more than 1000 pieces",
  );
  expect((await failuresWith(() => [1]))[titles.noApplications]).toBe("applications must give texts; it gave 1");
  expect(await failuresWith(() => [String(process.stdout.write(""))])).toEqual({
    [titles.silence]: 'a format must not write to standard output, which belongs to the host; it wrote ""',
  });
  expect(await failuresWith("no function")).toMatchObject({
    [titles.shape]: 'a format\'s applications must be a function; it is "no function"',
  });
});

test("applications that change what they are given, or throw more than a line, are found out", async () => {
  const changing = (listings: readonly RoleListing[]) => {
    (listings as RoleListing[]).reverse();
    return [];
  };
  expect((await failuresOf(formatChecks({ ...good, applications: changing })))[titles.sameApplications]).toMatch(
    /^a format must not change what it is given; it was .*, and then /,
  );
  const throwing = ([first]: readonly RoleListing[]) => {
    if (first !== undefined && first.user !== "jdoe") throw new Error("a\nb");
    return [];
  };
  expect(await failuresOf(formatChecks({ ...good, applications: throwing }))).toEqual({
    [titles.hostileApplications]:
      'the message of the Error that applications, for names of "", throws must be one line without control characters; it was "a\\nb"',
  });
});

test("a format that changes what it is given is found out", async () => {
  const format: Format = {
    roles: ({ accounts }) => {
      (accounts as unknown[]).reverse();
      return [];
    },
  };
  expect((await failuresOf(formatChecks(format)))[titles.same]).toMatch(/^a format must not change what it is given; it was .*, and then /);
});

test("a format that remembers is found out", async () => {
  let written = 0;
  const failures = await failuresOf(formatChecks({ roles: () => [`${written++}`], credentials: () => `${written++}` }));
  expect(failures[titles.same]).toMatch(/^a format is pure: the same listing must give the same output; first it was "\d+", then "\d+"$/);
  expect(failures[titles.sameCredentials]).toMatch(/^a format is pure: the same credentials must give the same output; first it was /);
});

test("a format without an end is found out", async () => {
  const format: Format = {
    *roles() {
      for (;;) yield "again ";
    },
  };
  expect((await failuresOf(formatChecks(format)))[titles.empty]).toBe("roles must end; for 0 accounts it gave more than 1000 pieces");
});

test("a format that gives something else than texts is found out", async () => {
  const format = { roles: () => [1], credentials: () => undefined } as unknown as Format;
  const failures = await failuresOf(formatChecks(format));
  expect(failures[titles.same]).toBe("roles must give texts; it gave 1");
  expect(failures[titles.sameCredentials]).toBe("credentials must return a text; it returned undefined");
});

test("a format that writes by itself is found out", async () => {
  const format: Format = { credentials: () => `${String(process.stdout.write(""))}` };
  expect(await failuresOf(formatChecks(format))).toEqual({
    [titles.silence]: 'a format must not write to standard output, which belongs to the host; it wrote ""',
  });
});

test("what a format throws must be an Error of one line", async () => {
  const thrower = (thrown: unknown): Format => ({
    roles: ({ user }) => {
      if (user !== "jdoe") throw thrown;
      return [];
    },
  });
  expect(await failuresOf(formatChecks(thrower(new Error("no"))))).toEqual({});
  expect(await failuresOf(formatChecks(thrower("no")))).toEqual({
    [titles.hostile]: 'roles, for names of "", must throw nothing but an Error; it threw "no"',
  });
  expect(await failuresOf(formatChecks(thrower(new Error("a\nb"))))).toEqual({
    [titles.hostile]:
      'the message of the Error that roles, for names of "", throws must be one line without control characters; it was "a\\nb"',
  });
});
