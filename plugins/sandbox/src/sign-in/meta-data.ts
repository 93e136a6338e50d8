import { escapeMarkup } from "../http/escape.ts";
import { nameOf, type RoleGroup } from "./groups.ts";

/** The page that a script draws in the browser, from JSON in a meta element. */
export function renderMetaData(groups: readonly RoleGroup[], response: string): string {
  const data = {
    invalid_accounts: {},
    RelayState: "",
    name: null,
    roles_accounts: Object.fromEntries(groups.map((group) => [nameOf(group), group.roles.map(({ arn }) => arn)])),
    foreign_accounts: {},
    region: "IAD",
    portal: null,
    SAMLResponse: response,
    problems: "{}",
    policy: null,
  };
  const content = Buffer.from(JSON.stringify(data), "utf8").toString("base64");
  return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="csrf_token" content="sandbox"><meta name="session_id" content="sandbox">
<meta name="data" content="${escapeMarkup(content)}"><title>AWS sign-in</title></head>
<body><div id="__next"></div><script>window.draw && window.draw();</script></body></html>
`;
}
