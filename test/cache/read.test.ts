import fc from "fast-check";
import { expect, test } from "vitest";
import { readKeptJson } from "../../src/cache/read.ts";
import { useFolder } from "../support/folder.ts";

test("a file that is not there, or is a folder, is a miss", () => {
  const folder = useFolder({ "folder/file": "" });
  expect([
    readKeptJson(`${folder.path}/nothing`),
    readKeptJson(`${folder.path}/folder`),
    readKeptJson(`${folder.path}/folder/file/deeper`),
  ]).toEqual([undefined, undefined, undefined]);
});

test.each(["", "null", "[]", "[{}]", '"text"', "1", "true", "{", '{"a": 1', '{"a": 1}}', "<html>", "\0\0\0\0"])(
  "%j is a miss",
  (content) => {
    const folder = useFolder({ kept: content });
    expect(readKeptJson(`${folder.path}/kept`)).toBe(undefined);
  },
);

test("any JSON object is read as it is", () => {
  const folder = useFolder();
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (object) => {
      expect(readKeptJson(folder.write("kept", JSON.stringify(object)))).toEqual(JSON.parse(JSON.stringify(object)));
    }),
    { numRuns: 50 },
  );
});
