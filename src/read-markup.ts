/** The reader of pages and of XML from outside. It takes its time to load: import it where there is something to read. */
import { type CheerioAPI, load } from "cheerio/slim";
import { DomHandler } from "domhandler";
import { Parser } from "htmlparser2";

/** Pages have some dozens. The parser's time and the readers' stack grow with each. */
const DEEPEST = 256;

/**
 * @param xml whether names keep their case, and what is never closed in HTML is closed
 * @returns undefined where elements stand in each other more than 256 deep
 */
export function readMarkup(text: string, { xml }: { readonly xml: boolean }): CheerioAPI | undefined {
  const options = { xmlMode: xml, decodeEntities: true };
  const handler = new ShallowHandler(undefined, options);
  try {
    new Parser(handler, options).end(text);
  } catch (error) {
    if (error instanceof TooDeep) return undefined;
    throw error;
  }
  return load(handler.root, xml ? { xml: { decodeEntities: true } } : {});
}

class TooDeep extends Error {}

class ShallowHandler extends DomHandler {
  #depth = 0;

  override onopentag(name: string, attributes: { readonly [name: string]: string }): void {
    this.#depth += 1;
    if (this.#depth > DEEPEST) throw new TooDeep();
    super.onopentag(name, attributes);
  }

  override onclosetag(): void {
    this.#depth -= 1;
    super.onclosetag();
  }
}
