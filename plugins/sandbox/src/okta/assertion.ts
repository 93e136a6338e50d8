import { partitionOf, providerArn, roleArn, samlRecipient } from "../arn.ts";
import { after } from "../clock.ts";
import type { Assertion } from "../sts/aws.ts";
import { randomId } from "./ids.ts";
import type { App, Org, Session } from "./memory.ts";
import { signElement } from "./signature.ts";
import { attribute, element, type Markup } from "./xml.ts";

const ATTRIBUTES = "https://aws.amazon.com/SAML/Attributes/";
const ASSERTION = { "xmlns:saml2": "urn:oasis:names:tc:SAML:2.0:assertion" };
const PROTOCOL = { "xmlns:saml2p": "urn:oasis:names:tc:SAML:2.0:protocol" };
const FORMAT = "urn:oasis:names:tc:SAML:2.0:attrname-format:";

/** With the `amr` of the session, where an app has a policy to read it. */
type Statement = Assertion & { readonly methods: readonly string[] };

/** Makes the SAML response that an app page carries, and the note of it by which AWS will know it. */
export function issueAssertion(
  org: Org,
  { person, methods }: Session,
  app: App,
): { readonly response: string; readonly assertion: Assertion } {
  const issuedAt = org.clock.now();
  const pairs = app.application.name === "amazon_aws" ? listPairs(app) : [];
  const assertion: Statement = {
    pairs,
    methods: app.application.policy === undefined ? [] : methods,
    subject: person.user.login,
    sessionName: person.user.login.replace(/[^\w+=,.@-]/gu, "-"),
    issuer: `http://www.okta.com/${app.key}`,
    recipient: samlRecipient(partitionOf(app.accounts[0] ?? { id: "", roles: [] })),
    issuedAt,
    expiresAt: after(issuedAt, org.lifetimes.assertionSeconds),
  };
  const xml = `<?xml version="1.0" encoding="UTF-8"?>${renderResponse(assertion, app).xml}`;
  return { response: Buffer.from(xml, "utf8").toString("base64"), assertion };
}

function listPairs(app: App): Assertion["pairs"] {
  return app.accounts.flatMap((account) =>
    account.roles
      .filter(({ federated }) => federated !== false)
      .map((role) => ({ roleArn: roleArn(account, role), providerArn: providerArn(account) })),
  );
}

function renderResponse(assertion: Statement, app: App): Markup {
  const id = randomId("id", 27);
  const inner = renderAssertion(assertion, app);
  const status = element("saml2p:Status", {}, [element("saml2p:StatusCode", { Value: "urn:oasis:names:tc:SAML:2.0:status:Success" }, [])]);
  const attributes = {
    ...PROTOCOL,
    Destination: assertion.recipient,
    ID: id,
    IssueInstant: assertion.issuedAt.toISOString(),
    Version: "2.0",
  };
  const render = (...signature: readonly Markup[]): Markup =>
    element("saml2p:Response", attributes, [renderIssuer(assertion, ASSERTION), ...signature, status, inner]);
  return render(signElement(render(), id));
}

function renderAssertion(assertion: Statement, app: App): Markup {
  const id = randomId("id", 27);
  const attributes = { ...ASSERTION, ID: id, IssueInstant: assertion.issuedAt.toISOString(), Version: "2.0" };
  const content = [renderSubject(assertion), renderConditions(assertion), renderStatement(assertion), renderAttributes(assertion, app)];
  const render = (...signature: readonly Markup[]): Markup =>
    element("saml2:Assertion", attributes, [renderIssuer(assertion), ...signature, ...content]);
  return render(signElement(render(), id));
}

function renderIssuer({ issuer }: Statement, names: Readonly<Record<string, string>> = {}): Markup {
  return element("saml2:Issuer", { ...names, Format: "urn:oasis:names:tc:SAML:2.0:nameid-format:entity" }, [issuer]);
}

function renderSubject({ subject, expiresAt, recipient }: Statement): Markup {
  const data = element("saml2:SubjectConfirmationData", { NotOnOrAfter: expiresAt.toISOString(), Recipient: recipient }, []);
  return element("saml2:Subject", {}, [
    element("saml2:NameID", { Format: "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified" }, [subject]),
    element("saml2:SubjectConfirmation", { Method: "urn:oasis:names:tc:SAML:2.0:cm:bearer" }, [data]),
  ]);
}

function renderConditions({ issuedAt, expiresAt }: Statement): Markup {
  const audience = element("saml2:Audience", {}, ["urn:amazon:webservices"]);
  const span = { NotBefore: after(issuedAt, -300).toISOString(), NotOnOrAfter: expiresAt.toISOString() };
  return element("saml2:Conditions", span, [element("saml2:AudienceRestriction", {}, [audience])]);
}

function renderStatement({ issuedAt }: Statement): Markup {
  const reference = element("saml2:AuthnContextClassRef", {}, ["urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport"]);
  const attributes = { AuthnInstant: issuedAt.toISOString(), SessionIndex: randomId("id", 24) };
  return element("saml2:AuthnStatement", attributes, [element("saml2:AuthnContext", {}, [reference])]);
}

function renderAttributes({ pairs, sessionName, methods }: Statement, { application }: App): Markup {
  if (application.name !== "amazon_aws") return element("saml2:AttributeStatement", {}, [attribute("team", `${FORMAT}basic`, ["sandbox"])]);
  const values = pairs.map((pair) =>
    application.pairOrder === "role" ? `${pair.roleArn},${pair.providerArn}` : `${pair.providerArn},${pair.roleArn}`,
  );
  return element("saml2:AttributeStatement", {}, [
    attribute(`${ATTRIBUTES}Role`, `${FORMAT}uri`, values),
    attribute(`${ATTRIBUTES}RoleSessionName`, `${FORMAT}basic`, [sessionName]),
    attribute(`${ATTRIBUTES}SessionDuration`, `${FORMAT}basic`, [String(application.sessionDurationSeconds ?? 3600)]),
    ...(methods.length === 0 ? [] : [attribute("amr", `${FORMAT}basic`, methods)]),
  ]);
}
