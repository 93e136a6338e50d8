import { expect, test } from "vitest";
import { networkInForce } from "../../src/http/in-force.ts";

const URL_OF_ORG = new URL("https://acme.okta.com");
const place = (env: Readonly<Record<string, string>>) => ({ env, cwd: "/srv/repository", home: "/home/jane" });

test("a network without proxy and bundle has nothing in force", () => {
  expect(networkInForce(URL_OF_ORG, place({}), undefined)).toEqual({ proxy: undefined, exceptedBy: undefined, bundles: [] });
});

test("what is in force is named with its variable, and without the password", () => {
  const env = { https_proxy: "http://me:s3cret@proxy:1", AWS_CA_BUNDLE: "corp.pem", NODE_EXTRA_CA_CERTS: "/etc/more.pem" };
  expect(networkInForce(URL_OF_ORG, place(env), undefined)).toEqual({
    proxy: { shown: "http://proxy:1", from: "https_proxy" },
    exceptedBy: undefined,
    bundles: [
      { file: "/srv/repository/corp.pem", from: "AWS_CA_BUNDLE" },
      { file: "/etc/more.pem", from: "NODE_EXTRA_CA_CERTS" },
    ],
  });
});

test("what keeps a host from the proxy is named", () => {
  const env = { HTTPS_PROXY: "http://proxy:1", NO_PROXY: "okta.com" };
  expect(networkInForce(URL_OF_ORG, place(env), undefined)).toMatchObject({ proxy: undefined, exceptedBy: "NO_PROXY" });
});

test("the option counts before all variables, and a bundle at home may be written with a tilde", () => {
  const env = { AWS_CA_BUNDLE: "a", REQUESTS_CA_BUNDLE: "b", CURL_CA_BUNDLE: "c", SSL_CERT_FILE: "d" };
  const names = ["AWS_CA_BUNDLE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"];
  const found = names.map((_, index) => networkInForce(URL_OF_ORG, place(Object.fromEntries(Object.entries(env).slice(index))), undefined));
  expect(found.map(({ bundles }) => bundles[0]?.from)).toEqual(names);
  expect(networkInForce(URL_OF_ORG, place(env), { file: "~/corp.pem", from: "--ca-bundle" }).bundles).toEqual([
    { file: "/home/jane/corp.pem", from: "--ca-bundle" },
  ]);
});
