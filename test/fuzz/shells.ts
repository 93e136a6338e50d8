/** The shells that are installed here, each of which reads many values in one process. */
import assert from "node:assert/strict";
import type { Shell } from "@aws-okta-processor/contract";
import fc from "fast-check";
import { shell as dotenv } from "../../plugins/shell-dotenv/src/dotenv.ts";
import { shell as envFile } from "../../plugins/shell-dotenv/src/env-file.ts";
import { shell as elvish } from "../../plugins/shell-elvish/src/elvish.ts";
import { shell as fish } from "../../plugins/shell-fish/src/fish.ts";
import { shell as githubActions } from "../../plugins/shell-github-actions/src/github-actions.ts";
import { shell as nushell } from "../../plugins/shell-nushell/src/nushell.ts";
import { shell as posix } from "../../plugins/shell-posix/src/posix.ts";
import { shell as powershell } from "../../plugins/shell-powershell/src/powershell.ts";
import { shell as csh } from "../../plugins/shell-tcsh/src/csh.ts";
import { shell as tcsh } from "../../plugins/shell-tcsh/src/tcsh.ts";
import { shell as xonsh } from "../../plugins/shell-xonsh/src/xonsh.ts";
import { evaluateIn } from "../plugins/evaluate-in.ts";
import { isInstalled, nameOf, type RealShell, realShells } from "../plugins/real-shells.ts";
import { wellFormedText } from "./hostile.ts";
import { type Target, targetOf } from "./target.ts";

const RENDERED_BY: Readonly<Record<string, Shell>> = {
  ...{ bash: posix, sh: posix, dash: posix, ash: posix, zsh: posix, ksh: posix, mksh: posix },
  ...{ fish, tcsh, csh, pwsh: powershell, powershell, nu: nushell, nushell, elvish, xonsh },
  ...{ dotenv, "env-file": envFile, "github-actions": githubActions },
};

const manyTexts = fc.array(
  wellFormedText.map((text) => text.replaceAll("\0", "")),
  { minLength: 50, maxLength: 100, size: "max" },
);

/** A case is a process, and 50 to 100 values. */
export function shellTargets(): readonly Target[] {
  return realShells.filter(isInstalled).flatMap((real) => {
    const shell = RENDERED_BY[real.shell];
    if (shell === undefined) return [];
    return [
      targetOf(
        `values in ${nameOf(real)}`,
        1,
        fc.asyncProperty(manyTexts, (values) => comesThrough(values, shell, real)),
      ),
    ];
  });
}

async function comesThrough(values: readonly string[], shell: Shell, real: RealShell): Promise<void> {
  const taken = values.filter((value) => isTaken(shell, value));
  const variables = Object.fromEntries(taken.map((value, index) => [`AOP_${index}`, value]));
  const seen = new Set((await evaluateIn(real, shell.evaluate, [shell.render(variables)])).split("\0"));
  const lost = Object.entries(variables).filter(([name, value]) => !seen.has(`${name}=${value}`));
  assert.deepEqual(lost, []);
}

function isTaken(shell: Shell, value: string): boolean {
  try {
    shell.render({ A: value });
    return true;
  } catch {
    return false;
  }
}
