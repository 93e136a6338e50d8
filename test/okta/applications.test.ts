import { expect, test } from "vitest";
import { listApplications } from "../../src/okta/applications.ts";
import { failureOf } from "../support/failure.ts";
import { faulty, replies } from "../support/sandbox.ts";
import { useSession } from "../support/session.ts";

const LINKS = "GET /api/v1/users/me/appLinks";
const link = (fields: Readonly<Record<string, unknown>>) => ({
  appName: "amazon_aws",
  label: "AWS",
  linkUrl: "/home/amazon_aws/0oa1/272",
  ...fields,
});

test("only those that sign in to AWS accounts are listed, in Okta's order", async () => {
  const { sandbox, org, session } = await useSession();
  expect(await listApplications(org, session.id)).toEqual([{ label: "AWS Accounts", url: sandbox.applicationUrl("AWS Accounts") }]);
});

test("a label is trimmed, and one that is missing replaced", async () => {
  const links = [link({ label: " One  " }), link({ label: null }), link({ label: "Two", linkUrl: "/home/amazon_aws/0oa2/272" })];
  const { org, session } = await useSession(faulty("no-mfa", replies(LINKS, links)));
  expect(await listApplications(org, session.id)).toEqual([
    { label: "One", url: `${org.origin}/home/amazon_aws/0oa1/272` },
    { label: "AWS", url: `${org.origin}/home/amazon_aws/0oa1/272` },
    { label: "Two", url: `${org.origin}/home/amazon_aws/0oa2/272` },
  ]);
});

test.each([
  ["none at all", []],
  ["others", [link({ appName: "amazon_aws_sso" }), link({ appName: "example_wiki_1" }), link({ appName: "AMAZON_AWS" })]],
  ["strange entries", [null, 1, "x", [], {}, link({ linkUrl: null }), link({ linkUrl: "" }), link({ appName: ["amazon_aws"] })]],
])("where there are %s, there is no application", async (_, links) => {
  const { org, session } = await useSession(faulty("no-mfa", replies(LINKS, links)));
  expect(await failureOf(() => listApplications(org, session.id))).toEqual({
    name: "RefusedError",
    code: "NO_APPLICATION",
    message: `${org.name} shows you no AWS application`,
    hint: "ask an administrator to assign one, or name it with --application if it is hidden",
  });
});

test("one that is elsewhere is refused", async () => {
  const { org, session } = await useSession(faulty("no-mfa", replies(LINKS, [link({ linkUrl: "https://evil.example/home" })])));
  expect((await failureOf(() => listApplications(org, session.id))).code).toBe("OFF_ORG");
});

test("without a session there is no list", async () => {
  const { sandbox, org, session } = await useSession();
  sandbox.endSessions();
  expect(await listApplications(org, session.id)).toBe(undefined);
});

test.each([
  [401, "<html>"],
  [404, "<html>"],
  [403, '{"errorCode":"E0000006","errorSummary":"no"}'],
])("with status %i and %s the session is gone", async (status, body) => {
  const { org, session } = await useSession(faulty("no-mfa", { on: LINKS, status, body }));
  expect(await listApplications(org, session.id)).toBe(undefined);
});

test.each([
  [200, "<html>", "UNREADABLE"],
  [200, "null", "UNREADABLE"],
  [200, "{}", "UNREADABLE"],
  [200, "", "UNREADABLE"],
  [202, "{}", "UNREADABLE"],
  [302, "", "UNREADABLE"],
  [403, "<html>", "UNREADABLE"],
  [400, '{"errorCode":"E0000001","errorSummary":"no"}', "OKTA_REFUSED"],
  [429, "", "RATE_LIMITED"],
  [500, "", "SERVER_FAILED"],
])("status %i with %j is told", async (status, body, code) => {
  const { org, session } = await useSession(faulty("no-mfa", { on: LINKS, status, body }));
  expect((await failureOf(() => listApplications(org, session.id))).code).toBe(code);
});
