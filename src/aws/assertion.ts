import type { Element } from "domhandler";
import { RefusedError, RemoteError } from "../errors.ts";
import type { Secret } from "../secret.ts";
import { type IamArn, parseIamArn } from "./arn.ts";

/** A role that the assertion lets one assume, and the identity provider that vouches for it. */
export interface AssertedRole {
  readonly role: IamArn;
  readonly principal: IamArn;
}

/** STS takes no longer one. @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithSAML.html */
const MAX_BASE64 = 100_000;

/** Documented for AWS's own namespace and for China's. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_saml_assertions.html */
const ROLE_ATTRIBUTE = /^https?:\/\/(?:aws\.amazon\.com|www\.amazonaws\.cn)\/SAML\/Attributes\/Role$/;

/** The parser closes by itself what a torn text left open. */
const WHOLE = /<\/(?:[^\s<>/:]+:)?Response\s*>\s*$/;

/**
 * The roles in a SAML response, in its order, each once. What it says is not trusted, only offered: AWS judges it.
 *
 * @throws RefusedError `NO_ROLE`, `ASSERTION_TOO_LARGE`; RemoteError `UNREADABLE`
 */
export async function parseAssertedRoles(saml: Secret): Promise<readonly AssertedRole[]> {
  const base64 = saml.reveal();
  if (base64.length > MAX_BASE64) {
    throw new RefusedError(`the SAML response is larger than AWS takes: ${base64.length} of ${MAX_BASE64} characters`, {
      code: "ASSERTION_TOO_LARGE",
      hint: "ask an administrator to assign fewer roles to this application",
    });
  }
  const xml = Buffer.from(base64, "base64").toString("utf8");
  if (/<!(?:DOCTYPE|ENTITY)/i.test(xml))
    throw new RemoteError("the SAML response has a document type, which none needs", { code: "UNREADABLE" });
  if (!WHOLE.test(xml)) throw new RemoteError("the application's page holds no whole SAML response", { code: "UNREADABLE" });
  const roles = uniqueRoles((await roleValues(xml)).flatMap((value) => parseRolePair(value) ?? []));
  if (roles.length > 0) return roles;
  throw new RefusedError("this application gives you no AWS role", {
    code: "NO_ROLE",
    hint: "ask an administrator to assign one, or choose another --application",
  });
}

/**
 * Elements are found by their local name, for the prefix is the sender's choice, and only where SAML has them: what stands elsewhere is in
 * no assertion, and of two assertions nobody knows which one AWS believes.
 *
 * @see https://docs.oasis-open.org/security/saml/v2.0/saml-schema-assertion-2.0.xsd
 */
async function roleValues(xml: string): Promise<readonly string[]> {
  const { readMarkup } = await import("../read-markup.ts");
  const $ = readMarkup(xml, { xml: true });
  if ($ === undefined) throw new RemoteError("the SAML response has endlessly nested elements", { code: "UNREADABLE" });
  const localName = (element: unknown) => String((element as { name?: unknown }).name).replace(/^.*:/, "");
  const inside = (elements: readonly Element[], name: string) =>
    elements.flatMap((element) =>
      $(element)
        .children()
        .toArray()
        .filter((child) => localName(child) === name),
    );
  const responses = $.root().children().toArray();
  const assertions = inside(
    responses.filter((root) => localName(root) === "Response"),
    "Assertion",
  );
  if (assertions.length > 1) throw new RemoteError("the SAML response has more than one assertion", { code: "UNREADABLE" });
  const attributes = inside(inside(assertions, "AttributeStatement"), "Attribute");
  const ofRoles = attributes.filter((attribute) => ROLE_ATTRIBUTE.test($(attribute).attr("Name") ?? ""));
  return inside(ofRoles, "AttributeValue").map((value) => $(value).text());
}

/** Two ARNs in either order; a comma may stand in a role's name, so only one that an ARN follows separates. */
function parseRolePair(value: string): AssertedRole | undefined {
  const parts = value.trim().split(/,\s*(?=arn:)/);
  const arns = parts.flatMap((part) => parseIamArn(part.trim()) ?? []);
  const role = arns.find((arn) => arn.kind === "role");
  const principal = arns.find((arn) => arn.kind === "saml-provider");
  if (parts.length !== 2 || role === undefined || principal === undefined) return undefined;
  return { role, principal };
}

function uniqueRoles(roles: readonly AssertedRole[]): readonly AssertedRole[] {
  const seen = new Map<string, AssertedRole>();
  for (const asserted of roles) if (!seen.has(asserted.role.arn)) seen.set(asserted.role.arn, asserted);
  return [...seen.values()];
}
