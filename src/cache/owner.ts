import { type Json, record, text } from "../json.ts";
import { MARK } from "./credentials.ts";

/** Whose a kept file is. */
export interface Person {
  readonly user: string;
  readonly organization: string;
}

/** What a file's mark says of its owner; a mark of an earlier version, and a file without one, say nothing. */
export function ownerOf(content: Json | undefined): Person | undefined {
  const mark = record(content?.[MARK]);
  const user = text(mark?.["user_name"]);
  const organization = text(mark?.["organization"]);
  return user === undefined || organization === undefined ? undefined : { user, organization };
}

export function isSame(one: Person, other: Person): boolean {
  return one.user === other.user && one.organization === other.organization;
}
