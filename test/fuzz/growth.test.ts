import { expect, test } from "vitest";
import { readForms } from "../../plugins/factor-duo/src/read-forms.ts";
import { parseAssertedRoles } from "../../src/aws/assertion.ts";
import { parseConfigFile } from "../../src/aws/config-file.ts";
import { matchesGlob } from "../../src/aws/glob.ts";
import { parseAccountAliases } from "../../src/aws/sign-in-page.ts";
import { createRegistry } from "../../src/extensions/registry.ts";
import { createCookieJar } from "../../src/http/cookies.ts";
import { openApplication } from "../../src/okta/app-page.ts";
import { parseTransaction } from "../../src/okta/parse-transaction.ts";
import { findStateToken } from "../../src/okta/state-token.ts";
import { parseDotfile } from "../../src/options/dotfile.ts";
import { Secret } from "../../src/secret.ts";
import { cleanText } from "../../src/terminal/clean.ts";
import { readOrRefuse } from "./target.ts";

interface Pump {
  readonly name: string;
  /** The smaller of the two sizes; the other is sixteen times as large. */
  readonly size: number;
  readonly read: (size: number) => unknown;
}

const title = (text: string) => parseAccountAliases(`<p class="saml-account-name">${text}</p>`);
const pair = (value: string) => {
  const attribute = `<Attribute Name="https://aws.amazon.com/SAML/Attributes/Role"><AttributeValue>${value}</AttributeValue></Attribute>`;
  const xml = `<Response><Assertion><AttributeStatement>${attribute}</AttributeStatement></Assertion></Response>`;
  return parseAssertedRoles(new Secret(Buffer.from(xml).toString("base64")));
};
const page = (text: string) =>
  openApplication({ name: "acme", origin: "https://acme.test", send: async () => ({ status: 200, headers: new Headers(), text }) }, "/");
const offer = (size: number) => {
  const factors = Array.from({ length: size }, (_, index) => ({
    factorType: "a",
    provider: `b${index}`,
    _links: { verify: { href: "c" } },
  }));
  return parseTransaction({ status: "MFA_REQUIRED", stateToken: "s", _embedded: { factors } });
};
const shells = (size: number) => {
  const names = Object.fromEntries(Array.from({ length: size }, (_, index) => [`s${index}`, "./x"]));
  const block = { contract: 1, shells: names };
  const registry = createRegistry([{ name: "x", version: "1", root: "/", source: "installed", own: false, block }]);
  return [registry.list("shells"), registry.claims("shells")];
};

const pumps: readonly Pump[] = [
  { name: "spaces in an account's title", size: 1_000, read: (n) => title(`Account: ${" ".repeat(n)}x`) },
  { name: "brackets in an account's title", size: 10_000, read: (n) => title(`${"(123456789012)".repeat(n)}x`) },
  { name: "spaces in the value of a role", size: 4_000, read: (n) => pair(`a${" ".repeat(n)}b`) },
  { name: "commas in the value of a role", size: 4_000, read: (n) => pair(`arn:${", ".repeat(n / 2)}b`) },
  { name: "slashes in the value of a role", size: 4_000, read: (n) => pair(`arn:aws:iam::111122223333:role/${"a/".repeat(n / 2)} `) },
  { name: "elements in elements of a sign-in page", size: 10_000, read: (n) => title("<b>".repeat(n)) },
  { name: "elements in elements of an application page", size: 10_000, read: (n) => page("<h1>".repeat(n)) },
  {
    name: "forms of an application page",
    size: 1_000,
    read: (n) => page(`${"<b>".repeat(200)}<i id=password-verification-challenge></i>${"<form></form><h1></h1>".repeat(n)}`),
  },
  {
    name: "fields of an application page",
    size: 1_000,
    read: (n) => page(`<form id=password-verification-challenge>${"<input name=a>".repeat(n)}`),
  },
  { name: "ends of elements that never began", size: 10_000, read: (n) => page(`${"<b>".repeat(200)}${"</i>".repeat(n)}`) },
  { name: "state tokens without an end", size: 10_000, read: (n) => findStateToken(`stateToken="`.repeat(n)) },
  { name: "spaces behind state tokens", size: 10_000, read: (n) => findStateToken(`stateToken      `.repeat(n)) },
  { name: "tags of Duo's page", size: 10_000, read: (n) => readForms(`<a b="`.repeat(n)) },
  { name: "comments of Duo's page", size: 10_000, read: (n) => readForms("<!--".repeat(n)) },
  { name: "factors", size: 1_000, read: offer },
  { name: "shells of a plugin", size: 1_000, read: shells },
  { name: "spaces in a line of a dotfile", size: 10_000, read: (n) => parseDotfile(`[a]\nb${" ".repeat(n)}c`, "f") },
  { name: "lines of a value in a dotfile", size: 10_000, read: (n) => parseDotfile(`[a]\nb = c${"\n\n  d".repeat(n)}`, "f") },
  { name: "spaces in a line of an AWS config file", size: 10_000, read: (n) => parseConfigFile(`[a]\nb${" ".repeat(n)}c`, "f") },
  {
    name: "cookies",
    size: 1_000,
    read: (n) =>
      createCookieJar().take(
        Array.from({ length: n }, (_, i) => `a${i}=b; ${"x;".repeat(20)}`),
        new Date(),
      ),
  },
  {
    name: "a name that a pattern of many stars nearly matches",
    size: 1_000,
    read: (n) => matchesGlob("a".repeat(n), `${"*a".repeat(20)}b`, "linux"),
  },
  { name: "stars of a pattern", size: 1_000, read: (n) => matchesGlob("a".repeat(100), `${"*a".repeat(n)}b`, "linux") },
  { name: "a line for the terminal", size: 10_000, read: (n) => cleanText("\n\u001b[".repeat(n)) },
];

test.each(pumps)(
  "sixteen times as many $name take no more than sixteen times as long",
  async ({ size, read }) => {
    const small = await leastOf(() => read(size));
    const large = await leastOf(() => read(size * 16));
    // By the square of the size it were 256 times. Of what takes no time at all the ratio says nothing.
    expect(large).toBeLessThan(48 * small + 60);
  },
  20_000,
);

/** The CPU time of this process in milliseconds, the least of three: a busy machine adds none. */
async function leastOf(run: () => unknown): Promise<number> {
  const spans: number[] = [];
  for (let round = 0; round < 3; round++) {
    const before = process.cpuUsage();
    await readOrRefuse(run);
    const { user, system } = process.cpuUsage(before);
    spans.push((user + system) / 1000);
  }
  return Math.min(...spans);
}
