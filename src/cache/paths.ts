import path from "node:path";

/** The original's folder for AWS credentials, shared with botocore. @see https://github.com/boto/botocore/blob/develop/botocore/utils.py */
export function sharedCredentialsFile(home: string, name: string): string {
  return path.join(home, ".aws", "boto", "cache", `${name}.json`);
}

export function ownCredentialsFile(home: string, name: string): string {
  return path.join(cacheFolder(home), "credentials", `${name}.json`);
}

/** Of all that is ours alone, and of the original's sessions. */
export function cacheFolder(home: string): string {
  return path.join(home, ".aws-okta-processor", "cache");
}

/** The original's name for a kept Okta session; what was not given is the literal None. */
export function sessionFile(home: string, user: string | undefined, organization: string | undefined): string {
  return path.join(cacheFolder(home), `${fileSafe(user)}-${fileSafe(organization)}-session.json`);
}

/** Ours alone: how Okta knows this device again, and which factor was chosen last. */
export function deviceFile(home: string, user: string, organization: string): string {
  return path.join(cacheFolder(home), `${fileSafe(user)}-${fileSafe(organization)}-device.json`);
}

/** Ours alone: beside it stand the lock of who signs a person in, and how that ended for those who wait. */
export function signInFile(home: string, user: string, organization: string): string {
  return path.join(cacheFolder(home), `${fileSafe(user)}-${fileSafe(organization)}-sign-in`);
}

/** Ours alone: beside it stands the lock of who makes the key of the caches; there is no such file. */
export function keyFile(home: string): string {
  return path.join(home, ".aws-okta-processor", "cache", "key");
}

/** Ours alone: of whose plugins the person was told. */
export function introducedFile(home: string): string {
  return path.join(cacheFolder(home), "plugins.json");
}

/** Ours alone: the organizations that were used from here. */
export function organizationsFile(home: string): string {
  return path.join(cacheFolder(home), "organizations.json");
}

/** What may not stand in a file name is percent-encoded; names that the original could write stay as they are. */
function fileSafe(text: string | undefined): string {
  if (text === undefined) return "None";
  return text.replace(/[/\\\0%]/g, (character) => encodeURIComponent(character)).replace(/^\.+/, (dots) => "%2E".repeat(dots.length));
}
