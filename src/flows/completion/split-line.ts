/** The words of a line of bash up to the cursor, without their quotes; the last one is under the cursor and may be empty. */
export function splitLine(line: string): readonly string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote = "";
  for (let at = 0; at < line.length; at++) {
    const sign = line[at] ?? "";
    if (quote === "" && /\s/.test(sign)) {
      if (word !== undefined) words.push(word);
      word = undefined;
      continue;
    }
    word ??= "";
    if (sign === "\\" && quote !== "'") word += line[++at] ?? "";
    else if (sign === quote) quote = "";
    else if (quote === "" && (sign === '"' || sign === "'")) quote = sign;
    else word += sign;
  }
  return [...words, word ?? ""];
}
