import { expect, test } from "vitest";
import { parseOrganization } from "../../src/options/organization.ts";

const notAHost = "must be a host such as acme.okta.com";
const notAlone = "must be a host alone, without a path";
const notSafe = "must be reached by https; http is only for this machine";

test.each([
  ["acme.okta.com", "acme.okta.com", "https://acme.okta.com"],
  [" acme.okta.com ", "acme.okta.com", "https://acme.okta.com"],
  ["https://acme.okta.com", "acme.okta.com", "https://acme.okta.com"],
  ["https://acme.okta.com/", "acme.okta.com", "https://acme.okta.com"],
  ["acme.okta.com/", "acme.okta.com", "https://acme.okta.com"],
  ["Acme.Okta.com", "Acme.Okta.com", "https://acme.okta.com"],
  ["HTTPS://acme.okta.com", "acme.okta.com", "https://acme.okta.com"],
  ["localhost:8443", "localhost:8443", "https://localhost:8443"],
  ["acme.okta.com:443", "acme.okta.com:443", "https://acme.okta.com"],
  ["login.acme.example", "login.acme.example", "https://login.acme.example"],
  ["http://127.0.0.1:8080", "http://127.0.0.1:8080", "http://127.0.0.1:8080"],
  ["http://127.0.0.1:8080/", "http://127.0.0.1:8080", "http://127.0.0.1:8080"],
  ["http://localhost:80", "http://localhost", "http://localhost"],
  ["http://[::1]:8080", "http://[::1]:8080", "http://[::1]:8080"],
])("%j is the organization %j at %s", (raw, name, origin) => {
  expect(parseOrganization(raw)).toEqual({ name, origin });
});

test.each([
  ["", notAHost],
  [" ", notAHost],
  ["acme okta.com", notAHost],
  ["acme.okta.com\n", "acme.okta.com"],
  ["acme.okta\n.com", notAHost],
  ["jdoe@acme.okta.com", notAHost],
  ["https://jdoe:pw@acme.okta.com", notAHost],
  ["acme.okta.com\\@evil.example", notAHost],
  ["https://", notAHost],
  ["acme.okta.com:99999", notAHost],
  ["acme.okta.com/home", notAlone],
  ["https://acme.okta.com/app/x", notAlone],
  ["acme.okta.com?a", notAlone],
  ["acme.okta.com#a", notAlone],
  ["acme.okta.com?", notAlone],
  ["acme.okta.com#", notAlone],
  ["acme.okta.com/.", notAlone],
  ["acme.okta.com/a/..", notAlone],
  ["acme.okta.com//", notAlone],
  ["http://acme.okta.com", notSafe],
  ["http://127.0.0.1.evil.example", notSafe],
  ["ftp://acme.okta.com", notSafe],
  ["file:///etc/passwd", "must be a host alone, without a path"],
  ["javascript://x", notSafe],
])("%j is read as: %s", (raw, verdict) => {
  const parsed = parseOrganization(raw);
  expect(typeof parsed === "string" ? parsed : parsed.name).toBe(verdict);
});
