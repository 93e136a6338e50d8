/**
 * What AWS's readers call a section, as text to compare: `profile x` for `[profile  "x"]`, `[profile.x]` and whatever one of them takes
 * for the same, and for `[default]` too. Rather one too many: a name that is taken is left alone.
 *
 * @see https://github.com/boto/botocore/blob/develop/botocore/configloader.py
 * @see https://github.com/smithy-lang/smithy-typescript/tree/main/packages/shared-ini-file-loader
 */
export function profileNameOf(header: string): string {
  const [shown = ""] = header.split("]");
  const plain = shown.replaceAll(/["'\\]/gu, "").trim();
  if (plain === "default") return "profile default";
  const name = /^profile(?:\S*\s+|\.)(.+)$/su.exec(plain)?.[1];
  return name === undefined ? plain : `profile ${name}`;
}
