import { hasType, html, type Reply, type Request, readCookies, redirect, withHeaders } from "../http/message.ts";
import type { SignInPage } from "../scenario.ts";
import type { Aws } from "../sts/aws.ts";
import { groupRoles, type RoleGroup } from "./groups.ts";
import { renderLegacy } from "./legacy.ts";
import { renderMetaData } from "./meta-data.ts";

/** Answers one request to the AWS sign-in page. */
export function handleSignIn(aws: Aws, request: Request): Reply {
  if (readCookies(request).has("sid")) return renderError(400, "A session cookie of Okta came to AWS, where it does not belong");
  if (request.path !== "/saml") return renderError(404, "There is no such page");
  if (request.method !== "POST") return renderError(405, "The assertion must be posted");
  if (request.headers["content-length"] === undefined) return renderError(411, "The length is required");
  if (!hasType(request, "application/x-www-form-urlencoded")) return renderError(415, "The assertion must be posted as a form");
  const response = new URLSearchParams(request.body).get("SAMLResponse") ?? "";
  const assertion = aws.assertions.get(response);
  if (assertion === undefined || assertion.expiresAt <= aws.clock.now())
    return renderError(400, "The SAML response of this request is not valid");
  const shape = assertion.pairs.length === 1 ? "redirect" : aws.scenario.signInPage;
  const reply = renderShape(shape, groupRoles(aws, assertion), response);
  return withHeaders(reply, {
    "set-cookie": ["aws-creds-code-verifier=sandbox; Path=/; HttpOnly", "JSESSIONID=sandbox; Path=/; HttpOnly"],
  });
}

function renderShape(shape: SignInPage, groups: readonly RoleGroup[], response: string): Reply {
  const console = "https://console.aws.amazon.com/console/home";
  switch (shape) {
    case "legacy":
    case "legacy-split":
      return html(200, renderLegacy(groups, shape));
    case "meta-data":
      return html(200, renderMetaData(groups, response));
    case "interstitial":
      return html(200, renderInterstitial());
    case "redirect":
      return redirect(console);
    case "error":
      return renderError(200, "Something went wrong while signing in");
    case "empty":
      return html(200, "");
  }
}

/** A page that only a browser gets past. */
function renderInterstitial(): string {
  return `<!DOCTYPE html>
<html><head><title>Amazon Web Services</title></head>
<body><script>var hashArgs = location.hash.substring(1); document.cookie = "hashArgs=" + hashArgs; location.reload();</script></body></html>
`;
}

function renderError(status: number, message: string): Reply {
  return html(
    status,
    `<!DOCTYPE html>
<html><head><title>Amazon Web Services Sign-In</title></head>
<body><div id="container"><div id="content"><div id="main_error">${message}. Sign out and try again.</div></div></div></body></html>
`,
  );
}
