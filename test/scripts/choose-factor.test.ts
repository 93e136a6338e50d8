import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { type Factor, type PushStep, scenarios } from "@aws-okta-processor/sandbox";
import { describe, expect } from "vitest";
import { DOWN, ENTER } from "../support/pty.ts";
import { CREDENTIALS_JSON, DEVELOPER } from "../support/sample.ts";
import { type Place, test } from "../support/sandbox-home.ts";
import { pushed, withFactors } from "../support/scenario.ts";

const sms: Factor = { factorType: "sms", provider: "OKTA", to: "+1 XXX-XXX-1337", code: "246810" };
const question: Factor = { factorType: "question", provider: "OKTA", question: "pet", questionText: "Your first pet?", answer: "Rex" };
const u2f: Factor = { factorType: "u2f", provider: "FIDO" };
const duoPrompt: Factor = { factorType: "web", provider: "DUO" };
const [, oktaTotp, googleTotp] = scenarios.default.users[0]?.factors ?? [];
const totps = [oktaTotp, googleTotp].filter((factor) => factor !== undefined);
const phone = (device: string, step: PushStep): Factor => ({ factorType: "push", provider: "OKTA", script: [step], device });

const line = `authenticate --role ${DEVELOPER}`;
const deviceFile = ({ home, sandbox }: Place) =>
  path.join(home, ".aws-okta-processor", "cache", `jdoe-${encodeURIComponent(sandbox.organization).replaceAll("%3A", ":")}-device.json`);

describe("a factor that was named", () => {
  test.concurrent.for([
    ["by its key", "question:okta"],
    ["by its key in another case", "QUESTION:OKTA"],
    ["by its type alone", "question"],
    ["as the menu shows it", "Okta Verify push (2)"],
  ] as const)("%s is taken without a menu", async ([, name], { enter }) => {
    const { perform, sandbox } = await enter(withFactors("default", phone("old", "REJECTED"), phone("new", "SUCCESS"), question));
    const { stderr, exitCode, stdout } = await perform(["authenticate", "--role", DEVELOPER, "--factor", name]);
    if (name.toLowerCase().startsWith("question")) {
      expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 2 });
      expect(stderr).toContain("there is no terminal to ask for: Your first pet?");
    } else expect({ stdout, exitCode }).toEqual({ stdout: expect.stringMatching(CREDENTIALS_JSON), exitCode: 0 });
    expect(sandbox.count("POST /api/v1/authn/factors/*/verify")).toBe(exitCode === 0 ? 2 : 0);
  });

  test.concurrent("by a type that several have is refused, with their keys", async ({ enter }) => {
    const { perform } = await enter(withFactors("default", ...totps, question));
    expect(await perform(`${line} --factor token:software:totp`)).toEqual({
      stdout: "",
      stderr:
        "aws-okta-processor: several factors are token:software:totp (--factor)\n" +
        "choose one of: token:software:totp:okta, token:software:totp:google\n",
      exitCode: 2,
    });
  });

  test.concurrent("and is not offered is refused, with those that are", async ({ enter }) => {
    const { run } = await enter(withFactors("default", pushed("SUCCESS"), question, u2f));
    expect(await run(`${line} --factor SMS`)).toEqual({
      stdout: "",
      stderr: "aws-okta-processor: the factor SMS is not offered to you (--factor)\nchoose one of: push:okta, question:okta\n",
      exitCode: 2,
    });
  });

  test.concurrent("and that nobody can answer is refused with the reason", async ({ enter }) => {
    const { perform } = await enter(withFactors("default", pushed("SUCCESS"), u2f));
    expect(await perform(`${line} --factor u2f:fido`)).toEqual({
      stdout: "",
      stderr: "aws-okta-processor: nobody can answer u2f:fido (no plugin for it is installed) here (--factor)\nchoose one of: push:okta\n",
      exitCode: 2,
    });
  });

  test.concurrent("and is two devices' is chosen from a menu of these two", async ({ enter }) => {
    const { sit, sandbox } = await enter(withFactors("default", phone("old", "REJECTED"), phone("new", "SUCCESS"), question));
    const { see, type, end } = await sit(`${line} --factor push:okta`);
    await see("Factor › \n❯ Okta Verify push (1)\n  Okta Verify push (2)\n2 ·");
    type(`${DOWN}${ENTER}`);
    expect(await end()).toMatchObject({ stdout: expect.stringMatching(CREDENTIALS_JSON), stderr: "", exitCode: 0 });
    expect(sandbox.count("POST /api/v1/authn/factors/*/verify")).toBe(2);
  });
});

describe("the menu of factors", () => {
  test.concurrent("leaves out what nobody can answer here, and says why", async ({ enter }) => {
    const { sit } = await enter(withFactors("default", u2f, duoPrompt, sms, question));
    const { see, type, end } = await sit(line);
    await see("Not usable here: u2f:fido (no plugin for it is installed)\n");
    await see(/Not usable here: web:duo \([^)\n]*Duo[^)\n]*ended[^)\n]*\)\n/);
    await see("Factor › \n❯ ");
    await see("2 ·");
    type(`${DOWN}${ENTER}`);
    await see("Your first pet?");
    type(`Rex${ENTER}`);
    expect(await end()).toMatchObject({ stdout: expect.stringMatching(CREDENTIALS_JSON), stderr: "", exitCode: 0 });
  });

  test.concurrent("has the factor first that was chosen last, for this person at this organization", async ({ enter }) => {
    const place = await enter(withFactors("default", pushed("SUCCESS"), question, sms));
    const first = await place.sit(`${line} --no-okta-cache --no-aws-cache`);
    await first.see("Factor › \n❯ Okta Verify push\n");
    first.type(`${DOWN}${ENTER}`);
    await first.see("Your first pet?");
    first.type(`Rex${ENTER}`);
    expect((await first.end()).exitCode).toBe(0);
    const file = deviceFile(place);
    expect(JSON.parse(await readFile(file, "utf8"))).toEqual({ factor: { key: "question:okta", id: expect.any(String) } });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const second = await place.sit(`${line} --no-okta-cache --no-aws-cache`);
    await second.see(/Factor › \n❯ [^\n]*uestion[^\n]*\n {2}Okta Verify push\n/);
    second.type(`\u0003`);
    expect((await second.end()).exitCode).toBe(130);
  });
});

test.concurrent("where no factor can be answered, all are named with the reason, and nothing is sent", async ({ enter }) => {
  const { perform, sandbox } = await enter(withFactors("default", u2f, duoPrompt));
  const { stdout, stderr, exitCode } = await perform(line);
  expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 3 });
  expect(stderr).toMatch(
    /asks for a factor that no installed plugin answers: u2f:fido \(no plugin for it is installed\), web:duo \(.*Duo.*\)\n/,
  );
  expect(sandbox.count("POST /api/v1/authn/factors/*/verify")).toBe(0);
});
