import { readDevice } from "../../cache/device.ts";
import { deviceFile, signInFile } from "../../cache/paths.ts";
import type { KeptSession } from "../../cache/session.ts";
import type { SignInHands } from "../../okta/hands.ts";
import type { Org } from "../../okta/org.ts";
import { type OktaSession, refreshSession } from "../../okta/session.ts";
import type { Options } from "../../options/options.ts";
import { type Organization, parseOrganization } from "../../options/organization.ts";
import { inTurn, type Turn } from "../in-turn.ts";
import type { Line, Session } from "../line.ts";
import type { Parts } from "../parts.ts";
import { createStoredPassword } from "../stored-password.ts";
import { confirmOrganization, noteOrganization } from "./confirm-organization.ts";
import { closeFirst } from "./keep-file.ts";
import { isOfAnother, keepProlonged, keepSession, keptSessionFile, readKeptSession } from "./kept-session.ts";
import { createHands, type SigningIn, signInAnew } from "./sign-in-anew.ts";

/** Whose session it is, once nothing is left to ask. */
interface Identity {
  readonly user: string;
  readonly org: Org;
  readonly owner: { readonly user: string; readonly organization: string };
  readonly file: string | undefined;
  readonly device: string | undefined;
}

/** The kept session, which is prolonged beside its use; where there is none, a new sign-in. */
export function createOpenSession(parts: Parts): Line["openSession"] {
  const { world } = parts;
  return async (options) => {
    await closeFirst(world, keptSessionFile(world.home, options));
    const kept = readKeptSession(parts, options);
    const identity = await identify(parts, options, kept);
    await closeFirst(world, identity.device);
    const opening = prepare(parts, options, identity);
    return kept === undefined ? opening.begin() : opening.resume(kept, prolong(parts, identity, kept));
  };
}

/** A session of this person: how it is described, and how a new one is begun. */
function prepare(parts: Parts, options: Options, identity: Identity) {
  const { user, org, owner, device } = identity;
  const { home } = parts.world;
  const who: SigningIn = { org, user, file: device, stored: createStoredPassword(parts, { org, user }) };
  const hands: SignInHands = createHands(parts, options, who);
  let renewed: Promise<Session> | undefined;
  const describe = (okta: OktaSession, isGone: Session["isGone"]): Session => ({
    org,
    okta,
    deviceToken: readDevice(device, parts.keeping.open).deviceToken,
    hands,
    isGone,
    // However many find the kept session dead at one time, there is one new sign-in.
    renew: () => {
      renewed ??= begin(okta);
      return renewed;
    },
  });
  const resume = (kept: KeptSession, isGone = never): Session => describe({ id: kept.id, user, fields: kept.fields, kept: true }, isGone);
  const begin = (dead?: OktaSession): Promise<Session> => {
    const turn: Turn<Session> = {
      file: home === undefined ? undefined : signInFile(home, user, org.name),
      purpose: `to sign in ${user} at ${org.name}`,
      find: () => {
        const kept = readKeptSession(parts, options);
        return kept === undefined || isOfAnother(kept, owner) || kept.id.reveal() === dead?.id.reveal() ? undefined : resume(kept);
      },
    };
    return inTurn(parts, turn, async () => {
      await confirmOrganization(parts, options, { user, org: org.name });
      if (dead !== undefined) parts.terminal.tell("Creating new Okta session.");
      const okta = await signInAnew(parts, hands, who);
      await keepSession(parts, { ...identity, fields: okta.fields });
      await noteOrganization(parts.world, org.name);
      return describe(okta, never);
    });
  };
  return { resume, begin };
}

const never = (): Promise<boolean> => Promise.resolve(false);

/**
 * Prolongs a kept session at Okta while it is in use already. Its new end is kept if Okta tells it before the answer is there; one that is
 * gone shows itself to be in its use.
 *
 * @returns whether Okta says that it is gone
 */
function prolong(parts: Parts, { org, file, owner }: Identity, kept: KeptSession): Session["isGone"] {
  const told = parts.beside.begin(async (signal) => {
    const refreshed = await refreshSession(org, kept.id, signal);
    if (refreshed === undefined) return "gone";
    await keepProlonged(parts, kept, { file, owner, fields: { ...kept.fields, expiresAt: refreshed["expiresAt"] } });
    return "alive";
  });
  return async () => (await told) === "gone";
}

async function identify({ world, terminal, send }: Parts, options: Options, kept: KeptSession | undefined): Promise<Identity> {
  const organization = options.organization ?? adopt(kept?.organization) ?? (await askOrganization(terminal));
  const user = options.user ?? kept?.user ?? (await askUser(terminal));
  return {
    user,
    org: { ...organization, send },
    owner: { user, organization: organization.name },
    file: keptSessionFile(world.home, options),
    device: world.home === undefined ? undefined : deviceFile(world.home, user, organization.name),
  };
}

function adopt(name: string | undefined): Organization | undefined {
  const organization = name === undefined ? undefined : parseOrganization(name);
  return typeof organization === "string" ? undefined : organization;
}

export async function askOrganization(terminal: Parts["terminal"]): Promise<Organization> {
  for (;;) {
    const answer = await terminal.ask({ message: "Okta organization", remedy: "give --organization or AWS_OKTA_ORGANIZATION" });
    const organization = parseOrganization(answer);
    if (typeof organization !== "string") return organization;
    terminal.announce(`Organization ${organization}`);
  }
}

/** Nobody is called nothing: Enter alone asks again. */
export async function askUser(terminal: Parts["terminal"]): Promise<string> {
  for (;;) {
    const answer = await terminal.ask({ message: "Okta user name", remedy: "give --user or AWS_OKTA_USER" });
    if (answer.trim() !== "") return answer.trim();
  }
}
