import type { Sandbox } from "@aws-okta-processor/sandbox";
import { createCookieJar, withCookies } from "../../src/http/cookies.ts";
import { authenticate } from "../../src/okta/authn.ts";
import type { Org } from "../../src/okta/org.ts";
import { createSession, type OktaSession } from "../../src/okta/session.ts";
import { Secret } from "../../src/secret.ts";
import { orgOf, type Scene, useSandbox } from "./sandbox.ts";
import { createWorld, type TestWorld } from "./world.ts";

/** Someone who has signed in with a password alone, at an org that plays this scene otherwise. */
export interface SignedIn {
  readonly sandbox: Sandbox;
  readonly world: TestWorld;
  readonly org: Org;
  /** The same org, to which the session's cookie goes along. */
  readonly door: Org;
  readonly session: OktaSession;
}

export async function useSession(scene: Scene = "no-mfa"): Promise<SignedIn> {
  const sandbox = await useSandbox(scene);
  const world = createWorld();
  const org = orgOf(sandbox, world);
  const transaction = await authenticate(org, { user: "jdoe", password: new Secret("correct horse") });
  if (transaction.status !== "SUCCESS" || transaction.sessionToken === undefined)
    throw new Error(`this scene asks for more than a password: ${transaction.status}`);
  const session = await createSession(org, transaction.sessionToken, "jdoe");
  return { sandbox, world, org, session, door: { ...org, send: withCookies(org.send, createCookieJar({ sid: session.id }), world.now) } };
}
