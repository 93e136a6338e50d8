import { decodeEntities, readTags, type Tag } from "./read-tags.ts";

export interface Form {
  readonly id: string;
  /** As it is written; empty for the address of the page itself. */
  readonly action: string;
  /** What a browser would send, in the page's order. */
  readonly fields: readonly Field[];
  readonly selects: readonly Select[];
}

export interface Field {
  readonly name: string;
  readonly value: string;
  /** The `data-device-index` of the fieldset around it. */
  readonly device: string | undefined;
}

export interface Select {
  readonly name: string;
  readonly options: readonly Option[];
}

export interface Option {
  readonly value: string;
  readonly label: string;
}

/** Reads the forms of a page. As in a browser a form ends with its own end tag alone, and one inside another is not there. */
export function readForms(page: string): readonly Form[] {
  const open: Open = { forms: [], form: undefined, select: undefined, fieldsets: [] };
  for (const tag of readTags(page)) {
    if (tag.closes) readClosing(open, tag);
    else readOpening(open, tag, page);
  }
  return open.forms;
}

interface OpenForm extends Form {
  readonly fields: Field[];
  readonly selects: OpenSelect[];
}

interface OpenSelect extends Select {
  readonly options: Option[];
}

/** What was read, and what the reader is inside of. */
interface Open {
  readonly forms: OpenForm[];
  form: OpenForm | undefined;
  select: OpenSelect | undefined;
  /** The device of each, or of the one around it. */
  readonly fieldsets: (string | undefined)[];
}

/** None of these is sent unless somebody presses or ticks it. */
const silentTypes: readonly string[] = ["submit", "button", "reset", "image", "file"];

function readClosing(open: Open, { name }: Tag): void {
  if (name === "form") open.form = undefined;
  if (name === "select") open.select = undefined;
  if (name === "fieldset") open.fieldsets.pop();
}

function readOpening(open: Open, tag: Tag, page: string): void {
  if (tag.name === "form" && open.form === undefined) openForm(open, tag);
  if (tag.name === "fieldset") open.fieldsets.push(tag.attributes.get("data-device-index") ?? open.fieldsets.at(-1));
  if (tag.name === "input") readInput(open, tag);
  if (tag.name === "select") openSelect(open, tag);
  if (tag.name === "option") readOption(open, tag, page);
}

function openForm(open: Open, { attributes }: Tag): void {
  open.form = { id: attributes.get("id") ?? "", action: attributes.get("action") ?? "", fields: [], selects: [] };
  open.forms.push(open.form);
  open.select = undefined;
}

function readInput({ form, fieldsets }: Open, { attributes }: Tag): void {
  const name = attributes.get("name") ?? "";
  const type = attributes.get("type")?.toLowerCase() ?? "text";
  if (form === undefined || name === "" || attributes.has("disabled") || silentTypes.includes(type)) return;
  if ((type === "checkbox" || type === "radio") && !attributes.has("checked")) return;
  form.fields.push({ name, value: attributes.get("value") ?? "", device: fieldsets.at(-1) });
}

function openSelect(open: Open, { attributes }: Tag): void {
  open.select = { name: attributes.get("name") ?? "", options: [] };
  open.form?.selects.push(open.select);
}

function readOption({ select }: Open, { attributes, end }: Tag, page: string): void {
  const next = page.indexOf("<", end);
  const label = decodeEntities(page.slice(end, next < 0 ? page.length : next)).trim();
  select?.options.push({ value: attributes.get("value") ?? label, label });
}
