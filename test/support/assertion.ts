import { scenarios } from "@aws-okta-processor/sandbox";
import { type AssertedRole, parseAssertedRoles } from "../../src/aws/assertion.ts";
import { openApplication } from "../../src/okta/app-page.ts";
import type { Secret } from "../../src/secret.ts";
import type { Scene } from "./sandbox.ts";
import { type SignedIn, useSession } from "./session.ts";

/** Someone who has opened the first application for AWS. */
export interface Asserted extends SignedIn {
  readonly saml: Secret;
  readonly roles: readonly AssertedRole[];
  /** The role of this name, in the first account that has it. */
  readonly role: (name: string) => AssertedRole;
}

/** @param scene played without a second factor */
export async function useAssertion(scene: Scene = "default"): Promise<Asserted> {
  const played = typeof scene === "string" ? scenarios[scene] : scene;
  const signedIn = await useSession({ ...played, users: scenarios["no-mfa"].users });
  const page = await openApplication(signedIn.door, signedIn.sandbox.applicationUrl());
  if (page.kind !== "assertion") throw new Error(`the application's page is ${page.kind}`);
  const roles = await parseAssertedRoles(page.saml);
  return { ...signedIn, saml: page.saml, roles, role: (name) => find(roles, name) };
}

function find(roles: readonly AssertedRole[], name: string): AssertedRole {
  const found = roles.find(({ role }) => role.name === name);
  if (found === undefined) throw new Error(`there is no role ${name}`);
  return found;
}
