import { UsageError } from "../errors.ts";
import { type FoundOptions, parseValue } from "./parse-value.ts";
import { parseChoice, parseFile, parseRegion, parseSwitch } from "./read-value.ts";
import { OPTIONS, type OptionName } from "./table.ts";

/** How profiles are written, and where to. */
export interface ProfileOptions {
  readonly profileStyle: string;
  readonly profileName: string | undefined;
  readonly profileRegion: string | undefined;
  /** The file to merge profiles into; empty for the one that AWS's tools read, undefined where nothing is to be written. */
  readonly write: string | undefined;
  readonly prune: boolean;
  readonly yes: boolean;
}

/** @throws UsageError `OPTION_INVALID`; `OPTION_CONFLICT` for what needs `--write` */
export function parseProfileOptions(found: FoundOptions): ProfileOptions {
  const isOn = (name: OptionName) => parseValue(found, name, parseSwitch) ?? false;
  const options: ProfileOptions = {
    profileStyle: styleOf(found),
    profileName: found.get("profile-name")?.raw,
    profileRegion: parseValue(found, "profile-region", parseRegion)?.region,
    write: parseValue(found, "write", parseFile)?.file,
    prune: isOn("prune"),
    yes: isOn("yes"),
  };
  const stray = options.write === undefined ? (["prune", "yes"] as const).find((name) => options[name]) : undefined;
  if (stray === undefined) return options;
  throw new UsageError(`--${stray} is for what --write writes`, { code: "OPTION_CONFLICT", hint: `add --write, or leave --${stray} out` });
}

/** What is written has the style of its file, for there is but one that works; only a flag says otherwise. What is printed has the one given. */
function styleOf(found: FoundOptions): string {
  const style = parseValue(found, "profile-style", (raw) => parseChoice(raw, valuesOf("profile-style")))?.choice ?? "";
  const file = found.get("write")?.raw;
  if (file === undefined || found.get("profile-style")?.layer === "flag") return style;
  return /(?:^|[/\\])credentials$/.test(file) ? "credentials" : "config";
}

const valuesOf = (name: OptionName): readonly string[] => OPTIONS.find((row) => row.name === name)?.values ?? [];
