/** More than any line of ours has; a reply's own words may be megabytes. */
const LONGEST = 4000;

/**
 * Text from outside as it may be shown on one line of a terminal: no escape sequences, no control or direction characters, no line ends,
 * nothing that takes no room, and an end.
 *
 * @see https://www.unicode.org/reports/tr9/
 * @see https://www.unicode.org/reports/tr44/#Default_Ignorable_Code_Point
 */
export function cleanText(text: string): string {
  const shown = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  return shown.replace(/[\r\n\t\u2028\u2029]+/g, " ").replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu, "");
}
