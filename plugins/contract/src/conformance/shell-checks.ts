import type { Shell } from "../index.ts";
import { atAnotherTime } from "./another-time.ts";
import { type Check, demand, demandFunction, demandLine, demandSame, errorOf, show } from "./check.ts";
import { hostileTexts } from "./hostile.ts";
import { quietly } from "./quiet.ts";
import { unwatched, watchedChecks } from "./watched.ts";
import { type Functions, watchedPlugin } from "./watched-plugin.ts";

export interface ShellExample {
  /**
   * Runs outputs in one real shell, one after another and each as `shell.evaluate` says, then prints that shell's exported variables as
   * `NAME=value`, each with a NUL behind it.
   */
  readonly evaluate?: (...outputs: readonly string[]) => Promise<string>;
  /** For what cannot remove a variable, as a file of them: `unset` then leaves each name with an empty value. */
  readonly unsetEmpties?: boolean;
}

/** What every shell must hold; run them one after another. Only `evaluate` proves the quoting; without it the plainest holes are found. */
export function shellChecks(plugin: Shell, { evaluate, unsetEmpties = false }: ShellExample = {}): readonly Check[] {
  const shell = watchedPlugin(plugin, functions);
  const checks: readonly Check[] = [
    { title: "a shell has render, unset and evaluate", run: () => checkShape(plugin) },
    { title: "a shell renders lines without a newline at their end, the same each time", run: () => checkRender(shell) },
    { title: "a shell refuses what cannot be the name of a variable", run: () => checkNames(shell) },
    { title: "a shell refuses NUL, which no variable can hold", run: () => checkNul(shell) },
    { title: "a shell carries what AWS gives, and refuses what it cannot carry in one line", run: () => checkRefusals(shell) },
    { title: "a shell lets no value set a second variable", run: () => checkInjection(shell) },
    { title: "a shell does not write, it returns", run: () => checkSilence(shell) },
  ];
  if (evaluate === undefined) return watchedChecks("a shell", checks);
  return watchedChecks("a shell", [
    ...checks,
    { title: "a shell's own quoting brings every value through that it takes", run: () => checkRoundTrip(shell, evaluate) },
    { title: "a shell removes what it is told to remove, and nothing else", run: () => checkUnset(shell, evaluate, unsetEmpties) },
  ]);
}

const functions: Functions<Shell> = { kind: "a shell", names: ["render", "unset"] };

type Evaluate = NonNullable<ShellExample["evaluate"]>;

/** Of the alphabet and the length of what STS gives. @see https://docs.aws.amazon.com/STS/latest/APIReference/API_Credentials.html */
const ordinary: readonly string[] = [
  "ASIAIOSFODNN7EXAMPLE",
  "wJalrXUtnFEMI/K7MDENG+bPxRfiCY==",
  "2099-01-01T00:00:00Z",
  "Ab9/+=".repeat(400),
];

const badNames: readonly string[] = ["", "1A", "A B", "A;B", "A=B", "A-B", "A\n", "A\nB", "$A", "A$(exit 3)", "\u00c4", "A'", "A}"];

function checkShape(shell: Shell): void {
  demandFunction(shell.render, "a shell's render");
  demandFunction(shell.unset, "a shell's unset");
  demandLine(shell.evaluate, "a shell's evaluate");
  demand(shell.evaluate.includes("…"), `a shell's evaluate must have … where the command stands; it is ${show(shell.evaluate)}`);
}

function checkRender(shell: Shell): void {
  const variables = { AOP_A: "a", AOP_B: "b" };
  for (const render of [
    () => shell.render(variables),
    () => shell.render({}),
    () => shell.unset(["AOP_A", "AOP_B"]),
    () => shell.unset([]),
  ]) {
    const lines: unknown = render();
    demand(typeof lines === "string", `render and unset must return a text; one returned ${show(lines)}`);
    demand(!lines.endsWith("\n"), `the host ends the last line; render and unset must not, but one returned ${show(lines)}`);
    demandSame(lines, atAnotherTime(render), "a shell is pure: the same variables must give the same lines");
  }
}

function checkNames(shell: Shell): void {
  for (const name of badNames) {
    const rendered = errorOf(() => shell.render({ [name]: "value" }), "render");
    const removed = errorOf(() => shell.unset([name]), "unset");
    demand(rendered !== undefined, `render must throw for a name that is not letters, digits and _; it took ${show(name)}`);
    demand(removed !== undefined, `unset must throw for a name that is not letters, digits and _; it took ${show(name)}`);
  }
}

function checkNul(shell: Shell): void {
  const error = errorOf(() => shell.render({ AOP_A: "a\0b" }), "render");
  demand(error !== undefined, "render must throw for a value with a NUL character, which the shell would cut or drop; it took one");
}

function checkRefusals(shell: Shell): void {
  for (const value of ordinary) {
    const error = errorOf(() => shell.render({ AOP_A: value }), "render");
    demand(error === undefined, `render must take what AWS gives; it refused ${show(value)}: ${show(error?.message)}`);
  }
  for (const value of hostileTexts(100)) errorOf(() => shell.render({ AOP_A: value }), "render");
}

/**
 * A value that was put in as it is could hold all that comes between two variables. Whatever the shell: where the lines are the same, they
 * cannot mean one variable and two.
 */
function checkInjection(shell: Shell): void {
  const lines = shell.render({ AOP_A: "first", AOP_B: "second" });
  const value = lines.slice(lines.indexOf("first"), lines.lastIndexOf("second") + "second".length);
  if (errorOf(() => shell.render({ AOP_A: value }), "render") !== undefined) return;
  demand(
    shell.render({ AOP_A: value }) !== lines,
    `render must quote a value, or refuse it; AOP_A with the value ${show(value)} gives ${show(lines)}, which sets AOP_B too`,
  );
}

async function checkSilence(shell: Shell): Promise<void> {
  await quietly("a shell", () => shell.render({ AOP_A: "a" }) + shell.unset(["AOP_A"]));
}

/** All values at once, as the host does; only where that fails one by one, to name the first that is broken. */
async function checkRoundTrip(shell: Shell, evaluate: Evaluate): Promise<void> {
  const taken = [...ordinary, ...hostileTexts(100)].filter((text) => errorOf(() => shell.render({ AOP_A: text }), "render") === undefined);
  const variables = Object.fromEntries(taken.map((text, index) => [`AOP_${index}`, text]));
  if (await comesThrough(variables, shell, evaluate)) return;
  for (const [name, value] of Object.entries(variables)) {
    const lines = shell.render({ [name]: value });
    demand(
      await comesThrough({ [name]: value }, shell, evaluate),
      `after ${show(lines)} the variable must hold ${show(value)}; it does not`,
    );
  }
  demand(false, "each value comes through alone, but not all of them at once: look at what render puts between two variables");
}

async function comesThrough(variables: Readonly<Record<string, string>>, shell: Shell, evaluate: Evaluate): Promise<boolean> {
  try {
    const lines = shell.render(variables);
    const seen = parseEnvironment(await unwatched(() => evaluate(lines)));
    return Object.entries(variables).every(([name, value]) => seen.get(name) === value);
  } catch {
    return false;
  }
}

async function checkUnset(shell: Shell, evaluate: Evaluate, unsetEmpties: boolean): Promise<void> {
  const outputs = [shell.render({ AOP_A: "a", AOP_B: "b", AOP_C: "c" }), shell.unset(["AOP_A", "AOP_B"])];
  const seen = parseEnvironment(await unwatched(() => evaluate(...outputs)));
  const isLeft = (name: string) => (unsetEmpties ? seen.get(name) !== "" : seen.has(name));
  const left = ["AOP_A", "AOP_B", "AOP_C"].filter(isLeft);
  demandSame(["AOP_C"], left, `after ${outputs.map(show).join(" and ")} only AOP_C must be left`);
}

function parseEnvironment(output: string): ReadonlyMap<string, string> {
  const entries = output.split("\0").filter((entry) => entry.includes("="));
  return new Map(entries.map((entry) => [entry.slice(0, entry.indexOf("=")), entry.slice(entry.indexOf("=") + 1)]));
}
