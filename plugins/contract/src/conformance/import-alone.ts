// Run as a worker: imports a module where it can be stopped and where what it does to the process is done to nobody else.
import { parentPort, workerData } from "node:worker_threads";

/** What importing a module did; a worker that is gone without a word was left by what it imported. */
export type Imported =
  | { readonly did: "load"; readonly printed: string | undefined; readonly changed: string | undefined }
  | { readonly did: "throw"; readonly message: string }
  | { readonly did: "exit" };

const environment = { ...process.env };
const printed: string[] = [];
const leave = process.exit.bind(process);

process.stdout.write = (text: string | Uint8Array) => {
  printed.push(String(text));
  return true;
};
process.exit = () => {
  answer({ did: "exit" });
  return leave();
};

// Not by `await` at the top level: where that does not end, Node says so by itself.
void importModule();

async function importModule(): Promise<void> {
  try {
    await import(String(workerData));
    answer({ did: "load", printed: printed[0], changed: changedVariable() });
  } catch (error) {
    answer({ did: "throw", message: error instanceof Error ? error.message : String(error) });
  }
  leave();
}

function answer(imported: Imported): void {
  parentPort?.postMessage(imported);
}

function changedVariable(): string | undefined {
  const names = [...Object.keys(environment), ...Object.keys(process.env)];
  return names.find((name) => environment[name] !== process.env[name]);
}
