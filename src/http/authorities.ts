/**
 * Whose certificates are believed: those on the list that Node brings, those in NODE_EXTRA_CA_CERTS, and those in one file that is named
 * here. What none of these knows is looked for in the system's store.
 */
import path from "node:path";
import type { World } from "../world.ts";

/** A file of certificates, and what named it: `--ca-bundle`, `AWS_CA_BUNDLE`. */
export interface Bundle {
  readonly file: string;
  readonly from: string;
}

/** The first that is set counts. */
const VARIABLES = ["AWS_CA_BUNDLE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"];

/** @param given by our own option */
export function findBundle({ env, cwd, home }: Pick<World, "env" | "cwd" | "home">, given: Bundle | undefined): Bundle | undefined {
  const name = VARIABLES.find((candidate) => env[candidate] !== undefined && env[candidate] !== "");
  const found = given ?? (name === undefined ? undefined : { file: env[name] ?? "", from: name });
  if (found === undefined) return undefined;
  // In a dotfile no shell has done so.
  const file = home === undefined ? found.file : found.file.replace(/^~(?=[/\\])/, home);
  return { file: path.resolve(cwd, file), from: found.from };
}
