const mostCharacters = 80;

/** What Duo or Okta calls something, as one short printable line. */
export function clean(text: string): string {
  const line = text
    .slice(0, 1000)
    .replaceAll(/[\p{C}\p{Z}]+/gu, " ")
    .trim();
  const characters = [...line];
  return characters.length > mostCharacters ? `${characters.slice(0, mostCharacters).join("")}…` : line;
}
