import type { FactorHost } from "@aws-okta-processor/contract";
import { GiveUp } from "./give-up.ts";

/** Duo's own names. */
export type FactorName = "Duo Push" | "Phone Call" | "Passcode";

/** One way that Duo offers this person. */
export interface Method {
  readonly factor: FactorName;
  /** `phone1`, as Duo numbers it. */
  readonly device: string;
  /** Another name of the device, where Duo tells it. */
  readonly deviceKey: string;
  /** What the person calls the device. */
  readonly label: string;
}

/** In the order of the menu. */
export const factorNames: readonly FactorName[] = ["Duo Push", "Phone Call", "Passcode"];

const otherFactor = "Choose another factor";

/** Asks where there is a choice. */
export async function chooseMethod(methods: readonly Method[], host: FactorHost): Promise<Method | undefined> {
  const [only, ...others] = methods;
  if (only === undefined) {
    throw new GiveUp(
      "Duo offers neither a push nor a passcode nor a call",
      "set one of them up in Duo, or sign in to Okta in a browser to use the others",
    );
  }
  return others.length === 0 ? only : ask(methods, host, "How to answer Duo");
}

/**
 * Asks in any case, after what went wrong.
 *
 * @throws GiveUp with what went wrong where nobody can be asked
 */
export async function chooseAgain(methods: readonly Method[], host: FactorHost, why: string): Promise<Method | undefined> {
  try {
    return await ask(methods, host, `${why.charAt(0).toUpperCase()}${why.slice(1)}`);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "NO_TERMINAL") throw new GiveUp(why, "run the command again");
    throw error;
  }
}

/** @returns undefined where another factor is wanted */
async function ask(methods: readonly Method[], host: FactorHost, message: string): Promise<Method | undefined> {
  const choices = [...methods.map((method) => describeMethod(method, methods)), otherFactor];
  const answer = await host.ask({ purpose: "choice", message, secret: false, choices });
  return methods[choices.indexOf(answer)];
}

/** Puts the one that the person set as preferred before the others. */
export function preferredFirst(methods: readonly Method[], factor: string | undefined, device: string | undefined): readonly Method[] {
  const isPreferred = (method: Method) => method.factor === factor && (method.factor === "Passcode" || method.device === device);
  return [...methods.filter((method) => isPreferred(method)), ...methods.filter((method) => !isPreferred(method))];
}

/** Devices of one name are told apart by Duo's number. */
function describeMethod({ factor, device, label }: Method, all: readonly Method[]): string {
  const isShared = all.some((other) => other.factor === factor && other.device !== device && other.label === label);
  const name = isShared ? `${label} (${device})` : label;
  switch (factor) {
    case "Duo Push":
      return `Push to ${name}`;
    case "Phone Call":
      return `Phone call to ${name}`;
    case "Passcode":
      return "Passcode";
  }
}
