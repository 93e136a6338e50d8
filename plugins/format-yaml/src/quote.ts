/**
 * A text in double quotes, where YAML knows all escapes of JSON. What it does not print as it is, and what a terminal would obey or hide,
 * is escaped.
 *
 * @see https://yaml.org/spec/1.2.2/#57-escaped-characters
 */
export function quote(text: string): string {
  return JSON.stringify(text).replaceAll(
    /[\u007f-\u009f\u2028\u2029\ufffe\uffff]|\p{Cf}|\p{Default_Ignorable_Code_Point}/gu,
    escapeCharacter,
  );
}

function escapeCharacter(character: string): string {
  const hex = (character.codePointAt(0) ?? 0).toString(16);
  return hex.length > 4 ? `\\U${hex.padStart(8, "0")}` : `\\u${hex.padStart(4, "0")}`;
}
