/** Text from outside as one printable line; undefined where nothing of it can be read. */
export function oneLine(text: unknown): string | undefined {
  if (typeof text !== "string") return undefined;
  const clean = text.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, " ").trim();
  return clean === "" ? undefined : clean;
}
