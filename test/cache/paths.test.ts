import path from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { ownCredentialsFile, sessionFile, sharedCredentialsFile } from "../../src/cache/paths.ts";

const folder = path.join("/home/jdoe", ".aws-okta-processor", "cache");

test("the original's places are used", () => {
  expect([sharedCredentialsFile("/home/jdoe", "abc"), sessionFile("/home/jdoe", "jdoe", "acme.okta.com")]).toEqual([
    path.join("/home/jdoe", ".aws", "boto", "cache", "abc.json"),
    path.join(folder, "jdoe-acme.okta.com-session.json"),
  ]);
});

test("our own credentials have a folder of their own", () => {
  expect(ownCredentialsFile("/home/jdoe", "abc")).toBe(path.join(folder, "credentials", "abc.json"));
});

test.each([
  [undefined, undefined, "None-None-session.json"],
  ["jdoe", undefined, "jdoe-None-session.json"],
  [undefined, "acme.okta.com", "None-acme.okta.com-session.json"],
  ["j.doe@example.com", "localhost:8443", "j.doe@example.com-localhost:8443-session.json"],
  ["jürgen doe", "acme.okta.com", "jürgen doe-acme.okta.com-session.json"],
  ["a/b", "acme.okta.com", "a%2Fb-acme.okta.com-session.json"],
  ["a%2Fb", "acme.okta.com", "a%252Fb-acme.okta.com-session.json"],
  ["../../etc/passwd", "acme.okta.com", "%2E%2E%2F..%2Fetc%2Fpasswd-acme.okta.com-session.json"],
  ["jdoe", "http://127.0.0.1:8080", "jdoe-http:%2F%2F127.0.0.1:8080-session.json"],
])("the session of %j at %j is kept in %s", (user, organization, name) => {
  expect(sessionFile("/home/jdoe", user, organization)).toBe(path.join(folder, name));
});

test("whatever the user is called, the file is in the folder, and no other user's", () => {
  const user = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom("a", "/", "\\", "%", ".", "2", "F", "\0") }));
  fc.assert(
    fc.property(user, user, (one, other) => {
      const file = sessionFile("/home/jdoe", one, "acme.okta.com");
      expect([path.dirname(file), file.includes("\0")]).toEqual([folder, false]);
      expect(file === sessionFile("/home/jdoe", other, "acme.okta.com")).toBe(one === other);
    }),
  );
});
