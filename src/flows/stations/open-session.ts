import { readDevice } from "../../cache/device.ts";
import { deviceFile, sessionFile } from "../../cache/paths.ts";
import { formatSession, type KeptSession, readSession } from "../../cache/session.ts";
import type { SignInHands } from "../../okta/hands.ts";
import type { Org } from "../../okta/org.ts";
import { type OktaSession, refreshSession } from "../../okta/session.ts";
import type { Options } from "../../options/options.ts";
import { type Organization, parseOrganization } from "../../options/organization.ts";
import type { Line, Session } from "../line.ts";
import type { Parts } from "../parts.ts";
import { keepFile } from "./keep-file.ts";
import { createHands, signInAnew } from "./sign-in-anew.ts";

/** Whose session it is, once nothing is left to ask. */
interface Identity {
  readonly organization: Organization;
  readonly user: string;
  readonly org: Org;
  readonly file: string | undefined;
}

/** The kept session if Okta still honours it, otherwise a new sign-in. */
export function createOpenSession(parts: Parts): Line["openSession"] {
  return async (options) => {
    const kept = readKeptSession(parts, options);
    const identity = await identify(parts, options, kept);
    const opening = prepare(parts, options, identity);
    const okta = kept === undefined ? undefined : await refreshKept(parts, identity, kept);
    return okta === undefined ? opening.begin() : opening.session(okta);
  };
}

/** A session of this person: how it is described, and how a new one is begun. */
function prepare(parts: Parts, options: Options, identity: Identity) {
  const { user, org } = identity;
  const file = parts.world.home === undefined ? undefined : deviceFile(parts.world.home, user, org.name);
  const hands: SignInHands = createHands(parts, options, { org, user, file });
  let renewed: Promise<Session> | undefined;
  // However many find the kept session dead at one time, there is one new sign-in.
  const renew = (): Promise<Session> => {
    if (renewed === undefined) parts.terminal.tell("Creating new Okta session.");
    renewed ??= begin();
    return renewed;
  };
  const session = (okta: OktaSession): Session => ({ org, okta, deviceToken: readDevice(file).deviceToken, hands, renew });
  const begin = async (): Promise<Session> => {
    const okta = await signInAnew(parts, hands, { org, user, file });
    await keepSession(parts, identity, okta.fields);
    return session(okta);
  };
  return { session, begin };
}

/** A file that says it is another's is not used: what was given is never overridden. */
function readKeptSession({ world }: Parts, options: Options): KeptSession | undefined {
  const file = fileOf(world.home, options);
  const kept = file === undefined || !options.useOktaCache ? undefined : readSession(file, world.now());
  if (kept === undefined) return undefined;
  const foreign =
    (options.user !== undefined && kept.user !== undefined && kept.user !== options.user) ||
    (options.organization !== undefined && kept.organization !== undefined && kept.organization !== options.organization.name);
  return foreign ? undefined : kept;
}

/** Named by what was given, as the original does: what was asked for counts as None. */
function fileOf(home: string | undefined, options: Options): string | undefined {
  return home === undefined ? undefined : sessionFile(home, options.user, options.organization?.name);
}

async function identify({ world, terminal, send }: Parts, options: Options, kept: KeptSession | undefined): Promise<Identity> {
  const organization = options.organization ?? adopt(kept?.organization) ?? (await askOrganization(terminal));
  const user = options.user ?? kept?.user ?? (await askUser(terminal));
  return { organization, user, org: { ...organization, send }, file: fileOf(world.home, options) };
}

function adopt(name: string | undefined): Organization | undefined {
  const organization = name === undefined ? undefined : parseOrganization(name);
  return typeof organization === "string" ? undefined : organization;
}

async function askOrganization(terminal: Parts["terminal"]): Promise<Organization> {
  for (;;) {
    const answer = await terminal.ask({ message: "Okta organization", remedy: "give --organization or AWS_OKTA_ORGANIZATION" });
    const organization = parseOrganization(answer);
    if (typeof organization !== "string") return organization;
    terminal.announce(`Organization ${organization}`);
  }
}

/** Nobody is called nothing: Enter alone asks again. */
async function askUser(terminal: Parts["terminal"]): Promise<string> {
  for (;;) {
    const answer = await terminal.ask({ message: "Okta user name", remedy: "give --user or AWS_OKTA_USER" });
    if (answer.trim() !== "") return answer.trim();
  }
}

async function refreshKept(parts: Parts, identity: Identity, kept: KeptSession): Promise<OktaSession | undefined> {
  const refreshed = await refreshSession(identity.org, kept.id);
  if (refreshed === undefined) return undefined;
  const fields = { ...kept.fields, expiresAt: refreshed["expiresAt"] };
  await keepSession(parts, identity, fields);
  return { id: kept.id, user: identity.user, fields, kept: true };
}

async function keepSession(parts: Parts, identity: Identity, fields: Readonly<Record<string, unknown>>): Promise<void> {
  const owner = { user: identity.user, organization: identity.organization.name };
  await keepFile(parts.world, identity.file, formatSession(fields, owner));
}
