/**
 * What no `credential_process` line carries unchanged to every reader: control characters end the line, the SDK for JavaScript cuts
 * it at a space before `#` or `;`, and between double quotes sh and Python's shlex take these four for more than themselves.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html
 */
const broken = /[\p{Cc}\u2028\u2029"\\$`]|\s[#;]/u;

/**
 * @returns the value as it is
 * @throws Error naming what cannot be carried, and not its value
 */
export function checkValue(what: string, value: string): string {
  const found = broken.exec(value)?.[0];
  if (found === undefined) return value;
  const characters = Array.from(found, (character) => `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`);
  throw new Error(`the ${what} holds ${characters.join(" ")}, which a credential_process line cannot carry`);
}

export function canCarry(value: string): boolean {
  return !broken.test(value);
}
