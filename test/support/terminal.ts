import type { Terminal } from "../../src/terminal/terminal.ts";

/** A terminal at which nobody is asked anything; it notes what it was told. */
export function quietTerminal(): Terminal & { readonly told: readonly string[] } {
  const told: string[] = [];
  const refuse = ({ message }: { readonly message: string }) => Promise.reject(new Error(`nobody was to be asked: ${message}`));
  const note = (line: string) => void told.push(line);
  return {
    told,
    attended: false,
    ask: refuse,
    askSecret: refuse,
    choose: refuse,
    announce: note,
    tell: note,
    progress: () => undefined,
    run: ({ command }) => Promise.reject(new Error(`nothing was to be run: ${command}`)),
    close: () => undefined,
  };
}
