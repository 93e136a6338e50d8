import type { Shell } from "@aws-okta-processor/contract";
import { shell as tcsh } from "./tcsh.ts";

/** What BSD's csh takes as one word, which a line of `eval` is to it: 4090 bytes were measured. */
const LONGEST_LINE = 4000;

export const shell: Shell = {
  ...tcsh,
  render: (variables) => {
    const lines = tcsh.render(variables);
    if (lines.split("\n").some(isTooLong)) throw new Error(`csh cannot be given a line of more than ${LONGEST_LINE} bytes; tcsh can`);
    return lines;
  },
};

function isTooLong(line: string): boolean {
  return new TextEncoder().encode(line).length > LONGEST_LINE;
}
