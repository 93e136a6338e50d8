import { packageChecks } from "@aws-okta-processor/contract/conformance";
import { expect, test } from "vitest";
import { failuresOf, onlyFailureOf } from "./failures.ts";

const titles = {
  oclif: "a plugin is an oclif plugin",
  contract: "a plugin states the number of its contract",
  offers: "a plugin offers something, by key and path",
  hosts: "a plugin names the hosts that its factors talk to",
  prints: "a plugin says what its formats print in words that are known",
  dependencies: "a plugin does not bring a second host",
  scripts: "a plugin works without install scripts",
};

const block = { contract: 1, formats: { csv: "./dist/csv.js" } };
const good = { name: "format-csv", oclif: {}, awsOktaProcessor: block };

test("the smallest package.json passes", async () => {
  expect(await failuresOf(packageChecks(good))).toEqual({});
});

test("a factor's hosts pass", async () => {
  const factors = { "claims_provider:custom": "./dist/duo.js" };
  const hosts = ["*.duosecurity.com", "api.example.com", "a-1.b.example", "*.co.uk"];
  expect(await failuresOf(packageChecks({ ...good, awsOktaProcessor: { contract: 1, factors, hosts } }))).toEqual({});
});

test("what a format prints passes", async () => {
  const prints = { csv: ["roles", "credentials"] };
  expect(await failuresOf(packageChecks({ ...good, awsOktaProcessor: { ...block, prints } }))).toEqual({});
});

test.each<readonly [unknown, RegExp]>([
  ["roles", /^awsOktaProcessor.prints must be an object of formats and lists; it was "roles"$/],
  [{ tsv: ["roles"] }, /^awsOktaProcessor.prints may name formats of the package alone; it names "tsv"$/],
  [{ csv: "roles" }, /^a format prints "roles", "credentials" or both; for "csv" it was "roles"$/],
  [{ csv: [] }, /for "csv" it was \[\]$/],
  [{ csv: ["profiles"] }, /for "csv" it was \["profiles"\]$/],
])("%j is not what a format prints", async (prints, lesson) => {
  expect(await onlyFailureOf(packageChecks({ ...good, awsOktaProcessor: { ...block, prints } }), titles.prints)).toMatch(lesson);
});

test.each<readonly [unknown, RegExp]>([
  [[], /^awsOktaProcessor.hosts must be a list of hosts; it was \[\]$/],
  ["*.example.com", /must be a list of hosts; it was "\*.example.com"$/],
  [null, /must be a list of hosts; it was null$/],
  ...[
    ...[
      "https://example.com",
      "example.com:443",
      "example.com/",
      "Example.com",
      "*",
      "*.com",
      "localhost",
      "*.*.example.com",
      "a*.example.com",
    ],
    ...["127.0.0.1", "[::1]", "-a.example.com", "a..example.com", ".example.com", "", 1],
  ].map((host) => [[host], /^a host must be a lower-case name, "api.example.com" or "\*.example.com"; one was /] as const),
])("%j are no hosts", async (hosts, lesson) => {
  const awsOktaProcessor = { contract: 1, factors: { "claims_provider:custom": "./dist/duo.js" }, hosts };
  expect(await onlyFailureOf(packageChecks({ ...good, awsOktaProcessor }), titles.hosts)).toMatch(lesson);
});

test.each([
  [
    { awsOktaProcessor: { ...block, hosts: ["example.com"] } },
    titles.hosts,
    /^only a factor may talk to a host; .* names hosts and no factors$/,
  ],
  [{ oclif: undefined }, titles.oclif, /^a package.json must have "oclif", \{\} at least, .* it was undefined$/],
  [{ name: undefined }, titles.oclif, /^a plugin's name must be a text that is not empty; it was undefined$/],
  [
    { awsOktaProcessor: { ...block, contract: "1" } },
    titles.contract,
    /^awsOktaProcessor.contract must be the number 1, the contract of these checks: .*; it was "1"$/,
  ],
  [
    { awsOktaProcessor: { contract: 1 } },
    titles.offers,
    /^awsOktaProcessor must name a factor, a format, a shell or a keychain; it names none$/,
  ],
  [{ awsOktaProcessor: { ...block, format: {} } }, titles.offers, /^awsOktaProcessor may hold contract, .* it holds "format"$/],
  [
    { awsOktaProcessor: { ...block, shells: [] } },
    titles.offers,
    /^awsOktaProcessor.shells must be an object of keys and paths; it was \[\]$/,
  ],
  [{ awsOktaProcessor: { contract: 1, formats: { CSV: "./a.js" } } }, titles.offers, /^a key must be lower case, .* one was "CSV"$/],
  [
    { awsOktaProcessor: { contract: 1, formats: { csv: "dist/a.js" } } },
    titles.offers,
    /^a path must start with "\.\/" .* that of "csv" was "dist\/a.js"$/,
  ],
  [{ awsOktaProcessor: { contract: 1, formats: { csv: "./../a.js" } } }, titles.offers, /^a path must start with "\.\/" and stay inside/],
  [{ peerDependencies: { "aws-okta-processor": "*" } }, titles.dependencies, /^peerDependencies must not name aws-okta-processor: /],
  [{ dependencies: { "@aws-okta-processor/contract": "*" } }, titles.dependencies, /^dependencies must not name the contract: /],
  [
    { scripts: { postinstall: "node x" } },
    titles.scripts,
    /^the host installs plugins without running their scripts; postinstall would never run$/,
  ],
])("%j is found out", async (change, title, lesson) => {
  expect(await onlyFailureOf(packageChecks({ ...good, ...change }), title)).toMatch(lesson);
});

test.each([undefined, null, [], "x"])("%j instead of a package.json fails with words", async (packageJson) => {
  const failures = await failuresOf(packageChecks(packageJson));
  expect(Object.keys(failures)).toEqual([titles.oclif, titles.contract, titles.offers, titles.hosts, titles.prints]);
});
