/**
 * The region for a profile of a role: the one that is wanted, where the role's partition has it; none where it has not.
 *
 * @see https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
 */
export function regionFor(arn: string, wanted: string): string | undefined {
  const partition = PARTITIONS.find(([prefix]) => wanted.startsWith(prefix))?.[1] ?? "aws";
  return arn.startsWith(`arn:${partition}:`) ? wanted : undefined;
}

/** The beginnings of the regions that are not AWS's own. */
const PARTITIONS = [
  ["us-gov-", "aws-us-gov"],
  ["cn-", "aws-cn"],
  ["us-isob-", "aws-iso-b"],
  ["us-isof-", "aws-iso-f"],
  ["eu-isoe-", "aws-iso-e"],
  ["us-iso-", "aws-iso"],
  ["eusc-", "aws-eusc"],
] as const;
