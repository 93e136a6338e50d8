import { describe, expect, test } from "vitest";
import { openTerminal } from "../../src/terminal/terminal.ts";
import { failureOf } from "../support/failure.ts";
import { createWorld } from "../support/world.ts";

function openNone(silent = false) {
  const world = createWorld();
  return { world, terminal: openTerminal(world, silent) };
}

const question = { message: "Okta\u001b[2J user name", remedy: "give --user or AWS_OKTA_USER" };

describe("without a terminal", () => {
  test.each(["ask", "askSecret", "choose"] as const)("%s fails at once and names what would have answered", async (name) => {
    const { world, terminal } = openNone();
    expect(await failureOf(() => terminal[name]({ ...question, items: [{ label: "a", value: "a" }] }))).toEqual({
      name: "UsageError",
      code: "NO_TERMINAL",
      message: "there is no terminal to ask for: Okta[2J user name",
      hint: "give --user or AWS_OKTA_USER",
    });
    expect(world.written).toEqual({ output: "", diagnosis: "" });
  });

  test.each(["ask", "askSecret"] as const)("%s fails in silence too", async (name) => {
    expect((await failureOf(() => openNone(true).terminal[name](question))).code).toBe("NO_TERMINAL");
  });

  test("what informs goes to stderr, a clean line each, and nothing to stdout", () => {
    const { world, terminal } = openNone();
    terminal.tell("Role: \u001b[31marn\n:x");
    terminal.announce("Choose 30");
    terminal.progress("waiting\u0007");
    terminal.progress(undefined);
    terminal.close();
    expect(world.written).toEqual({ output: "", diagnosis: "Role: [31marn :x\nChoose 30\nwaiting\n" });
  });

  test("what was just said is not said again", () => {
    const { world, terminal } = openNone();
    for (const line of ["waiting", "waiting", "number", "number", "waiting"]) terminal.progress(line);
    expect(world.written.diagnosis).toBe("waiting\nnumber\nwaiting\n");
  });

  test("silence stops what only informs, and not what one cannot go on without", () => {
    const { world, terminal } = openNone(true);
    terminal.tell("Role: arn");
    terminal.progress("waiting");
    terminal.announce("Choose 30");
    expect(world.written.diagnosis).toBe("Choose 30\n");
  });
});
