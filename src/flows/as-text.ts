/** What a plugin printed is believed when it is text. */
export function asText(printed: unknown): string {
  if (typeof printed === "string") return printed;
  throw new TypeError(`it gave ${typeof printed} in place of text`);
}
