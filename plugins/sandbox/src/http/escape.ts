/** Escapes text for XML and for HTML alike. */
export function escapeMarkup(text: string): string {
  return text.replace(/[&<>"']/gu, (char) => `&#${char.charCodeAt(0)};`);
}

/** Escapes everything but letters and digits, as Okta writes the values of attributes. */
export function escapeAttribute(text: string): string {
  return text.replace(/[^A-Za-z0-9]/gu, (char) => `&#x${(char.codePointAt(0) ?? 0).toString(16)};`);
}
