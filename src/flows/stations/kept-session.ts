import { sessionFile } from "../../cache/paths.ts";
import { formatSession, type KeptSession, readSession } from "../../cache/session.ts";
import type { Options } from "../../options/options.ts";
import type { Parts } from "../parts.ts";
import { keepSecret } from "./keep-file.ts";

/** Named by what was given, as the original does: what was asked for counts as None. */
export function keptSessionFile(home: string | undefined, options: Options): string | undefined {
  return home === undefined ? undefined : sessionFile(home, options.user, options.organization?.name);
}

/** A file that says it is another's is not used: what was given is never overridden. */
export function readKeptSession({ world, keeping }: Pick<Parts, "world" | "keeping">, options: Options): KeptSession | undefined {
  const file = keptSessionFile(world.home, options);
  const kept = file === undefined || !options.useOktaCache ? undefined : readSession(file, world.now(), keeping.open);
  return kept === undefined || isOfAnother(kept, { user: options.user, organization: options.organization?.name }) ? undefined : kept;
}

/** Whose a session is, as far as that is known. */
export interface Owner {
  readonly user: string | undefined;
  readonly organization: string | undefined;
}

export function isOfAnother(kept: KeptSession, { user, organization }: Owner): boolean {
  const differ = (one: string | undefined, other: string | undefined) => one !== undefined && other !== undefined && one !== other;
  return differ(kept.user, user) || differ(kept.organization, organization);
}

export interface Kept {
  readonly file: string | undefined;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly owner: { readonly user: string; readonly organization: string };
}

export async function keepSession(parts: Pick<Parts, "world" | "keeping">, { file, fields, owner }: Kept): Promise<void> {
  await keepSecret(parts, file, formatSession(fields, owner));
}

/** Keeps what Okta says now of a session, unless another has taken its place in the file. */
export async function keepProlonged(parts: Pick<Parts, "world" | "keeping">, before: KeptSession, now: Kept): Promise<void> {
  const { file } = now;
  const there = file === undefined ? undefined : readSession(file, parts.world.now(), parts.keeping.open);
  if (there?.id.reveal() === before.id.reveal()) await keepSession(parts, now);
}
