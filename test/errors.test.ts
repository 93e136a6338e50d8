import { expect, test } from "vitest";
import { type AppError, BugError, CancelledError, RefusedError, RemoteError, UsageError, unreachable } from "../src/errors.ts";

const cause = new Error("underneath");
const details = { code: "CODE", hint: "do this", cause };

test.each([
  [new UsageError("m", details), "UsageError", 2],
  [new RefusedError("m", details), "RefusedError", 3],
  [new RemoteError("m", details), "RemoteError", 4],
  [new CancelledError("m", details), "CancelledError", 130],
  [new BugError("m", details), "BugError", 1],
] satisfies readonly (readonly [AppError, string, number])[])("%s ends the program with its own exit code", (error, name, exitCode) => {
  expect([error.name, error.exitCode, error.message, error.code, error.hint, error.cause]).toEqual([
    name,
    exitCode,
    "m",
    "CODE",
    "do this",
    cause,
  ]);
});

test("to cancel needs no words", () => {
  const error = new CancelledError();
  expect([error.message, error.code, error.hint]).toEqual(["cancelled", "CANCELLED", undefined]);
});

test("a case that the compiler did not foresee is a bug that does not show its value", () => {
  expect(() => unreachable("a secret" as never)).toThrow(new BugError("unexpected string where every case was handled", { code: "BUG" }));
});
