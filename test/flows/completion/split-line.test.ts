import { expect, test } from "vitest";
import { splitLine } from "../../../src/flows/completion/split-line.ts";

test.each([
  ["", [""]],
  ["x", ["x"]],
  ["x ", ["x", ""]],
  ["  x \t y", ["x", "y"]],
  ["x --role 'a b' y", ["x", "--role", "a b", "y"]],
  ['x "a \\"b\\" c" d', ["x", 'a "b" c', "d"]],
  ["x 'a\\' b", ["x", "a\\", "b"]],
  ["x a\\ b", ["x", "a b"]],
  ['x --pass "not closed --factor ', ["x", "--pass", "not closed --factor "]],
  ["x a\\  b", ["x", "a ", "b"]],
  ["x '' ", ["x", "", ""]],
  ["x --key \"a\"'b'c", ["x", "--key", "abc"]],
  ["x a\\", ["x", "a"]],
])("%j has the words %j", (line, words) => {
  expect(splitLine(line)).toEqual(words);
});
