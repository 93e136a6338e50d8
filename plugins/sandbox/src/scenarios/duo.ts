import type { DuoAccount } from "../duo/account.ts";
import type { Scenario } from "../scenario.ts";
import { withFactors } from "./parts.ts";
import { standard } from "./standard.ts";

const iPhone = { name: "iPhone", number: "0199" };

/** Scenarios of Duo's Universal Prompt, in which nothing has to be chosen. */
export const duoScenarios = {
  "duo-push": played("Duo, and a push that is approved on the second poll.", { devices: [{ ...iPhone, push: ["pushed", "allow"] }] }),
  "duo-passcode": played("Duo, and the passcode of a token.", { devices: [{ name: "Token" }], passcodes: ["246810", "135791"] }),
  "duo-phone": played("Duo, and a call that is answered.", { devices: [{ ...iPhone, call: ["calling", "answered", "allow"] }] }),
  "duo-denied": played("Duo, and a push that is denied.", { devices: [{ ...iPhone, push: ["pushed", "deny"] }], prompt: "script" }),
} satisfies Readonly<Record<string, Scenario>>;

function played(title: string, duo: DuoAccount): Scenario {
  const factor = { factorType: "claims_provider", provider: "CUSTOM", vendorName: "Duo Universal Prompt", duo } as const;
  return { ...standard, title, users: [withFactors(factor)] };
}
