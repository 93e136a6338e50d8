/** One tag of a page; what stands between two tags is the page's from `end` to the next `start`. */
export interface Tag {
  /** Lower case. */
  readonly name: string;
  readonly closes: boolean;
  /** Values by names in lower case; of two with one name the first counts. */
  readonly attributes: ReadonlyMap<string, string>;
  /** Where in the page the tag is over. */
  readonly end: number;
}

/**
 * Reads the tags of a page from front to back, each character a bounded number of times, however the page was made.
 *
 * @see https://html.spec.whatwg.org/multipage/parsing.html#tokenization
 */
export function* readTags(page: string): Generator<Tag> {
  let at = page.indexOf("<");
  while (at >= 0) {
    const tag = page.startsWith("<!--", at) ? undefined : readTag(page, at);
    if (tag !== undefined) yield tag;
    const from = tag === undefined ? afterOther(page, at) : afterTag(page, tag);
    at = from === undefined ? -1 : page.indexOf("<", from);
  }
}

/** Text as a browser shows it: the entities that pages are escaped with, by name and by number. */
export function decodeEntities(text: string): string {
  return text.replaceAll(/&(#\d{1,7}|#x[\da-f]{1,6}|amp|lt|gt|quot|apos|nbsp);/gi, (_, entity: string) =>
    decodeEntity(entity.toLowerCase()),
  );
}

const named: ReadonlyMap<string, string> = new Map([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
  ["nbsp", "\u00a0"],
]);

function decodeEntity(entity: string): string {
  const known = named.get(entity);
  if (known !== undefined) return known;
  const code = entity.startsWith("#x") ? Number.parseInt(entity.slice(2), 16) : Number(entity.slice(1));
  const isCharacter = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  return isCharacter ? String.fromCodePoint(code) : "\ufffd";
}

/** What these hold is text, tags and all. */
const rawText: readonly string[] = ["script", "style", "textarea", "title", "iframe", "noembed", "noframes", "xmp"];

/** @returns where to go on, or undefined where the element has no end */
function afterTag(page: string, { name, closes, end }: Tag): number | undefined {
  if (closes || !rawText.includes(name)) return end;
  const closing = new RegExp(`</${name}`, "gi");
  closing.lastIndex = end;
  return closing.exec(page)?.index;
}

function afterOther(page: string, at: number): number | undefined {
  if (!page.startsWith("<!--", at)) return at + 1;
  const end = page.indexOf("-->", at + 4);
  return end < 0 ? undefined : end + 3;
}

function readTag(page: string, at: number): Tag | undefined {
  const opening = match(/<(\/?)([A-Za-z][^\s/>]*)/y, page, at);
  if (opening === undefined) return undefined;
  const [whole = "", slash = "", name = ""] = opening;
  const attributes = new Map<string, string>();
  let end = at + whole.length;
  for (;;) {
    const attribute = match(/[\s/]*([^\s/>=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>][^\s>]*)))?/y, page, end);
    if (attribute === undefined) break;
    const [part = "", key = "", double, single, bare] = attribute;
    if (!attributes.has(key.toLowerCase())) attributes.set(key.toLowerCase(), decodeEntities(double ?? single ?? bare ?? ""));
    end += part.length;
  }
  const closed = page.indexOf(">", end);
  return { name: name.toLowerCase(), closes: slash !== "", attributes, end: closed < 0 ? page.length : closed + 1 };
}

function match(pattern: RegExp, page: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(page) ?? undefined;
}
