/** Names of packages and patterns of them, in which `*` stands for anything but a slash; undefined where nothing is restricted. */
export type AllowList = { readonly patterns: readonly string[]; readonly from: string } | undefined;

/** @returns why a package may not be used, or undefined where it may */
export function forbid(name: string, allowed: AllowList): string | undefined {
  if (allowed === undefined || allowed.patterns.some((pattern) => matches(name, pattern))) return undefined;
  return `is not allowed (${allowed.from})`;
}

function matches(name: string, pattern: string): boolean {
  const parts = pattern.split("*").map((part) => part.replaceAll(/[.~]/g, "\\$&"));
  return new RegExp(`^${parts.join("[^/]*")}$`, "i").test(name);
}
