/** What the system calls a failure: `EACCES`. What is no failure of the system is thrown on. */
export function systemCode(error: unknown): string {
  if (error instanceof Error && "code" in error && typeof error.code === "string") return error.code;
  throw error;
}
