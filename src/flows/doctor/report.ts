import { RemoteError, UsageError } from "../../errors.ts";
import { cleanText } from "../../terminal/clean.ts";
import type { Examined, Finding, Level } from "./finding.ts";

/** Every line as it may be shown, and published if names were taken out. */
export function cleanReport(report: readonly Examined[], redact: (line: string) => string): readonly Examined[] {
  const clean = (line: string) => redact(cleanText(line));
  const optional = (line: string | undefined) => (line === undefined ? undefined : clean(line));
  return report.map(({ area, findings }) => ({
    area,
    findings: findings.map((one) => ({ ...one, what: clean(one.what), why: optional(one.why), fix: optional(one.fix) })),
  }));
}

export function formatReport(report: readonly Examined[]): string {
  const blocks = report.map(({ area, findings }) => [area, ...findings.flatMap(toLines)].join("\n"));
  return `${blocks.join("\n\n")}\n`;
}

const WIDTH = "  warning  ".length;

function toLines({ level, what, why, fix }: Finding): readonly string[] {
  const more = [why, fix === undefined ? undefined : `do: ${fix}`].filter((line) => line !== undefined);
  return [`  ${level}`.padEnd(WIDTH) + what, ...more.map((line) => " ".repeat(WIDTH) + line)];
}

/** For machines, in the order of the text. */
export function describeReport(report: readonly Examined[]): object {
  const findings = report.flatMap(({ area, findings: found }) =>
    found.map(({ level, what, why, fix }) => ({ area, level, what, why: why ?? null, fix: fix ?? null })),
  );
  return { problems: count(report, "problem"), warnings: count(report, "warning"), findings };
}

function count(report: readonly Examined[], level: Level): number {
  return report.flatMap(({ findings }) => findings).filter((one) => one.level === level).length;
}

/** @throws UsageError `UNHEALTHY` where the person can mend some of it, otherwise RemoteError `FAR_END_UNHEALTHY` */
export function throwWhatIsWrong(report: readonly Examined[]): void {
  const problems = count(report, "problem");
  if (problems === 0) return;
  const isMine = report.some(({ findings }) => findings.some(({ exitCode }) => exitCode === 2));
  const found = problems === 1 ? "a problem was found" : `${problems} problems were found`;
  if (isMine) throw new UsageError(found, { code: "UNHEALTHY" });
  throw new RemoteError(`${found}, on the way or at the far end`, { code: "FAR_END_UNHEALTHY" });
}
