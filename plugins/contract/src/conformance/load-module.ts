import { Worker } from "node:worker_threads";
import { demand, show } from "./check.ts";
import type { Imported } from "./import-alone.ts";

/** What the host looks for in a module, by the kind of its plugins. */
export const kinds = {
  factors: { name: "factor", functions: ["describe", "respond"] },
  formats: { name: "format", functions: ["roles", "credentials"] },
  shells: { name: "shell", functions: ["render", "unset"] },
  keychains: { name: "keychain", functions: ["get", "set", "delete"] },
} as const;

export type Kind = keyof typeof kinds;

const LIMIT_MS = 5000;

/**
 * Takes the value out of a module as the host does, after it was imported where it can do no harm.
 *
 * @throws Lesson when the module is not what the contract asks for
 */
export async function loadModule(url: URL, kind: Kind): Promise<object> {
  demandHarmless(await importAlone(url));
  const module: unknown = await import(url.href);
  return exportOf(module, kind);
}

function importAlone(url: URL): Promise<Imported | undefined> {
  const worker = new Worker(new URL("./import-alone.js", import.meta.url), { workerData: url.href, stderr: true });
  const imported = new Promise<Imported | undefined>((resolve) => {
    const timer = setTimeout(() => resolve(undefined), LIMIT_MS);
    worker.on("message", (message: Imported) => resolve(message));
    worker.on("error", (error) => resolve({ did: "throw", message: error instanceof Error ? error.message : String(error) }));
    worker.on("exit", () => {
      clearTimeout(timer);
      resolve(undefined);
    });
  });
  return imported.finally(() => worker.terminate());
}

function demandHarmless(imported: Imported | undefined): asserts imported is Imported & { readonly did: "load" } {
  const rule = "a module is imported in the middle of a command and must only export its value";
  demand(imported !== undefined, `${rule}; its import does not end: move what it waits for into the function that needs it`);
  demand(imported.did !== "exit", `${rule}; its import calls process.exit, which would end the host`);
  demand(imported.did !== "throw", `${rule}; its import throws ${imported.did === "throw" ? show(imported.message) : ""}`);
  const { printed, changed } = imported;
  demand(printed === undefined, `${rule}; its import writes ${show(printed)} to standard output, which belongs to the host`);
  demand(changed === undefined, `${rule}; its import changes process.env.${changed ?? ""}`);
}

function exportOf(module: unknown, kind: Kind): object {
  const { name, functions } = kinds[kind];
  const exported = member(module, name) ?? member(member(module, "default"), name);
  const seen = typeof module === "object" && module !== null ? Object.keys(module) : [];
  demand(exported !== undefined, `a module of ${kind} must export ${name}: export const ${name} = { … }; it exports ${show(seen)}`);
  const missing = functions.filter((each) => typeof member(exported, each) !== "function");
  const holds = typeof exported === "object" && exported !== null && missing.length <= (kind === "formats" ? 1 : 0);
  const asked = functions.join(kind === "formats" ? " or " : " and ");
  demand(holds, `the export ${name} must be an object with ${asked}, as functions; ${shapeOf(exported)}`);
  return exported;
}

function shapeOf(exported: unknown): string {
  if (typeof exported !== "object" || exported === null) return `it is ${show(exported)}`;
  const members = Object.entries(exported).map(([name, value]) => `${name} (${typeof value})`);
  return `it has ${members.length === 0 ? "nothing" : members.join(", ")}`;
}

function member(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
