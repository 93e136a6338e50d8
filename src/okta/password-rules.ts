import { record } from "../json.ts";

/** Okta's names for what a password must have. @see https://developer.okta.com/docs/reference/api/authn/#password-complexity-object */
const COUNTED: readonly (readonly [string, string])[] = [
  ["minLength", "character"],
  ["minLowerCase", "lower-case letter"],
  ["minUpperCase", "upper-case letter"],
  ["minNumber", "digit"],
  ["minSymbol", "symbol"],
];

/** What an org demands of a password, in words: `at least 8 characters, 1 digit; not the user name`. */
export function describeRules(complexity: unknown): string | undefined {
  const rules = record(complexity);
  const counts = COUNTED.flatMap(([name, what]) => {
    const count = rules?.[name];
    return typeof count === "number" && count > 0 ? [`${count} ${what}${count === 1 ? "" : "s"}`] : [];
  });
  const parts = [
    ...(counts.length === 0 ? [] : [`at least ${counts.join(", ")}`]),
    ...(rules?.["excludeUsername"] === true ? ["not the user name"] : []),
  ];
  return parts.length === 0 ? undefined : parts.join("; ");
}
