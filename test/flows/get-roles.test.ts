import { type Account, type Scenario, scenarios } from "@aws-okta-processor/sandbox";
import { expect, test } from "vitest";
import { failureOf } from "../support/failure.ts";
import { callsOf, faulty } from "../support/sandbox.ts";
import { type Coming, usePlace, visit } from "../support/visit.ts";

const withoutMfa = (scene: keyof typeof scenarios, given: Partial<Scenario> = {}): Scenario => ({
  ...scenarios[scene],
  users: scenarios["no-mfa"].users,
  ...given,
});

/** What is listed in a scene, and where. */
async function list(scene: keyof typeof scenarios | Scenario, coming: Coming = {}) {
  const place = await usePlace(typeof scene === "string" ? withoutMfa(scene) : scene);
  const here = visit(place, coming);
  return { place, here, listing: await here.getRoles() };
}

const arn = (account: string, name: string, partition = "aws") => `arn:${partition}:iam::${account}:role/${name}`;
const named = async (scene: keyof typeof scenarios | Scenario, coming: Coming = {}) =>
  (await list(scene, coming)).listing.accounts.map(({ name, nameRaw, roles }) => [name, nameRaw, roles.length]);
const suffixes = async (scene: Scenario, coming: Coming = {}) =>
  (await list(scene, coming)).listing.accounts.flatMap(({ roles }) => roles.map(({ suffix }) => suffix));

test("every account and role of the application is listed, with whose list it is", async () => {
  const { place, listing } = await list("default");
  expect(listing).toEqual({
    applicationUrl: place.sandbox.applicationUrl(),
    organization: place.sandbox.organization,
    user: "jdoe",
    accounts: [
      {
        id: "111122223333",
        name: "acme-dev",
        nameRaw: "Account: acme-dev (111122223333)",
        roles: ["Administrator", "Developer", "ReadOnly"].map((name) => ({
          arn: arn("111122223333", name),
          suffix: arn("111122223333", name),
        })),
      },
      {
        id: "444455556666",
        name: "acme-prod",
        nameRaw: "Account: acme-prod (444455556666)",
        roles: ["Developer", "ReadOnly"].map((name) => ({ arn: arn("444455556666", name), suffix: arn("444455556666", name) })),
      },
      {
        id: "777788889999",
        name: "777788889999",
        nameRaw: "Account: 777788889999",
        roles: [
          { arn: arn("777788889999", "teams/data/Analyst-Reader"), suffix: "Reader" },
          { arn: arn("777788889999", "Auditor"), suffix: arn("777788889999", "Auditor") },
        ],
      },
    ],
  });
});

test("nothing is assumed, and no credentials are kept", async () => {
  const { place, here } = await list("default");
  expect([callsOf({ calls: here.calls() }), here.said]).toEqual([
    [
      "POST /api/v1/authn 200",
      "POST /api/v1/sessions 200",
      "GET /api/v1/users/me/appLinks 200",
      "GET /home/amazon_aws/0oa/272 200",
      "POST /saml 200",
    ],
    [],
  ]);
  expect(() => place.home.read(".aws")).toThrow("ENOENT");
});

test("the second time the kept session is enough", async () => {
  const place = await usePlace(withoutMfa("default"));
  await visit(place).getRoles();
  const again = visit(place, { flags: { pass: undefined } });
  await again.getRoles();
  expect(callsOf({ calls: again.calls() }).filter((call) => !call.includes("/refresh"))).toEqual([
    "GET /api/v1/users/me/appLinks 200",
    "GET /home/amazon_aws/0oa/272 200",
    "POST /saml 200",
  ]);
});

test.each(["page-legacy-split", "page-meta-data", "role-first", "app-redirect"] as const)(
  "of %s names and roles are the same",
  async (scene) => {
    expect(await named(scene)).toEqual(await named("default"));
  },
);

test.each(["page-error", "page-empty", "page-interstitial", "page-redirect"] as const)(
  "of %s accounts are called by their ids",
  async (scene) => {
    expect(await named(scene)).toEqual([
      ["111122223333", "Account: 111122223333", 3],
      ["444455556666", "Account: 444455556666", 2],
      ["777788889999", "Account: 777788889999", 2],
    ]);
  },
);

test("of a single role the account is called by its id, and the page of AWS is not asked", async () => {
  const { listing, here } = await list("single-role");
  expect([listing.accounts.map(({ name }) => name), here.calls().some(({ server }) => server === "sign-in")]).toEqual([
    ["111122223333"],
    false,
  ]);
});

test("only accounts that match the glob are listed", async () => {
  expect(await named("default", { flags: { "account-alias": "acme-p*" } })).toEqual([
    ["acme-prod", "Account: acme-prod (444455556666)", 2],
  ]);
});

test("a glob that matches nothing is told", async () => {
  const here = visit(await usePlace(withoutMfa("default")), { flags: { "account-alias": "none" } });
  expect((await failureOf(here.getRoles)).code).toBe("NO_ACCOUNT");
});

test("what authenticate would need is ignored", async () => {
  const flags = { "secondary-role": "r", duration: "soon", environment: true, key: "k", "no-aws-cache": true };
  expect(await named("default", { flags })).toEqual(await named("default"));
});

const account: Account = { id: "111122223333", roles: [{ name: "team-Dev-ADMIN" }, { name: "path/with-dash/Plain" }, { name: "a_b" }] };

test("the suffix is what follows the last delimiter of the whole ARN, in its own case", async () => {
  const scene = withoutMfa("default", { accounts: [account] });
  expect([
    await suffixes(scene),
    await suffixes(scene, { flags: { "role-suffix-delimiter": "_" } }),
    await suffixes(scene, { flags: { "role-suffix-delimiter": "role/" } }),
  ]).toEqual([
    ["ADMIN", "dash/Plain", arn(account.id, "a_b")],
    [arn(account.id, "team-Dev-ADMIN"), arn(account.id, "path/with-dash/Plain"), "b"],
    ["team-Dev-ADMIN", "path/with-dash/Plain", "a_b"],
  ]);
});

test("in GovCloud the ARN's own dash delimits, as in the original", async () => {
  const scene = withoutMfa("govcloud");
  expect(await suffixes(scene)).toEqual(scene.accounts.flatMap(({ id, roles }) => roles.map(({ name }) => `gov:iam::${id}:role/${name}`)));
});

test("hundreds of roles are listed", async () => {
  expect((await named("many-roles")).map(([, , count]) => count)).toEqual(Array.from({ length: 30 }, () => 9));
});

test("more roles than AWS takes are told as that", async () => {
  const here = visit(await usePlace(withoutMfa("too-many-roles")));
  expect((await failureOf(here.getRoles)).code).toBe("ASSERTION_TOO_LARGE");
});

test("a page that cannot be read is told", async () => {
  const here = visit(
    await usePlace(
      faulty("no-mfa", { on: "GET /home/*/*/*", status: 200, contentType: "text/html", body: '<input name="SAMLResponse" value="PHg+">' }),
    ),
  );
  expect((await failureOf(here.getRoles)).code).toBe("UNREADABLE");
});
