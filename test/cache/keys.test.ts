import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { ownEntryKey, ownEntryName, sharedEntryName } from "../../src/cache/keys.ts";

test.each([
  [{ organization: "mycompany.okta.com", user: "jdoe", key: null }, "1c8011f40ddc05bef75d7978fa0ccee127668455"],
  [{ organization: "mycompany.okta.com", user: "jdoe", key: "role_one" }, "fc052a8bfbf80e01f331c961320457865b1d64be"],
  [{ organization: "mycompany.okta.com", user: "jdoe", key: "" }, "0efa5e10fa52ea49ed3ff0704e5c5bc03be82583"],
  [{ organization: null, user: null, key: null }, "6f9a9cafb1bc5a307de8fbcf113bce5c67a583b1"],
  [{ organization: "org.okta.com", user: "user_name", key: "key" }, "7c4d29a52f8a7dde41d680172457fb5b5bc04cd4"],
  [{ organization: "mycompany.okta.com", user: "jürgen😀", key: 'a"b\\c\u007f/é' }, "590996e467f93a5351a9141c97e2e1097090d512"],
])("the original's name of %j is %s", (given, name) => {
  expect(sharedEntryName(given)).toBe(name);
});

/** By the letter of Python's documentation: one character at a time. */
function pythonString(text: string): string {
  const short: Readonly<Record<string, string>> = {
    '"': '\\"',
    "\\": "\\\\",
    "\b": "\\b",
    "\f": "\\f",
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
  };
  const units = text.split("").map((unit) => {
    const code = unit.charCodeAt(0);
    return short[unit] ?? (code >= 0x20 && code <= 0x7e ? unit : `\\u${code.toString(16).padStart(4, "0")}`);
  });
  return `"${units.join("")}"`;
}

test("any text is written as Python writes it", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" }), (user, key) => {
      const json = `{"Key": ${pythonString(key)}, "Organization": null, "User": ${pythonString(user)}}`;
      expect(sharedEntryName({ organization: null, user, key })).toBe(createHash("sha1").update(json, "ascii").digest("hex"));
    }),
  );
});

test("in our own entries a number, its text, nothing, the word for nothing and another place are told apart", () => {
  const keys = [[1, null], ["1", null], [null, null], ["null", null], ["", null], [null, 1], [1], ["1,null"], []].map(ownEntryKey);
  expect([new Set(keys).size, new Set(keys.map(ownEntryName)).size]).toEqual([keys.length, keys.length]);
});

test("a hundred thousand entries that differ in little have names of their own, of sixteen digits", () => {
  const names = new Set<string>();
  for (let account = 0; account < 1000; account++)
    for (let role = 0; role < 100; role++) {
      const arn = `arn:aws:iam::${String(account).padStart(12, "0")}:role/team-${role}`;
      names.add(ownEntryName(ownEntryKey(["acme.okta.com", "jdoe", null, null, arn, null, null, null, 3600])));
    }
  expect([names.size, Array.from(names).every((name) => /^[0-9a-f]{16}$/.test(name))]).toEqual([100_000, true]);
});
