import { formatOrganizations, readNoted, readOfSessions } from "../../cache/organizations.ts";
import { organizationsFile } from "../../cache/paths.ts";
import { writeKept } from "../../cache/write.ts";
import { CancelledError, UsageError } from "../../errors.ts";
import type { Options } from "../../options/options.ts";
import type { Parts } from "../parts.ts";
import type { Who } from "../read-password.ts";

/**
 * A dotfile in the working directory may be anybody's, and a password may come without a question: so an organization that such a file names
 * and that was never used here is asked about, once, before anything is sent to it.
 *
 * @throws UsageError `ORGANIZATION_UNCONFIRMED` where nobody can be asked, CancelledError
 */
export async function confirmOrganization(parts: Pick<Parts, "world" | "terminal">, options: Options, { user, org }: Who): Promise<void> {
  const { world, terminal } = parts;
  if (!options.isOfWorkingDirectory("organization") || (world.home !== undefined && isUsed(world.home, org))) return;
  const remedy = "give --organization or AWS_OKTA_ORGANIZATION if you trust it";
  const unknown = `${org} was never used here, and is named by ${options.from("organization")}`;
  if (!terminal.attended) throw new UsageError(unknown, { code: "ORGANIZATION_UNCONFIRMED", hint: remedy });
  terminal.announce(unknown);
  const answer = await terminal.ask({ message: `Sign in ${user} there? (y/N)`, remedy });
  if (!/^y(?:es)?$/iu.test(answer.trim())) throw new CancelledError("nothing was sent", { code: "CANCELLED" });
  await noteOrganization(world, org);
}

/** Notes that an organization was used, so that nobody is asked about it again; where that cannot be noted they are. */
export async function noteOrganization(world: Parts["world"], org: string): Promise<void> {
  const { home } = world;
  if (home === undefined) return;
  const noted = readNoted(home);
  if (noted.has(org)) return;
  const note = { file: organizationsFile(home), content: formatOrganizations([...noted, org]), platform: world.platform };
  await writeKept(note).catch(() => undefined);
}

const isUsed = (home: string, org: string): boolean => readNoted(home).has(org) || readOfSessions(home).has(org);
