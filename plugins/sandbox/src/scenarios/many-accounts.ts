import type { Account } from "../scenario.ts";

const TEAMS = ["billing", "catalog", "search", "identity", "mobile", "data", "edge", "payments"];
const STAGES = ["dev", "test", "stage", "prod", "lab"];
const ROLES = [
  "Administrator",
  "PowerUser",
  "Developer",
  "ReadOnly",
  "Billing",
  "Auditor",
  "NetworkOperator",
  "DatabaseOperator",
  "Support",
];

/** Accounts with nine roles each; every tenth has no alias. More than 30 of them make an assertion that STS no longer takes. */
export function manyAccounts(count: number): readonly Account[] {
  return Array.from({ length: count }, (_, index) => {
    const id = String(100_000_000_001 + index * 1_234_567_891).slice(0, 12);
    const alias = `${TEAMS[index % TEAMS.length]}-${STAGES[Math.floor(index / TEAMS.length) % STAGES.length]}`;
    return { id, ...(index % 10 === 9 ? {} : { alias }), roles: ROLES.map((name) => ({ name })) };
  });
}
