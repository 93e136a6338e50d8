import { type Factor, type PushStep, type Scenario, scenarios } from "@aws-okta-processor/sandbox";

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
