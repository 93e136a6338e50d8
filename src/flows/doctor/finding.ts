/** `note` and `warning` leave the exit code alone. */
export type Level = "ok" | "note" | "warning" | "problem";

export interface Finding {
  readonly level: Level;
  /** One line, as all of it is. */
  readonly what: string;
  /** Why it matters. */
  readonly why?: string | undefined;
  readonly fix?: string | undefined;
  /** Who is at fault of a problem: 2 the person can mend it, 4 the far end. */
  readonly exitCode?: 2 | 4;
}

/** What was found in one place. */
export interface Examined {
  readonly area: string;
  readonly findings: readonly Finding[];
}

export const ok = (what: string): Finding => ({ level: "ok", what });
export const note = (what: string, why?: string): Finding => ({ level: "note", what, why });

interface Advice {
  readonly why?: string | undefined;
  readonly fix?: string | undefined;
}

export const warning = (what: string, advice: Advice): Finding => ({ level: "warning", what, ...advice });
export const problem = (what: string, advice: Advice): Finding => ({ level: "problem", what, ...advice, exitCode: 2 });
/** One of the far end, or of the way there. */
export const farProblem = (what: string, advice: Advice): Finding => ({ level: "problem", what, ...advice, exitCode: 4 });
