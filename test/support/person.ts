import { expect, onTestFinished } from "vitest";
import type { Terminal } from "../../src/terminal/terminal.ts";

export interface Person {
  readonly terminal: Terminal;
  /** What the terminal showed and asked, in order. */
  readonly said: readonly string[];
}

/** What is typed, or what happens as the question stands there. */
export type Answer = string | (() => string);

/**
 * Somebody at the terminal who gives these answers in turn and no others. A menu is answered with an item's label, behind its group where it
 * has one: `acme-dev (111122223333) / ReadOnly`.
 */
export function usePerson(...answers: readonly Answer[]): Person {
  const said: string[] = [];
  const left = [...answers];
  onTestFinished(() => expect(left, "answers that nobody asked for").toEqual([]));
  const answer = (question: string): string => {
    said.push(question);
    const next = left.shift();
    if (next === undefined) throw new Error(`nobody expected to be asked: ${question}`);
    return typeof next === "string" ? next : next();
  };
  const terminal: Terminal = {
    attended: true,
    ask: async ({ message }) => answer(`ask: ${message}`),
    askSecret: async ({ message }) => answer(`secret: ${message}`),
    choose: async ({ message, items }) => {
      const labels = items.map(({ group, label }) => (group === undefined ? label : `${group} / ${label}`));
      const index = labels.indexOf(answer(`choose: ${message}: ${labels.join(", ")}`));
      const chosen = items[index];
      if (chosen === undefined) throw new Error(`that is not in the menu of ${labels.join(", ")}`);
      return chosen.value;
    },
    announce: (line) => said.push(`announce: ${line}`),
    tell: (line) => said.push(`tell: ${line}`),
    progress: (line) => {
      if (line !== undefined) said.push(`progress: ${line}`);
    },
    run: ({ command }) => Promise.reject(new Error(`nobody expected ${command} to be run`)),
    close: () => said.push("close"),
  };
  return { terminal, said };
}
