import path from "node:path";

interface Surroundings {
  readonly home: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
}

/** Where the person's plugins are, as oclif says it; undefined where there is no home. @see https://oclif.io/docs/config */
export function dataFolder({ home, env, platform }: Surroundings): string | undefined {
  const local = platform === "win32" ? env["LOCALAPPDATA"] : undefined;
  const base = [env["XDG_DATA_HOME"], local].find(isGiven) ?? (home === undefined ? undefined : path.join(home, ".local", "share"));
  const given = env["AWS_OKTA_PROCESSOR_DATA_DIR"];
  if (isGiven(given)) return given;
  return base === undefined ? undefined : path.join(base, "aws-okta-processor");
}

const isGiven = (value: string | undefined): value is string => value !== undefined && value !== "";
