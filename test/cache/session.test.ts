import { expect, test } from "vitest";
import { formatSession, readSession } from "../../src/cache/session.ts";
import { useFolder } from "../support/folder.ts";

const now = new Date("2030-01-01T00:00:00Z");
const owner = { user: "jdoe", organization: "acme.okta.com" };
const block = { "aws-okta-processor": { user_name: "jdoe", organization: "acme.okta.com" } };

/** What a file with this content is read as, as plain values. */
function read(content: unknown) {
  const folder = useFolder({ kept: typeof content === "string" ? content : JSON.stringify(content) });
  const session = readSession(`${folder.path}/kept`, now);
  return session === undefined ? undefined : { ...session, id: session.id.reveal() };
}

const after = (ms: number) => new Date(now.getTime() + ms).toISOString();

test("a session that still lasts is read whole", () => {
  const fields = { id: "102abc", expiresAt: after(3_600_000), status: "ACTIVE", ...block };
  expect(read(fields)).toEqual({
    id: "102abc",
    expiresAt: new Date("2030-01-01T01:00:00Z"),
    user: "jdoe",
    organization: "acme.okta.com",
    fields,
  });
});

test.each([
  [30_001, true],
  [30_000, false],
  [29_999, false],
  [-1, false],
])("one that ends in %i ms is served: %s", (ms, served) => {
  expect(read({ id: "102abc", expiresAt: after(ms), ...block }) !== undefined).toBe(served);
});

test("one that does not say whose it is, is read without a name", () => {
  const expiresAt = after(60_000);
  const contents = [{}, { "aws-okta-processor": null }, { "aws-okta-processor": { user_name: "", organization: 1 } }];
  expect(
    contents.map((content) => read({ id: "1", expiresAt, ...content })).map((session) => [session?.user, session?.organization]),
  ).toEqual([
    [undefined, undefined],
    [undefined, undefined],
    [undefined, undefined],
  ]);
});

test.each([
  [{ expiresAt: after(60_000) }],
  [{ id: "", expiresAt: after(60_000) }],
  [{ id: 1, expiresAt: after(60_000) }],
  [{ id: "1" }],
  [{ id: "1", expiresAt: "soon" }],
  [{ id: "1", expiresAt: null }],
  [[]],
  ["torn"],
])("%j is a miss", (content) => {
  expect(read(content)).toBe(undefined);
});

test("whose it is stands last, in the original's words", () => {
  const text = formatSession({ "aws-okta-processor": { user_name: "old" }, id: "1", expiresAt: "x" }, owner);
  expect(text).toBe('{"id":"1","expiresAt":"x","aws-okta-processor":{"user_name":"jdoe","organization":"acme.okta.com"}}');
});

test("a file that ends anywhere but at its end is a miss", () => {
  const whole = formatSession({ id: "102abc", expiresAt: after(60_000) }, owner);
  const folder = useFolder();
  for (let length = 0; length < whole.length; length++) {
    expect(readSession(folder.write("kept", whole.slice(0, length)), now)).toBe(undefined);
  }
  expect(readSession(folder.write("kept", whole), now)?.user).toBe("jdoe");
});
