import { AppError } from "../../src/errors.ts";

/** An error as a person meets it, for comparisons of the whole. */
export interface Failure {
  readonly name: string;
  readonly code: string;
  readonly message: string;
  readonly hint: string | undefined;
}

/** What `run` fails with; that it does not fail is an error of the test. */
export async function failureOf(run: () => unknown): Promise<Failure> {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { name: error.name, code: error.code, message: error.message, hint: error.hint };
  }
  throw new Error("it did not fail");
}
