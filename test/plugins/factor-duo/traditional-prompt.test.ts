import { factorChecks } from "@aws-okta-processor/contract/conformance";
import { expect, test } from "vitest";
import { factor } from "../../../plugins/factor-duo/src/traditional-prompt.ts";
import { runChecks } from "../run-checks.ts";
import { scripted } from "./duo-pages.ts";

const enrolled = { key: "web:duo", factorType: "web", provider: "DUO", vendorName: "DUO", profile: { credentialId: "jdoe" } } as const;

runChecks("traditional prompt", factorChecks(factor, { enrolled }));

test("it is listed with the sentence that it has ended, and gives up with it", async () => {
  expect([factor.describe(enrolled), factor.unusable?.(enrolled)]).toEqual([
    "Duo traditional prompt",
    "Duo ended this prompt in 2024: ask your Okta administrator to set up Duo Universal Prompt",
  ]);
  expect(await factor.respond({ kind: "required" }, scripted([]).host, enrolled)).toEqual({
    do: "give-up",
    reason: "Duo ended its traditional prompt in 2024",
    hint: "ask your Okta administrator to set up Duo Universal Prompt",
  });
});
