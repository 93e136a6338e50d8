import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Field, readForms } from "../../../plugins/factor-duo/src/read-forms.ts";
import { decodeEntities } from "../../../plugins/factor-duo/src/read-tags.ts";

/** The fields of the first form, as names and values. */
function fieldsIn(inside: string): readonly (readonly [string, string])[] | undefined {
  return pairs(readForms(`<form>${inside}</form>`)[0]?.fields);
}

function pairs(fields: readonly Field[] | undefined): readonly (readonly [string, string])[] | undefined {
  return fields?.map(({ name, value }) => [name, value] as const);
}

test("a form is read with its fields, devices and choices", () => {
  const page = `<!DOCTYPE html><html><body>
<form method=post id="login-form" action="&#x2f;frame&#x2f;prompt">
  <input type="hidden" name="sid" value="a&amp;b" /><input type=hidden name=url value=/frame/prompt>
  <fieldset><select name="device"><option value="phone1"> iPhone &#40;XXX-XXX-1234&#x29; </option><option>Token</select></fieldset>
  <fieldset data-device-index="phone1"><div><fieldset><input type="hidden" name="factor" value="Duo&#x20;Push"></fieldset></div></fieldset>
  <input name="after" value="it">
</form><form id=other></form>`;
  expect(readForms(page)).toEqual([
    {
      id: "login-form",
      action: "/frame/prompt",
      fields: [
        { name: "sid", value: "a&b", device: undefined },
        { name: "url", value: "/frame/prompt", device: undefined },
        { name: "factor", value: "Duo Push", device: "phone1" },
        { name: "after", value: "it", device: undefined },
      ],
      selects: [
        {
          name: "device",
          options: [
            { value: "phone1", label: "iPhone (XXX-XXX-1234)" },
            { value: "Token", label: "Token" },
          ],
        },
      ],
    },
    { id: "other", action: "", fields: [], selects: [] },
  ]);
});

describe("a field", () => {
  test.each([
    ['<input name="a">', [["a", ""]]],
    ["<INPUT TYPE=HIDDEN NAME=a VALUE=1>", [["a", "1"]]],
    ["<input name='a' value='\"'>", [["a", '"']]],
    ['<input name="a" value="<form>">', [["a", "<form>"]]],
    ['<input\n\tname = "a"\n value\n=\n"1"/>', [["a", "1"]]],
    ['<input name="a"value="1">', [["a", "1"]]],
    ['<input name="a" value="1" value="2">', [["a", "1"]]],
    ['<input/name="a"/value="1">', [["a", "1"]]],
    ['<input name="a" value=1/2>', [["a", "1/2"]]],
    [
      '<input name="__proto__" value="1"><input name="constructor">',
      [
        ["__proto__", "1"],
        ["constructor", ""],
      ],
    ],
    ['<input type="checkbox" name="a"><input type="radio" name="b" value="1" checked>', [["b", "1"]]],
    ['<input type="submit" name="a"><input type="image" name="b"><input type="file" name="c"><button name="d">', []],
    ['<input name="a" disabled><input value="1"><input name="">', []],
    ['<!-- <input name="a"> --><input name="b">', [["b", ""]]],
    [
      '<script>"<input name=a>" < 1</script><style><input name="a"></style><textarea><input name="a"></TEXTAREA><input name="b">',
      [["b", ""]],
    ],
    ['a < b <3 </> <!x> <?y?> <input name="b">', [["b", ""]]],
    ['<form id="inner"><input name="a"></form><input name="b">', [["a", ""]]],
    ['</fieldset></select></option><option>none<input name="a">', [["a", ""]]],
  ])("in %j is read as a browser reads it", (inside, fields) => {
    expect(fieldsIn(inside)).toEqual(fields);
  });
});

test.each([
  ["", []],
  ["<", []],
  ["<form", [[]]],
  ["<form><input name=a", [[["a", ""]]]],
  ['<form><input name="a', [[]]],
  ["<form><!-- <input name=a>", [[]]],
  ["<form><script><input name=a>", [[]]],
  ["<input name=a><select name=b><option>c<form></form>", [[]]],
])("a page that ends too early is read as far as it goes: %j", (page, forms) => {
  expect(readForms(page).map(({ fields }) => pairs(fields))).toEqual(forms);
});

test.each([
  ["a&amp;b&lt;&gt;&quot;&apos;&nbsp;", "a&b<>\"'\u00a0"],
  ["&#65;&#x41;&#X1f511;", "AA\u{1f511}"],
  ["&amp;lt;", "&lt;"],
  ["&#0;&#xd800;&#x110000;&#9999999;", "\ufffd\ufffd\ufffd\ufffd"],
  ["&unknown; &amp &#; &#x; &#xzz; &#99999999;", "&unknown; &amp &#; &#x; &#xzz; &#99999999;"],
])("entities in %j are decoded once", (text, decoded) => {
  expect(decodeEntities(text)).toBe(decoded);
});

const mebibyte = 1024 * 1024;

test.each([
  "<",
  "<a",
  "<a ",
  "<a b",
  "<a b=",
  '<a b="',
  "<a b='",
  " ",
  "<input ",
  "<input name=a ",
  "<!--",
  "<!-",
  "<script",
  "<script>",
  "</script",
  "<option>",
  "<option",
  "<fieldset>",
  "<fieldset><input name=a>",
  "<select><option>",
  "<form>",
  "</form><form>",
  "&",
  "&#",
  "<a b=\"&#x41;' ",
  "a\u0130",
])("a mebibyte of %j is read in a moment", (piece) => {
  const page = `<form><input name="${piece.repeat(mebibyte / piece.length)}`;
  for (const hostile of [page, page.slice(20), `<a ${page.slice(20)}`]) {
    const begunAt = performance.now();
    readForms(hostile);
    expect(performance.now() - begunAt).toBeLessThan(2000);
  }
});

test("whatever a form holds, what was escaped into it is read out of it", () => {
  const text = fc.string({ unit: "grapheme" }).map((given) => given.replaceAll("\u0000", ""));
  const escaped = (given: string) => given.replaceAll(/[^A-Za-z]/gu, (character) => `&#x${character.codePointAt(0)?.toString(16)};`);
  fc.assert(
    fc.property(fc.array(fc.tuple(text, text)), (given) => {
      const inputs = given.map(([name, value]) => `<input type="hidden" name="n${escaped(name)}" value='${escaped(value)}'>`);
      expect(fieldsIn(inputs.join(""))).toEqual(given.map(([name, value]) => [`n${name}`, value]));
    }),
  );
});

test("no page makes the reader fail", () => {
  const piece = fc.constantFrom(
    "<",
    ">",
    "/",
    "=",
    '"',
    "'",
    " ",
    "<!--",
    "-->",
    "form",
    "input",
    "name",
    "option",
    "script",
    "&#x3c;",
    "\u0000",
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string())), (pieces) => {
      expect(Array.isArray(readForms(pieces.join("")))).toBe(true);
    }),
  );
});
