import type { FactorAnswer } from "@aws-okta-processor/contract";
import { record } from "../json.ts";

/** A plugin is a stranger's: what it answers is looked at before it is believed. */
export function isAnswer(value: unknown): value is FactorAnswer {
  const answer = record(value);
  const fields = record(answer?.["fields"]);
  switch (answer?.["do"]) {
    case "begin":
    case "resend":
    case "redirect":
    case "back":
      return true;
    case "return":
      return answer["url"] instanceof URL;
    case "send":
      return fields !== undefined && Object.values(fields).every((field) => typeof field === "string");
    case "poll":
      return Number.isFinite(answer["afterMs"]) && Number(answer["afterMs"]) >= 0;
    case "give-up":
      return typeof answer["reason"] === "string" && (answer["hint"] === undefined || typeof answer["hint"] === "string");
    default:
      return false;
  }
}
