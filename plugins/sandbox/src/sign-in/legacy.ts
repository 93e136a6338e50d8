import { escapeMarkup } from "../http/escape.ts";
import { nameOf, type RoleGroup } from "./groups.ts";

/** The page of old: a fieldset of accounts. Its `split` form gives each role a block of its own. */
export function renderLegacy(groups: readonly RoleGroup[], shape: "legacy" | "legacy-split"): string {
  return `<!DOCTYPE html>
<html><head><title>Amazon Web Services Sign-In</title><meta http-equiv="Content-Type" content="text/html; charset=UTF-8"></head>
<body><div id="container"><h1 class="background">Sandbox sign-in</h1><div id="content"><div id="main_error"></div>
<form id="saml_form" name="saml_form" action="/saml" method="post">
<p>Which role is it to be?</p>
<fieldset>
${groups.map((group, index) => renderAccount(group, index, shape)).join("\n")}
</fieldset>
<div class="buttoninput" id="input_signin_button"><a id="signin_button" href="#">Continue</a></div>
</form></div></div></body></html>
`;
}

function renderAccount(group: RoleGroup, index: number, shape: "legacy" | "legacy-split"): string {
  const blocks = shape === "legacy" ? [group.roles] : group.roles.map((role) => [role]);
  return `<div  class="saml-account"> <div onClick="expandCollapse(${index});">
<img id="image${index}" src="/static/image/down.png" valign="middle"></img>
<div class="saml-account-name">Account: ${escapeMarkup(nameOf(group))}</div>
</div>
<hr style="border: 1px solid #ddd;">
${blocks.map((roles, block) => `<div id="${index}-${block}" class="saml-account" >${roles.map(renderRole).join("")}</div>`).join("\n")}
</div>`;
}

function renderRole({ arn, name }: RoleGroup["roles"][number]): string {
  const id = escapeMarkup(arn);
  return `<div class="saml-role" onClick="checkRadio(this);">
<input type="radio" name="roleIndex" value="${id}" class="saml-radio" id="${id}" />
<label for="${id}" class="saml-role-description">${escapeMarkup(name)}</label>
</div>`;
}
