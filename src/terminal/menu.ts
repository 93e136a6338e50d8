import enquirer from "enquirer";
import { cleanText } from "./clean.ts";
import { type MenuItem, type MenuLine, matchItems, visibleLines } from "./menu-items.ts";
import type { PromptClass, PromptOptions } from "./prompt-class.ts";

export interface MenuOptions<T> {
  readonly message: string;
  readonly items: readonly MenuItem<T>[];
}

const { Prompt } = enquirer as unknown as { readonly Prompt: PromptClass };

/** Lines of a terminal that the menu leaves free. */
const MARGIN = 4;
const MAX_LINES = 20;

/** A list to choose from, searched by typing. enquirer's own menus are given every item at once; this one draws what is seen. */
export async function createMenu<T>(options: MenuOptions<T> & Pick<PromptOptions, "stdin" | "stdout">): Promise<T> {
  const chosen: unknown = await new Menu(options).run();
  return (chosen as { readonly item: MenuItem<T> }).item.value;
}

class Menu<T> extends Prompt {
  readonly #message: string;
  readonly #items: readonly MenuItem<T>[];
  #matches: readonly MenuItem<T>[];
  #focus = 0;

  constructor({ message, items, stdin, stdout }: MenuOptions<T> & Pick<PromptOptions, "stdin" | "stdout">) {
    super({ name: "menu", message, stdin, stdout });
    this.#message = message;
    this.#items = items;
    this.#matches = items;
  }

  dispatch(character: string | undefined): Promise<void> {
    if (character === undefined || character < " ") return this.#refuse();
    return this.#search(this.input + cleanText(character));
  }

  number(character: string): Promise<void> {
    return this.dispatch(character);
  }

  space(): Promise<void> {
    return this.dispatch(" ");
  }

  delete(): Promise<void> {
    return this.#search([...this.input].slice(0, -1).join(""));
  }

  up(): Promise<void> {
    return this.#move(-1);
  }

  down(): Promise<void> {
    return this.#move(1);
  }

  pageUp(): Promise<void> {
    return this.#move(1 - this.#lines());
  }

  pageDown(): Promise<void> {
    return this.#move(this.#lines() - 1);
  }

  override async submit(): Promise<void> {
    const item = this.#matches[this.#focus];
    if (item === undefined) return this.#refuse();
    this.value = { item };
    await super.submit();
  }

  async render(): Promise<void> {
    const { state, styles } = this;
    const previous = state.size;
    const head = `${await this.prefix()} ${styles.strong(this.#message)} ${styles.muted("›")}`;
    state.prompt = head;
    this.clear(previous);
    if (state.submitted) {
      const item = state.cancelled === true ? undefined : this.#matches[this.#focus];
      this.write(`${head} ${styles.primary(item === undefined ? "" : cleanText([item.group, item.label].filter(Boolean).join(" ")))}`);
    } else {
      const lines = visibleLines(this.#matches, this.#focus, this.#lines()).map((line) => this.#draw(line));
      const count =
        this.#matches.length === this.#items.length ? `${this.#items.length}` : `${this.#matches.length} of ${this.#items.length}`;
      this.write(
        [`${head} ${this.input}`, ...lines, styles.muted(`${count} · type to search, arrows to move, Enter to choose`)].join("\n"),
      );
    }
    this.restore();
  }

  #refuse(): Promise<void> {
    this.alert();
    return Promise.resolve();
  }

  #lines(): number {
    return Math.max(3, Math.min(MAX_LINES, this.height - MARGIN));
  }

  #draw({ text, kind }: MenuLine): string {
    const fitted = [...cleanText(text)].slice(0, Math.max(10, this.width - 6)).join("");
    if (kind === "heading") return this.styles.muted(fitted);
    return kind === "focused" ? this.styles.primary(`❯ ${fitted}`) : `  ${fitted}`;
  }

  #search(query: string): Promise<void> {
    this.input = query;
    this.cursor = query.length;
    this.#matches = matchItems(this.#items, query);
    this.#focus = 0;
    return this.render();
  }

  #move(by: number): Promise<void> {
    this.#focus = Math.max(0, Math.min(this.#matches.length - 1, this.#focus + by));
    return this.render();
  }
}
