/**
 * Text from outside as it may be shown on one line of a terminal: no escape sequences, no control or direction characters, no line ends.
 *
 * @see https://www.unicode.org/reports/tr9/
 */
export function cleanText(text: string): string {
  return text.replace(/[\r\n\t\u2028\u2029]+/g, " ").replace(/[\p{Cc}\p{Cf}]/gu, "");
}
