import type { Shell } from "@aws-okta-processor/contract";
import { shellChecks } from "@aws-okta-processor/contract/conformance";
import { expect, test } from "vitest";
import { runLines } from "../evaluate-in.ts";
import { realShell } from "../real-shells.ts";
import { failuresOf, onlyFailureOf } from "./failures.ts";

const titles = {
  shape: "a shell has render, unset and evaluate",
  render: "a shell renders lines without a newline at their end, the same each time",
  names: "a shell refuses what cannot be the name of a variable",
  nul: "a shell refuses NUL, which no variable can hold",
  refusals: "a shell carries what AWS gives, and refuses what it cannot carry in one line",
  second: "a shell lets no value set a second variable",
  silence: "a shell does not write, it returns",
  quoting: "a shell's own quoting brings every value through that it takes",
  unset: "a shell removes what it is told to remove, and nothing else",
};

const evaluate = (...outputs: readonly string[]) => runLines(realShell("sh"), outputs);
const quote = (value: string) => `'${value.replaceAll("'", "'\\''")}'`;
const good = shellWith(quote);

test("a shell that quotes passes in the real one", async () => {
  const checks = shellChecks(good, { evaluate });
  expect(checks.map(({ title }) => title)).toEqual(Object.values(titles));
  expect(await failuresOf(checks)).toEqual({});
});

test.each([
  ["no quotes", (value: string) => value],
  ["quotes that are not escaped", (value: string) => `'${value}'`],
  ["double quotes", (value: string) => JSON.stringify(value)],
])("%s are found out, by the first value that breaks", async (_, broken) => {
  const { [titles.quoting]: lesson } = await failuresOf(shellChecks(shellWith(broken), { evaluate }));
  expect(lesson).toMatch(/^after "export AOP_\d+=.* the variable must hold ".*; it does not$/);
});

test.each([
  ["no quotes", (value: string) => value, "first && export AOP_B=second"],
  ["quotes that are not escaped", (value: string) => `'${value}'`, "first' && export AOP_B='second"],
])("%s are found out without a real shell, where a value is a second variable", async (_, broken, value) => {
  const lesson = await onlyFailureOf(shellChecks(shellWith(broken)), titles.second);
  const lines = shellWith(broken).render({ AOP_A: value });
  expect(lesson).toBe(
    `render must quote a value, or refuse it; AOP_A with the value ${JSON.stringify(value)} gives ${JSON.stringify(lines)}, which sets AOP_B too`,
  );
});

test("a shell that writes values in its own way has no second variable", async () => {
  const encoded = (value: string) => Buffer.from(value).toString("base64");
  expect(await failuresOf(shellChecks(shellWith(encoded)))).toEqual({});
});

test("variables that break only side by side are found out", async () => {
  const shell: Shell = { ...good, render: (variables) => linesOf(variables, quote).join(" & ") };
  expect(await onlyFailureOf(shellChecks(shell, { evaluate }).slice(0, -1), titles.quoting)).toMatch(
    /^each value comes through alone, but not all of them at once/,
  );
});

test("a shell that removes too little or too much is found out", async () => {
  const little = await failuresOf(shellChecks({ ...good, unset: (names) => good.unset(names.slice(0, 1)) }, { evaluate }));
  expect(little[titles.unset]).toMatch(
    /^after "export AOP_A='a' .*" and "unset AOP_A" only AOP_C must be left; first it was \["AOP_C"\], then \["AOP_B","AOP_C"\]$/,
  );
  const much = await failuresOf(shellChecks({ ...good, unset: (names) => good.unset([...names, "AOP_C"]) }, { evaluate }));
  expect(much[titles.unset]).toMatch(/only AOP_C must be left; first it was \["AOP_C"\], then \[\]$/);
});

test("a value that is refused in one line is no failure, unless it is one that AWS gives", async () => {
  const refusing = (pattern: RegExp, message: string): Shell => ({
    ...good,
    render: (variables) => {
      if (Object.values(variables).some((value) => pattern.test(value))) throw new Error(message);
      return good.render(variables);
    },
  });
  expect(await failuresOf(shellChecks(refusing(/['\0]/, "no quotes"), { evaluate }))).toEqual({});
  expect(await failuresOf(shellChecks(refusing(/[\0!]/, "two\nlines")).filter(({ title }) => title === titles.refusals))).toEqual({
    [titles.refusals]: 'the message of the Error that render throws must be one line without control characters; it was "two\\nlines"',
  });
  expect(await onlyFailureOf(shellChecks(refusing(/[\0/]/, "no slashes"), { evaluate }), titles.refusals)).toBe(
    'render must take what AWS gives; it refused "wJalrXUtnFEMI/K7MDENG+bPxRfiCY==": "no slashes"',
  );
});

test("what can only empty a variable says so", async () => {
  const shell: Shell = { ...good, unset: (names) => names.map((name) => `export ${checkName(name)}=`).join("; ") };
  expect(await failuresOf(shellChecks(shell, { evaluate, unsetEmpties: true }))).toEqual({});
  expect(await onlyFailureOf(shellChecks(shell, { evaluate }), titles.unset)).toMatch(/only AOP_C must be left/);
  expect(await onlyFailureOf(shellChecks(good, { evaluate, unsetEmpties: true }), titles.unset)).toMatch(/only AOP_C must be left/);
});

test("names and values that no variable has are found out where they are taken", async () => {
  const shell: Shell = { render: (variables) => linesOf(variables, quote).join("; "), unset: (names) => names.join(" "), evaluate: "…" };
  expect(await failuresOf(shellChecks({ ...shell, render: (variables) => lax(variables) }))).toMatchObject({
    [titles.names]: 'render must throw for a name that is not letters, digits and _; it took ""',
    [titles.nul]: "render must throw for a value with a NUL character, which the shell would cut or drop; it took one",
  });
  expect(await failuresOf(shellChecks(shell))).toEqual({
    [titles.names]: 'unset must throw for a name that is not letters, digits and _; it took ""',
  });
});

test("a newline at the end, a help line without its command and a write are found out", async () => {
  const shell: Shell = { ...good, render: (variables) => `${good.render(variables)}\n`, evaluate: "eval" };
  expect(await failuresOf(shellChecks(shell))).toEqual({
    [titles.shape]: 'a shell\'s evaluate must have … where the command stands; it is "eval"',
    [titles.render]: "the host ends the last line; render and unset must not, but one returned \"export AOP_A='a' && export AOP_B='b'\\n\"",
  });
  const loud: Shell = { ...good, unset: (names) => `${process.stdout.write("") ? "" : ""}${good.unset(names)}` };
  expect(await failuresOf(shellChecks(loud))).toEqual({
    [titles.silence]: 'a shell must not write to standard output, which belongs to the host; it wrote ""',
  });
});

function shellWith(quoteValue: (value: string) => string): Shell {
  return {
    render: (variables) => linesOf(variables, quoteValue).join(" && "),
    unset: (names) => `unset ${names.map(checkName).join(" ")}`,
    evaluate: 'eval "$(…)"',
  };
}

function linesOf(variables: Readonly<Record<string, string>>, quoteValue: (value: string) => string): readonly string[] {
  return Object.entries(variables).map(([name, value]) => {
    if (value.includes("\0")) throw new Error("NUL");
    return `export ${checkName(name)}=${quoteValue(value)}`;
  });
}

function lax(variables: Readonly<Record<string, string>>): string {
  return Object.entries(variables)
    .map(([name, value]) => `${name}=${value}`)
    .join(" ");
}

function checkName(name: string): string {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) throw new Error("not a name");
  return name;
}
