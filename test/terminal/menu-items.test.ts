import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type MenuItem, matchItems, visibleLines } from "../../src/terminal/menu-items.ts";

const item = (label: string, group?: string): MenuItem<string> => ({ label, value: label, ...(group === undefined ? {} : { group }) });
const items = [
  item("Administrator", "acme-dev (111122223333)"),
  item("ReadOnly", "acme-dev (111122223333)"),
  item("ReadOnly", "acme-prod (444455556666)"),
  item("Auditor"),
];

/** Labels of what matches. */
const matching = (query: string) => matchItems(items, query).map(({ group, label }) => `${group?.split(" ")[0] ?? ""} ${label}`);

describe("what is typed", () => {
  test.each([
    ["", ["acme-dev Administrator", "acme-dev ReadOnly", "acme-prod ReadOnly", " Auditor"]],
    ["  ", ["acme-dev Administrator", "acme-dev ReadOnly", "acme-prod ReadOnly", " Auditor"]],
    ["read", ["acme-dev ReadOnly", "acme-prod ReadOnly"]],
    ["READ", ["acme-dev ReadOnly", "acme-prod ReadOnly"]],
    ["only read", ["acme-dev ReadOnly", "acme-prod ReadOnly"]],
    ["prod read", ["acme-prod ReadOnly"]],
    ["4444", ["acme-prod ReadOnly"]],
    [" dev  ad ", ["acme-dev Administrator", "acme-dev ReadOnly"]],
    ["aud", [" Auditor"]],
    ["(1", ["acme-dev Administrator", "acme-dev ReadOnly"]],
    ["read.*", []],
    ["nobody", []],
  ])("%j leaves %j", (query, labels) => {
    expect(matching(query)).toEqual(labels);
  });

  test("leaves exactly the items that hold every word, in their order", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "B", "c", " "), maxLength: 5 });
    const some = fc.array(fc.record({ label: text, group: text, value: fc.nat() }), { maxLength: 12 });
    fc.assert(
      fc.property(some, text, (all, query) => {
        const holds = ({ label, group }: MenuItem<number>) =>
          query
            .toLowerCase()
            .split(" ")
            .every((word) => `${group ?? ""} ${label}`.toLowerCase().includes(word));
        expect(matchItems(all, query)).toEqual(all.filter(holds));
      }),
    );
  });
});

describe("what is seen", () => {
  test("is everything where there is room, each group under its heading", () => {
    expect(visibleLines(items, 1, 10)).toEqual([
      { text: "acme-dev (111122223333)", kind: "heading" },
      { text: "Administrator", kind: "item" },
      { text: "ReadOnly", kind: "focused" },
      { text: "acme-prod (444455556666)", kind: "heading" },
      { text: "ReadOnly", kind: "item" },
      { text: "Auditor", kind: "item" },
    ]);
  });

  test("is nothing where nothing matches", () => {
    expect(visibleLines([], 0, 10)).toEqual([]);
  });

  const groups = fc.array(fc.record({ size: fc.integer({ min: 1, max: 12 }), named: fc.boolean() }), { minLength: 1, maxLength: 12 });
  const menu = groups.map((given) =>
    given.flatMap(({ size, named }, group) =>
      Array.from({ length: size }, (_, index) => item(`${group}.${index}`, named ? `group ${group}` : undefined)),
    ),
  );
  const runs = { numRuns: 40 };
  const height = fc.integer({ min: 3, max: 20 });

  test("is the focused item wherever it is, once, and never more than there is room for", () => {
    fc.assert(
      fc.property(menu, height, (all, room) => {
        for (const [focus, { label }] of all.entries()) {
          const lines = visibleLines(all, focus, room);
          expect(lines.filter(({ kind }) => kind === "focused")).toEqual([{ text: label, kind: "focused" }]);
          expect(lines.length).toBeLessThanOrEqual(room);
        }
      }),
      runs,
    );
  });

  test("fills the room", () => {
    fc.assert(
      fc.property(menu, height, (all, room) => {
        const whole = visibleLines(all, 0, 1000).length;
        for (const focus of all.keys()) expect(visibleLines(all, focus, room).length).toBe(Math.min(room, whole));
      }),
      runs,
    );
  });

  test("is in the menu's order, without a gap", () => {
    fc.assert(
      fc.property(menu, height, (all, room) => {
        const labels = all.map(({ label }) => label);
        for (const focus of all.keys()) {
          const seen = visibleLines(all, focus, room).flatMap(({ text, kind }) => (kind === "heading" ? [] : [text]));
          const from = labels.indexOf(seen[0] ?? "");
          expect(seen).toEqual(labels.slice(from, from + seen.length));
        }
      }),
      runs,
    );
  });

  test("tells of every item under which heading it stands", () => {
    fc.assert(
      fc.property(menu, height, (all, room) => {
        const groupOf = new Map(all.map(({ label, group }) => [label, group]));
        for (const focus of all.keys()) {
          let heading: string | undefined;
          for (const { text, kind } of visibleLines(all, focus, room)) {
            if (kind === "heading") heading = text;
            else if (groupOf.get(text) !== undefined) expect(heading).toBe(groupOf.get(text));
          }
        }
      }),
      runs,
    );
  });
});
