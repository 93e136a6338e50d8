import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseAssertedRoles } from "../../src/aws/assertion.ts";
import { Secret } from "../../src/secret.ts";
import { failureOf } from "../support/failure.ts";
import { arn, encode, provider, type SamlParts, samlXml } from "./saml.ts";

const pair = `${provider()},${arn("Developer")}`;
const developer = [arn("Developer"), provider()];

/** The ARNs of roles and providers in a response with these values. */
async function read(values: readonly string[], parts?: SamlParts): Promise<readonly (readonly string[])[]> {
  return arns(encode(samlXml(values, parts)));
}

async function arns(saml: Secret): Promise<readonly (readonly string[])[]> {
  const roles = await parseAssertedRoles(saml);
  return roles.map(({ role, principal }) => [role.arn, principal.arn]);
}

const noRole = {
  name: "RefusedError",
  code: "NO_ROLE",
  message: "this application gives you no AWS role",
  hint: "ask an administrator to assign one, or choose another --application",
};

describe("a value", () => {
  test("is taken apart", async () => {
    expect(await parseAssertedRoles(encode(samlXml([pair])))).toEqual([
      {
        role: { arn: arn("Developer"), partition: "aws", accountId: "111122223333", kind: "role", name: "Developer" },
        principal: { arn: provider(), partition: "aws", accountId: "111122223333", kind: "saml-provider", name: "okta" },
      },
    ]);
  });

  test.each([
    ["names the provider first", pair],
    ["names the role first", `${arn("Developer")},${provider()}`],
    ["has space around it", `\n    ${pair}\t\n  `],
    ["has space around its comma", `${provider()}\n  ,\n  ${arn("Developer")}`],
    ["has a comment in it", `${provider()},arn:aws:iam::111122223333:role/Dev<!-- no -->eloper`],
    ["has a comment before it", `<!-- ${provider()},${arn("Administrator")} -->${pair}`],
    ["is character data", `<![CDATA[${pair}]]>`],
    ["is written with entities", `${provider()}&#44;${arn("D&#x65;veloper")}`],
  ])("may be one that %s", async (_, value) => {
    expect(await read([value])).toEqual([developer]);
  });

  test.each([
    [`${provider()},${arn("a,b")}`, arn("a,b")],
    [`${arn("a,b,")},${provider()}`, arn("a,b,")],
    [`${provider()},${arn("teams/data/a,b@c")}`, arn("teams/data/a,b@c")],
  ])("%s keeps the commas of the role's name", async (value, role) => {
    expect(await read([value])).toEqual([[role, provider()]]);
  });

  test.each([
    ["nothing", ""],
    ["one ARN", arn("Developer")],
    ["two roles", `${arn("Developer")},${arn("Administrator")}`],
    ["two providers", `${provider()},${provider()}`],
    ["three ARNs", `${provider()},${arn("Administrator")},${arn("ReadOnly")}`],
    ["no ARN", "Developer,okta"],
    ["a user", `${provider()},arn:aws:iam::111122223333:user/jdoe`],
    ["a short account", `${provider("1")},${arn("Developer", "1")}`],
    ["another service", `${provider()},arn:aws:s3::111122223333:role/Developer`],
    ["something behind it", `${pair};rm`],
  ])("of %s gives no role, and does not hide the others", async (_, value) => {
    expect(await read([value, pair])).toEqual([developer]);
  });

  test("may be of any partition", async () => {
    const values = ["aws-cn", "aws-us-gov", "aws-new"].map(
      (partition) => `${provider("1".repeat(12), partition)},${arn("R", "1".repeat(12), partition)}`,
    );
    expect((await read(values)).map(([role]) => role)).toEqual([
      "arn:aws-cn:iam::111111111111:role/R",
      "arn:aws-us-gov:iam::111111111111:role/R",
      "arn:aws-new:iam::111111111111:role/R",
    ]);
  });
});

test("roles are in the order of the response, each once", async () => {
  const values = ["B", "A", "B", "C", "A"].map((name) => `${provider()},${arn(name)}`);
  expect((await read(values)).map(([role]) => role)).toEqual([arn("B"), arn("A"), arn("C")]);
});

test("of a role under two providers the first one counts", async () => {
  const second = provider().replace("okta", "other");
  expect(await read([pair, `${second},${arn("Developer")}`])).toEqual([developer]);
});

describe("the attribute", () => {
  test.each(["", "saml:", "saml2:", "ns0:", "urn_x:"])("is found with the prefix %j", async (prefix) => {
    expect(await read([pair], { prefix })).toEqual([developer]);
  });

  test.each(["https://aws.amazon.com/SAML/Attributes/Role", "https://www.amazonaws.cn/SAML/Attributes/Role"])(
    "may be %s",
    async (attribute) => {
      expect(await read([pair], { attribute })).toEqual([developer]);
    },
  );

  test.each([
    "https://aws.amazon.com/SAML/Attributes/RoleEntitlement",
    "https://aws.amazon.com/SAML/Attributes/role",
    "https://aws.amazon.com.evil.example/SAML/Attributes/Role",
    "Role",
    "",
  ])("may not be %j", async (attribute) => {
    expect(await failureOf(() => read([pair], { attribute }))).toEqual(noRole);
  });
});

describe("a response", () => {
  test.each([[[]], [[""]], [["x", "y"]]])("whose roles are %j gives none", async (values) => {
    expect(await failureOf(() => read(values))).toEqual(noRole);
  });

  test.each([
    ["a document type", "<!DOCTYPE foo>"],
    ["a document type in lower case", "<!doctype foo>"],
    ["an entity", '<!DOCTYPE r [<!ENTITY a "b">]>'],
    ["one that grows", '<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'],
    ["one from a file", '<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]>'],
  ])("with %s is not read", async (_, before) => {
    expect(await failureOf(() => read([pair], { before }))).toEqual({
      name: "RemoteError",
      code: "UNREADABLE",
      message: "the SAML response has a document type, which none needs",
      hint: undefined,
    });
  });

  test("as large as STS takes it is read, and one that is larger is refused", async () => {
    const of = (length: number) => new Secret("A".repeat(length));
    expect([(await failureOf(() => arns(of(100_000)))).code, await failureOf(() => arns(of(100_001)))]).toEqual([
      "UNREADABLE",
      {
        name: "RefusedError",
        code: "ASSERTION_TOO_LARGE",
        message: "the SAML response is larger than AWS takes: 100001 of 100000 characters",
        hint: "ask an administrator to assign fewer roles to this application",
      },
    ]);
  });

  test.each([
    ["nothing", ""],
    ["no base64", "%%%%"],
    ["base64 of no XML", Buffer.from("hello").toString("base64")],
    ["base64 of another XML", Buffer.from("<html><body>x</body></html>").toString("base64")],
    ["base64 of bytes", Buffer.from([0, 255, 254, 60, 1]).toString("base64")],
  ])("that is %s cannot be read", async (_, base64) => {
    expect(await failureOf(() => arns(new Secret(base64)))).toEqual({
      name: "RemoteError",
      code: "UNREADABLE",
      message: "the application's page holds no whole SAML response",
      hint: undefined,
    });
  });

  test("that is torn is not read", async () => {
    const xml = samlXml([pair]);
    for (let length = 0; length < xml.length; length++) {
      expect((await failureOf(() => arns(encode(xml.slice(0, length))))).code).toBe("UNREADABLE");
    }
    expect(await arns(encode(`${xml}\n`))).toEqual([developer]);
  });

  test("of any bytes is read or refused, without an error of ours", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary" }), async (junk) => {
        const outcome = await read([pair, junk]).catch((error: unknown) => error);
        expect(Array.isArray(outcome) || (await failureOf(() => Promise.reject(outcome as Error))).code !== "BUG").toBe(true);
      }),
    );
  });
});
