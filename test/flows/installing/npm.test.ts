import { expect, test } from "vitest";
import { readSignatures } from "../../../src/flows/installing/check-signatures.ts";
import { npmFailed } from "../../../src/flows/installing/npm.ts";
import { failureOf } from "../../support/failure.ts";

const ended = (stdout: string, stderr = "") => ({ exitCode: 1, stdout, stderr });

test.each([
  [
    "npm error code E404\nnpm error 404 Not Found - GET https://registry.example.com/acme\nnpm error 404\nnpm error A complete log of this run can be found in: /x\n",
    "UsageError",
    "PACKAGE_UNKNOWN",
    "npm cannot get acme: Not Found - GET https://registry.example.com/acme",
  ],
  [
    "npm warn old\nnpm error code ETARGET\nnpm error notarget No matching version found for acme@9.\nnpm error notarget In most cases\n",
    "UsageError",
    "PACKAGE_UNKNOWN",
    "npm cannot get acme: No matching version found for acme@9.",
  ],
  [
    "npm error code ENOTFOUND\nnpm error syscall getaddrinfo\nnpm error errno ENOTFOUND\nnpm error network request to https://registry.example.com/acme failed, reason: getaddrinfo ENOTFOUND registry.example.com\nnpm error network This is a problem\n",
    "RemoteError",
    "NPM_FAILED",
    "npm cannot get acme: request to https://registry.example.com/acme failed, reason: getaddrinfo ENOTFOUND registry.example.com",
  ],
  ["npm error code E500\n", "RemoteError", "NPM_FAILED", "npm cannot get acme: E500"],
  ["", "RemoteError", "NPM_FAILED", "npm cannot get acme: it does not say why"],
])("what npm says in many lines is told in one: %j", (stderr, name, code, message) => {
  expect(npmFailed("acme", ended("", stderr))).toMatchObject({ name, code, message });
});

test("where npm checked signatures and found none that is wrong, each package is told to be signed", () => {
  const report = { invalid: [], missing: [], verified: [{ name: "built", version: "1.0.0" }] };
  const { of } = readSignatures(ended(JSON.stringify(report)));
  expect([of("acme"), of("built")]).toEqual(["its signature is verified", "its signature and where it was built are verified"]);
});

test.each(["", "{}", '{"error":{"code":"ENOTFOUND"}}', "found no dependencies to audit"])(
  "where npm could not check them, that is told: %j",
  (stdout) => {
    expect(readSignatures(ended(stdout)).of("acme")).toBe("its signature could not be checked");
  },
);

test.each([
  [
    { invalid: [{ name: "acme", version: "1.0.0", code: "EINTEGRITYSIGNATURE" }], missing: [] },
    "acme 1.0.0 has a signature that is not right; nothing was installed",
  ],
  [
    { invalid: [], missing: [{ name: "deep", version: "2.0.0" }] },
    "deep 2.0.0 is not signed, though its registry signs what it gives; nothing was installed",
  ],
])("a package that npm would not trust is refused: %j", async (report, message) => {
  expect(await failureOf(() => readSignatures(ended(JSON.stringify(report))))).toMatchObject({
    name: "RefusedError",
    code: "SIGNATURE_INVALID",
    message,
  });
});
