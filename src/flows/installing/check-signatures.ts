import type { Finished } from "@aws-okta-processor/contract";
import { RefusedError } from "../../errors.ts";
import { dig, list, parseRecord, text } from "../../json.ts";
import { type NpmPlace, runNpm } from "./npm.ts";

/** Of each package by its name, in words; what is not named here was not checked. */
export interface Signatures {
  readonly of: (name: string) => string;
}

/**
 * Lets npm check the registry's signatures and the attestations of a folder's packages.
 *
 * @see https://docs.npmjs.com/about-registry-signatures
 * @throws RefusedError `SIGNATURE_INVALID` where one is wrong, or missing though its registry signs
 */
export async function checkSignatures(place: NpmPlace, folder: string): Promise<Signatures> {
  // Where sigstore's keys cannot be reached npm would try for more than a minute.
  const args = ["audit", "signatures", "--json", "--include-attestations", "--fetch-retries=0", "--fetch-timeout=10000"];
  return readSignatures(await runNpm(place, folder, args));
}

export function readSignatures({ stdout }: Finished): Signatures {
  const report = parseRecord(stdout);
  const bad = [
    ...list(report?.["invalid"]).map((one) => ({ one, how: "has a signature that is not right" })),
    ...list(report?.["missing"]).map((one) => ({ one, how: "is not signed, though its registry signs what it gives" })),
  ];
  const [first] = bad;
  if (first !== undefined) {
    throw new RefusedError(
      `${text(dig(first.one, "name")) ?? "a package"} ${text(dig(first.one, "version")) ?? ""} ${first.how}; nothing was installed`,
      {
        code: "SIGNATURE_INVALID",
        hint: "somebody may have changed it on its way; ask its authors before you try again",
      },
    );
  }
  const attested = new Set(list(report?.["verified"]).map((one) => text(dig(one, "name"))));
  if (Array.isArray(report?.["invalid"]))
    return { of: (name) => (attested.has(name) ? "its signature and where it was built are verified" : "its signature is verified") };
  return { of: () => "its signature could not be checked" };
}
