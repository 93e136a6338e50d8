import type { DuoAccount, DuoStep } from "./account.ts";

/** What one has to do or to type, for the person who plays. */
export function describeAccount({ devices, passcodes = [] }: DuoAccount): string {
  const scripts = devices.flatMap(({ name, push, call }) => [
    ...describeScript(`push to ${name}`, push),
    ...describeScript(`call to ${name}`, call),
  ]);
  return [...scripts, ...(passcodes.length === 0 ? [] : [`passcodes ${passcodes.join(", ")}`])].join("; ");
}

function describeScript(what: string, script: readonly DuoStep[] | undefined): readonly string[] {
  return script === undefined
    ? []
    : [`${what}: ${script.map((step) => (typeof step === "object" ? `asks for ${step.code}` : step)).join(", ")}`];
}
