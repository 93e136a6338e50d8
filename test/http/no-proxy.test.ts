import { expect, test } from "vitest";
import { isExcepted } from "../../src/http/no-proxy.ts";

const ORG = "https://acme.okta.com";

test.each([
  ["acme.okta.com", ORG],
  ["okta.com", ORG],
  [".okta.com", ORG],
  ["*.okta.com", ORG],
  ["ACME.Okta.COM", ORG],
  ["a.com, okta.com", ORG],
  ["a.com okta.com", ORG],
  ["okta.com:443", ORG],
  ["okta.com", "https://acme.okta.com."],
  ["*", ORG],
  ["localhost:8080", "http://localhost:8080"],
  ["127.0.0.1", "https://127.0.0.1:9"],
  ["10.0.0.0/8", "https://10.200.3.4"],
  ["fd00::/8", "https://[fd12::1]"],
  ["::1", "https://[::1]:9"],
  ["[0:0::1]:9", "https://[::1]:9"],
])("%s excepts %s", (list, url) => {
  expect(isExcepted(new URL(url), list)).toBe(true);
});

test.each([
  ["", ORG],
  [",", ORG],
  ["kta.com", ORG],
  ["acme.okta.com.evil.com", ORG],
  ["www.acme.okta.com", ORG],
  ["okta.com:8443", ORG],
  ["okta.com:", ORG],
  ["localhost", "https://127.0.0.1"],
  ["0.0.1", "https://127.0.0.1"],
  ["10.0.0.0/8", "https://11.0.0.1"],
  ["10.0.0.0/8", ORG],
  ["10.0.0.0/33", "https://10.0.0.1"],
  ["10.0.0.0/8", "https://[::a00:1]"],
  ["okta.com/8", ORG],
  ["[::1]:8", "https://[::1]:9"],
])("%s does not except %s", (list, url) => {
  expect(isExcepted(new URL(url), list)).toBe(false);
});
