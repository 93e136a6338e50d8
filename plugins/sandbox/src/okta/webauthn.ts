import type { Reply } from "../http/message.ts";
import type { Attempt } from "./attempt.ts";
import { refuse } from "./errors.ts";

export function challengeWebAuthn(_attempt: Attempt): Reply {
  return refuse("E0000006");
}

export function verifyWebAuthn(_attempt: Attempt): Reply {
  return refuse("E0000006");
}
