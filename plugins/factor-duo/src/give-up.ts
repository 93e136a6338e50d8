/** Ends the attempt from any depth; `universal-prompt.ts` answers the host with it. */
export class GiveUp extends Error {
  readonly hint: string | undefined;

  /** @param reason one line that names what happened */
  constructor(reason: string, hint?: string) {
    super(reason);
    this.hint = hint;
  }
}

/** The same where the other side is overloaded or down, which may pass. */
export class Unavailable extends GiveUp {}
