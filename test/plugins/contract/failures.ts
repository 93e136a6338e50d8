import type { Check } from "@aws-okta-processor/contract/conformance";

/** Runs checks one after another; answers with the messages of those that failed, by title. */
export async function failuresOf(checks: readonly Check[]): Promise<Readonly<Record<string, string>>> {
  const failures: Record<string, string> = {};
  for (const { title, run } of checks) {
    try {
      await run();
    } catch (error) {
      failures[title] = error instanceof Error ? error.message : String(error);
    }
  }
  return failures;
}

/** The message of the only check that fails. */
export async function onlyFailureOf(checks: readonly Check[], title: string): Promise<string> {
  const { [title]: message, ...others } = await failuresOf(checks);
  if (message === undefined || Object.keys(others).length > 0) throw new Error(`not only "${title}" failed, but ${JSON.stringify(others)}`);
  return message;
}
