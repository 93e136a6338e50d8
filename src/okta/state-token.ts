/**
 * The state token that a page of the org carries in a script or a link, whatever the script's way to spell it: a variable, a field of a
 * configuration, with characters escaped.
 */
import { Secret } from "../secret.ts";

const IN_SCRIPT = /\bstateToken["']?\s{0,10}[:=]\s{0,10}(?:"((?:[^"\\\r\n]|\\.){1,20000})"|'((?:[^'\\\r\n]|\\.){1,20000})')/;
const IN_LINK = /[?&;]stateToken=([\w.~%-]{1,20000})/;

/** @returns undefined where the page has none */
export function findStateToken(page: string): Secret | undefined {
  const quoted = IN_SCRIPT.exec(page);
  const linked = quoted === null ? IN_LINK.exec(page)?.[1] : undefined;
  const token = quoted === null ? decodeLink(linked) : decodeScript(quoted[1] ?? quoted[2] ?? "");
  return token === undefined || token === "" ? undefined : new Secret(token);
}

/** What JavaScript makes of a literal, as far as pages escape: `\x2D`, `\u002D`, and a character behind a backslash. */
function decodeScript(literal: string): string {
  return literal.replace(/\\(x[\da-fA-F]{2}|u[\da-fA-F]{4}|.)/g, (_, escaped: string) =>
    escaped.length === 1 ? escaped : String.fromCharCode(Number.parseInt(escaped.slice(1), 16)),
  );
}

function decodeLink(value: string | undefined): string | undefined {
  try {
    return value === undefined ? undefined : decodeURIComponent(value);
  } catch {
    return undefined;
  }
}
