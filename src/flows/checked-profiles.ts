import type { Profile } from "@aws-okta-processor/contract";
import { checkProfile } from "../aws/own-profile.ts";
import { profileNameOf } from "../aws/profile-name.ts";
import { list, record } from "../json.ts";

/**
 * What a plugin made is believed when each profile is one, with a command of ours and a name of its own.
 *
 * @throws Error that says what is wrong
 */
export function checkedProfiles(made: unknown): readonly Profile[] {
  if (!Array.isArray(made)) throw new TypeError(`it gave ${typeof made} in place of a list of profiles`);
  const profiles = list(made).map(readProfile);
  const names = new Set<string>();
  for (const profile of profiles) {
    checkProfile(profile);
    const name = profileNameOf(profile.section);
    if (names.has(name)) throw new Error(`it gave two profiles of one name: ${JSON.stringify(profile.section)}`);
    names.add(name);
  }
  return profiles;
}

function readProfile(made: unknown): Profile {
  const { section, settings } = record(made) ?? {};
  const pairs = Object.entries(record(settings) ?? {}).filter((pair): pair is [string, string] => typeof pair[1] === "string");
  if (typeof section !== "string" || pairs.length !== Object.keys(record(settings) ?? {}).length)
    throw new TypeError("it gave something in place of a profile");
  return { section, settings: Object.fromEntries(pairs) };
}
