import fc from "fast-check";

/** What readers, terminals, shells and files stumble over. */
const FRAGMENTS: readonly string[] = [
  ...[
    "",
    "\0",
    "\ud800",
    "\udfff\ud800",
    "\ufeff",
    "\ufffe",
    "\u0085",
    "\u2028",
    "\r",
    "\r\n",
    "\n",
    "\t",
    "\\",
    "%00",
    "%2e%2e%2f",
    "../",
  ],
  ...["\u001b[2J", "\u001b]8;;http://evil.example\u0007x\u001b]8;;\u0007", "\u009b31m", "\u202e", "\u2066", "\u200b", "\u3164", "\u034f"],
  ...[
    "<![CDATA[",
    "]]>",
    "<!--",
    "-->",
    "<?x",
    "<!DOCTYPE a [<!ENTITY b 'c'>]>",
    "&b;",
    "&amp;",
    "&#0;",
    "&#xD800;",
    "&#x110000;",
    "<",
    ">",
  ],
  ...[
    "<script>",
    "</script>",
    "<form>",
    "<input name='SAMLResponse' value=''>",
    '"',
    "'",
    "`",
    "$(exit 9)",
    "$" + "{A}",
    "!!",
    ";",
    "&&",
    "|",
    "#",
  ],
  ...["[", "]", "{", "}", "=", ":", ",", "[defaults]\n", "__proto__", "constructor", "prototype", "null", "1e999", "-1", "NaN"],
  ...["9".repeat(400), "0x10", "2099-01-01T00:00:00Z", "+275760-09-13T00:00:00Z", "A".repeat(5000), " ".repeat(5000), "\u0301".repeat(300)],
];

const anyCodeUnit = fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit));

/** Any text at all: NUL, halves of characters, whatever hurts. */
export const hostileText: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.constantFrom(...FRAGMENTS), anyCodeUnit, fc.constantFrom("a", "Z", "0", "-", ".", "/", "@", " ")), { maxLength: 12 })
  .map((parts) => parts.join(""));

/** The same without halves of characters, which no file in UTF-8 holds. */
export const wellFormedText: fc.Arbitrary<string> = hostileText.map((text) => Buffer.from(text).toString("utf8"));

/** Changes to a text: where they are made, and what. */
export const edits = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.integer({ min: 0, max: 200 }),
    change: fc.oneof(
      fc.constantFrom("drop", "twice", "hundredfold", "cut", "swap case", "UTF-16"),
      fc.constantFrom(...FRAGMENTS).map((fragment) => ({ fragment })),
    ),
  }),
  { minLength: 1, maxLength: 4 },
);

type Edit = typeof edits extends fc.Arbitrary<readonly (infer One)[]> ? One : never;

/** The text after its changes, one upon the other. */
export function edit(text: string, changes: readonly Edit[]): string {
  return changes.reduce(editOnce, text).slice(0, 200_000);
}

function editOnce(text: string, { at, length, change }: Edit): string {
  const from = Math.floor(at * text.length);
  const [before, piece, after] = [text.slice(0, from), text.slice(from, from + length), text.slice(from + length)];
  if (typeof change === "object") return before + change.fragment + after;
  switch (change) {
    case "drop":
      return before + after;
    case "twice":
      return before + piece + piece + after;
    case "hundredfold":
      return before + piece.repeat(100) + after;
    case "cut":
      return before;
    case "swap case":
      return before + piece.toUpperCase() + after;
    default:
      return Buffer.from(text, "utf16le").toString("latin1");
  }
}

/** Stands for what no `JSON.stringify` writes: 10,000 levels, a key twice, a number beyond all. */
const RAW: Readonly<Record<string, string>> = {
  "@deep list": `${"[".repeat(10_000)}${"]".repeat(10_000)}`,
  "@deep object": `${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}`,
  "@twice": '{"a":1,"a":{"href":2},"__proto__":{"href":"x"},"toString":1}',
  "@huge": "1e999",
};

/** One that was doubled again and again would fill the memory of the test. */
const MOST_RAW = 10;

const anyJson: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, true, 0, -1, 1e308, "", [], {}, [[]], [null], { href: 1 }, { toString: 1, valueOf: null, length: -1 }),
  fc.constantFrom(...Object.keys(RAW)),
  fc.constantFrom(...FRAGMENTS),
  hostileText,
);

/** Changes to the shape of a JSON value. */
export const reshapings = fc.array(
  fc.record({ at: fc.nat(10_000), how: fc.constantFrom("replace", "drop", "add", "wrap", "list", "grow"), value: anyJson }),
  { minLength: 1, maxLength: 3 },
);

type Reshaping = typeof reshapings extends fc.Arbitrary<readonly (infer One)[]> ? One : never;

/** The JSON text of a value with some of its parts changed. */
export function reshape(json: string, changes: readonly Reshaping[]): string {
  const root = { value: JSON.parse(json) as unknown };
  for (const change of changes) reshapeOnce(root, change);
  let raw = 0;
  return JSON.stringify(root.value).replaceAll(/"(@[a-z ]+)"/g, (whole, name: string) => (raw++ < MOST_RAW ? (RAW[name] ?? whole) : whole));
}

function reshapeOnce(root: object, { at, how, value: given }: Reshaping): void {
  // A later change may change what this one puts there.
  const value: unknown = structuredClone(given);
  const places = placesIn(root);
  const { owner, key } = places[at % places.length] ?? { owner: root, key: "value" };
  const old: unknown = Reflect.get(owner, key);
  if (how === "drop") Reflect.deleteProperty(owner, key);
  else if (how === "add")
    Reflect.defineProperty(owner, typeof value === "string" ? value : "x", { value, enumerable: true, writable: true, configurable: true });
  else Reflect.set(owner, key, how === "wrap" ? { [key]: old } : how === "list" ? [old, old] : how === "grow" ? grow(old) : value);
  if (!Object.hasOwn(root, "value")) Reflect.set(root, "value", {});
}

const grow = (value: unknown): unknown =>
  typeof value === "string" ? value.repeat(2000).slice(0, 50_000) : Array.from({ length: 20 }, () => value);

function placesIn(value: object): readonly { readonly owner: object; readonly key: string }[] {
  return Object.keys(value).flatMap((key) => {
    const inner: unknown = Reflect.get(value, key);
    return [{ owner: value, key }, ...(typeof inner === "object" && inner !== null ? placesIn(inner) : [])];
  });
}

/** A recorded text, changed by its shape where it is JSON, and by its characters. */
export function changed(recorded: readonly string[]): fc.Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom(...recorded), fc.boolean(), reshapings, edits)
    .map(([text, shaped, changes, then]) => (shaped && isJson(text) ? reshape(text, changes) : edit(text, then)));
}

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === "object";
  } catch {
    return false;
  }
}
