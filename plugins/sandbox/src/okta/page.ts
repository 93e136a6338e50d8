import { escapeMarkup } from "../http/escape.ts";
import { html, type Reply } from "../http/message.ts";

/** The page that signs in with a script. @param script what tells it where to begin, as it stands in the page */
export function signInPage(title = "Sign In", script = ""): Reply {
  const head = `<meta charset="utf-8"><title>Sandbox - ${title}</title>${script === "" ? "" : `\n<script>${script}</script>`}`;
  return html(
    200,
    `<!DOCTYPE html>
<html lang="en"><head>${head}</head>
<body class="auth"><div id="signin-container"><div id="okta-sign-in"></div></div><noscript>This page needs JavaScript.</noscript></body></html>
`,
  );
}

export function errorPage(status: number, headline: string): Reply {
  return html(
    status,
    `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Sandbox - Error</title></head>
<body><div class="error-content"><h1>${escapeMarkup(headline)}</h1><p>Ask whoever wrote this scenario.</p></div></body></html>
`,
  );
}
