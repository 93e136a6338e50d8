import type { FormatContext } from "@aws-okta-processor/contract";

/** What a format is told of somebody who asked for nothing else, into a pipe. */
export function formatContext(change: Partial<FormatContext> = {}): FormatContext {
  return {
    template: "{account},{role}",
    profiles: { style: "credentials", name: undefined, region: undefined },
    terminal: undefined,
    ...change,
  };
}
