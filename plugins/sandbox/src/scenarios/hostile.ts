import type { Hostility, Scenario } from "../scenario.ts";
import { googleTotp, push, sms, withFactors } from "./parts.ts";
import { standard } from "./standard.ts";

/** Scenarios of an org that speaks in forms that a client has to be careful with. */
export const hostileScenarios = {
  "hostile-links": hostile("off-org-links", "Links that lead to another host."),
  "hostile-factor-list": hostile("factor-for-factors", "A list of factors by the name of one."),
  "hostile-no-factors": hostile("factors-missing", "No list of factors at all."),
  "hostile-no-profile": hostile("no-profile", "Factors without a profile."),
  "hostile-no-vendor": hostile("no-vendor", "Factors without a vendor."),
  "hostile-unknown-factors": hostile("unknown-factors", "Strange things before the factors."),
  "hostile-resend": hostile("resend-as-object", "A link to send again that is no list."),
  "hostile-policy": hostile("policy-info-null", "A policy that says null."),
  "hostile-error-cause": hostile("error-cause-misspelt", "Causes of errors under a misspelt name."),
  "hostile-html": {
    ...standard,
    title: "A page in place of JSON.",
    faults: [
      { on: "POST /api/v1/authn", status: 200, contentType: "text/html", body: "<!DOCTYPE html><title>Proxy</title><p>Please sign in</p>" },
    ],
  },
} satisfies Readonly<Record<string, Scenario>>;

function hostile(kind: Hostility, title: string): Scenario {
  return { ...standard, title, users: [withFactors(push, googleTotp, sms)], hostile: [kind] };
}
