import path from "node:path";
import { inFolder } from "../in-folder.ts";
import { sha1Hex } from "./sha1.ts";

/** The original's folder for AWS credentials, shared with botocore. @see https://github.com/boto/botocore/blob/develop/botocore/utils.py */
export function sharedFolder(home: string): string {
  return inFolder(home, ".aws", "boto", "cache");
}

export function sharedCredentialsFile(home: string, name: string): string {
  return inFolder(sharedFolder(home), `${name}.json`);
}

export function ownCredentialsFile(home: string, name: string): string {
  return inFolder(cacheFolder(home), "credentials", `${name}.json`);
}

/** Of all that is ours alone, and of the original's sessions. */
function cacheFolder(home: string): string {
  return inFolder(home, ".aws-okta-processor", "cache");
}

/** The original's name for a kept Okta session; what was not given is the literal None. */
export function sessionFile(home: string, user: string | undefined, organization: string | undefined): string {
  return inCache(home, `${fileSafe(user ?? "None")}-${fileSafe(organization ?? "None")}`, "-session.json");
}

/** Ours alone: how Okta knows this device again, and which factor was chosen last. */
export function deviceFile(home: string, user: string, organization: string): string {
  return inCache(home, ownName(user, organization), "-device.json");
}

/** Ours alone: beside it stand the lock of who signs a person in, and how that ended for those who wait. */
export function signInFile(home: string, user: string, organization: string): string {
  return inCache(home, ownName(user, organization), "-sign-in");
}

/** Where kept files are: two folders of our own, and the one that is botocore's too. */
export function cacheFolders(home: string): { readonly own: string; readonly credentials: string; readonly shared: string } {
  return {
    own: cacheFolder(home),
    credentials: path.dirname(ownCredentialsFile(home, "")),
    shared: sharedFolder(home),
  };
}

/** Ours alone: beside it stands the lock of who makes the key of the caches; there is no such file. */
export function keyFile(home: string): string {
  return inCache(home, "key", "");
}

/** Ours alone: of whose plugins the person was told. */
export function introducedFile(home: string): string {
  return inCache(home, "plugins", ".json");
}

/** Ours alone: the organizations that were used from here. */
export function organizationsFile(home: string): string {
  return inCache(home, "organizations", ".json");
}

/** File systems take 255 bytes; locks and what is written for the moment have longer names. */
const LONGEST = 180;

function inCache(home: string, name: string, ending: string): string {
  const short = Buffer.byteLength(name) <= LONGEST ? name : `${name.slice(0, LONGEST / 4)}%${sha1Hex(Buffer.from(name))}`;
  return path.join(cacheFolder(home), `${short}${ending}`);
}

/** The first dash is the one between the two, so that no other person at no other org has this name: Okta's cookie goes to nobody else. */
function ownName(user: string, organization: string): string {
  return `${fileSafe(user).replaceAll("-", "%2D")}-${fileSafe(organization)}`;
}

/** What may not stand in a file name is percent-encoded; names that the original could write stay as they are. */
function fileSafe(text: string): string {
  return text
    .replace(/[/\\\0%]/g, (character) => encodeURIComponent(character))
    .replace(/\p{Cs}/gu, (half) => `%u${half.charCodeAt(0).toString(16)}`)
    .replace(/^\.+/, (dots) => "%2E".repeat(dots.length));
}
