import { AppError } from "../../errors.ts";
import type { NewPassword } from "../../okta/authn.ts";
import type { Org } from "../../okta/org.ts";
import { Secret } from "../../secret.ts";
import type { Terminal } from "../../terminal/terminal.ts";

export interface ExpiredPassword {
  readonly org: Org;
  /** What the org demands of a password, in words. */
  readonly rules: string | undefined;
  /** The one that has expired, where Okta has just taken it. */
  readonly known: Secret | undefined;
}

const REMEDY = "change the password in a browser";

/** @returns undefined where the person would rather not, or is not there */
export async function askNewPassword(terminal: Terminal, { org, rules, known }: ExpiredPassword): Promise<NewPassword | undefined> {
  if (!(await isWanted(terminal, org))) return undefined;
  if (rules !== undefined) terminal.announce(`It must have ${rules}.`);
  const old = known ?? (await askFor(terminal, "Old password"));
  for (;;) {
    const chosen = await askFor(terminal, "New password");
    const repeated = await askFor(terminal, "New password again");
    if (chosen.reveal() === repeated.reveal()) return { old, new: chosen };
    terminal.announce("These were two different passwords.");
  }
}

async function isWanted(terminal: Terminal, org: Org): Promise<boolean> {
  const items = [
    { label: "Change it here", value: true },
    { label: "Not now", value: false },
  ];
  try {
    return await terminal.choose({ message: `Your password at ${org.name} has expired`, remedy: REMEDY, items });
  } catch (error) {
    if (error instanceof AppError && error.code === "NO_TERMINAL") return false;
    throw error;
  }
}

async function askFor(terminal: Terminal, message: string): Promise<Secret> {
  for (;;) {
    const answer = await terminal.askSecret({ message, remedy: REMEDY });
    if (answer !== "") return new Secret(answer);
  }
}
