import type { Scenario } from "../scenario.ts";
import { accounts, awsApp, identityCenterApp, jdoe, wikiApp } from "./parts.ts";

export const standard: Scenario = {
  title: "Password, then a push that is approved on the second poll; three accounts.",
  users: [jdoe],
  applications: [wikiApp, awsApp, identityCenterApp],
  accounts,
  signInPage: "legacy",
};
