import { Secret } from "../../src/secret.ts";

const ROLE = "https://aws.amazon.com/SAML/Attributes/Role";

export interface SamlParts {
  /** The name of the attribute that holds the roles. */
  readonly attribute?: string;
  /** In front of every element's name, with its colon. */
  readonly prefix?: string;
  readonly before?: string;
}

/** A SAML response with these values of the role attribute, as XML that stands in it literally. */
export function samlXml(values: readonly string[], { attribute = ROLE, prefix = "saml2:", before = "" }: SamlParts = {}): string {
  const space = prefix === "" ? "xmlns" : `xmlns:${prefix.slice(0, -1)}`;
  const written = values.map((value) => `<${prefix}AttributeValue>${value}</${prefix}AttributeValue>`).join("");
  return (
    `<?xml version="1.0" encoding="UTF-8"?>${before}<p:Response xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol">` +
    `<${prefix}Assertion ${space}="urn:oasis:names:tc:SAML:2.0:assertion"><${prefix}AttributeStatement>` +
    `<${prefix}Attribute Name="https://aws.amazon.com/SAML/Attributes/RoleSessionName"><${prefix}AttributeValue>jdoe</${prefix}AttributeValue></${prefix}Attribute>` +
    `<${prefix}Attribute Name="${attribute}">${written}</${prefix}Attribute>` +
    `</${prefix}AttributeStatement></${prefix}Assertion></p:Response>`
  );
}

export function encode(xml: string): Secret {
  return new Secret(Buffer.from(xml, "utf8").toString("base64"));
}

export const arn = (name: string, account = "111122223333", partition = "aws"): string => `arn:${partition}:iam::${account}:role/${name}`;
export const provider = (account = "111122223333", partition = "aws"): string => `arn:${partition}:iam::${account}:saml-provider/okta`;
