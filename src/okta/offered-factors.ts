import type { EnrolledFactor } from "@aws-okta-processor/contract";
import { dig, type Json, list, record, text } from "../json.ts";
import type { OfferedFactor } from "./transaction.ts";

/** The documentation prints the list as `factor`, every org sends `factors`: both are read. */
const factorsIn = (json: Json): readonly unknown[] => {
  const { factors, factor } = record(json["_embedded"]) ?? {};
  if (list(factors).length > 0) return list(factors);
  return Array.isArray(factor) ? list(factor) : [factor];
};

/** The factors that may answer a challenge. */
export function parseEnrolled(json: Json): readonly EnrolledFactor[] {
  return factorsIn(json).flatMap((entry) => parseFactor(entry) ?? []);
}

/** The factors to choose from. Several of a type that Okta verifies by their type are one: whichever is at hand answers. */
export function parseOffered(json: Json): readonly OfferedFactor[] {
  const typeUrls = new Map(list(dig(json, "_embedded", "factorTypes")).flatMap(parseTypeUrl));
  const offered = factorsIn(json).flatMap((entry) => parseOfferedFactor(entry) ?? []);
  const firsts = new Map([...offered].reverse().map((factor) => [factor.key, factor] as const));
  const lasts = new Map(offered.map((factor) => [factor.key, factor] as const));
  const merged = offered.map((factor) => {
    const typeUrl = typeUrls.get(factor.factorType);
    const first = firsts.get(factor.key);
    if (typeUrl === undefined || first === lasts.get(factor.key)) return factor;
    return first === factor ? { ...factor, id: factor.factorType, profile: {}, verifyUrl: typeUrl } : undefined;
  });
  return merged.filter((factor) => factor !== undefined);
}

function parseTypeUrl(entry: unknown): readonly (readonly [string, string])[] {
  const factorType = text(dig(entry, "factorType"));
  const url = text(dig(entry, "_links", "next", "href"));
  return factorType === undefined || url === undefined ? [] : [[factorType, url]];
}

function parseOfferedFactor(entry: unknown): OfferedFactor | undefined {
  const factor = parseFactor(entry);
  const verifyUrl = text(dig(entry, "_links", "verify", "href"));
  return factor === undefined || verifyUrl === undefined ? undefined : { ...factor, id: text(dig(entry, "id")) ?? "", verifyUrl };
}

function parseFactor(entry: unknown): EnrolledFactor | undefined {
  const factorType = text(dig(entry, "factorType"));
  const provider = text(dig(entry, "provider"));
  if (factorType === undefined || provider === undefined) return undefined;
  return {
    key: `${factorType}:${provider}`.toLowerCase(),
    factorType,
    provider,
    vendorName: text(dig(entry, "vendorName")),
    profile: record(dig(entry, "profile")) ?? {},
  };
}
