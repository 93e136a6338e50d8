import { fileTargets } from "./files.ts";
import { recordReplies } from "./recorded.ts";
import { replyTargets } from "./replies.ts";
import { stsTarget } from "./sts.ts";
import type { Target } from "./target.ts";
import { writerTargets } from "./writers.ts";

export async function allTargets(): Promise<readonly Target[]> {
  const recorded = await recordReplies();
  return [...replyTargets(recorded), stsTarget(recorded), ...fileTargets(), ...writerTargets()];
}
