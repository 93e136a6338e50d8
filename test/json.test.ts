import fc from "fast-check";
import { expect, test } from "vitest";
import * as json from "../src/json.ts";

test("only a text that is not empty is a text", () => {
  expect(["a", " ", "", 1, null, undefined, {}, ["a"]].map(json.text)).toEqual([
    "a",
    " ",
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

test("only an object is a record", () => {
  const object = { a: 1 };
  expect([object, [], null, undefined, "a", 1].map(json.record)).toEqual([object, undefined, undefined, undefined, undefined, undefined]);
});

test("whatever is asked for in whatever came, nothing is thrown", () => {
  fc.assert(
    fc.property(fc.anything(), fc.array(fc.string(), { maxLength: 3 }), (value, names) => {
      expect(() => [json.text(value), json.record(value), json.list(value), json.dig(value, ...names)]).not.toThrow();
    }),
  );
});

test("names are followed inwards, through objects alone", () => {
  const value = { a: { b: { c: 1 }, d: [{ c: 2 }], e: null } };
  expect([
    json.dig(value, "a", "b", "c"),
    json.dig(value, "a", "d", "0"),
    json.dig(value, "a", "e", "c"),
    json.dig(value, "x", "y"),
    json.dig(value),
  ]).toEqual([1, undefined, undefined, undefined, value]);
});

test("what is no list is an empty one", () => {
  expect([json.list([1]), json.list({ length: 1 }), json.list(null)]).toEqual([[1], [], []]);
});

test.each(["", "null", "[]", "1", '"a"', "{", '{"a":1}}'])("in %j there is no object", (text) => {
  expect(json.parseRecord(text)).toBe(undefined);
});

test("an object in a text is read", () => {
  expect(json.parseRecord(' {"a": [1]}\n')).toEqual({ a: [1] });
});
