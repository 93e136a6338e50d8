import { type Factor, type Fault, type PushStep, type Scenario, scenarios } from "@aws-okta-processor/sandbox";

type Name = keyof typeof scenarios;

/** A scenario of the sandbox where the password is enough, for tests of something else. */
export function withoutFactors(name: Name): Scenario {
  return withFactors(name);
}

/** Jane has these factors, one after the other in the menu. */
export function withFactors(name: Name, ...factors: readonly Factor[]): Scenario {
  const scenario: Scenario = scenarios[name];
  return { ...scenario, users: scenario.users.map((user) => ({ ...user, factors })) };
}

export function pushed(...script: readonly PushStep[]): Factor {
  return { factorType: "push", provider: "OKTA", script };
}

/** The far end answers wrongly. */
export function withFaults(name: Name, ...faults: readonly Fault[]): Scenario {
  return { ...scenarios[name], faults };
}
