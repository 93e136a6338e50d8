/** What a good factor answers that begins and then polls. */
export function answerTo({ kind, result }) {
  if (kind === "required") return { do: "begin" };
  return kind === "challenged" && result === "WAITING" ? { do: "poll", afterMs: 1000 } : { do: "give-up", reason: "it did not work" };
}
