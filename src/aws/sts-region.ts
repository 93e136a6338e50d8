import { COMMERCIAL, checkRegion, partitionOf } from "../partitions.ts";

/** What may say where STS is asked. */
export interface RegionSources {
  /** What the person gave. */
  readonly region: string | undefined;
  /** Where it came from, in words. */
  readonly from: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * The region in which a role is asked for: the one that was given; AWS_REGION or AWS_DEFAULT_REGION where they are of the role's partition;
 * otherwise the partition's own. A region in a profile of the AWS CLI is not read.
 *
 * @throws UsageError `REGION_FOREIGN` when the given one is of another partition
 */
export function stsRegion(roleArn: string, { region, from, env }: RegionSources): string {
  checkRegion(roleArn, region, from);
  const partition = partitionOf(roleArn) ?? COMMERCIAL;
  const nearby = [env["AWS_REGION"], env["AWS_DEFAULT_REGION"]].find((name) => name !== undefined && partition.region.test(name));
  return region ?? nearby ?? partition.defaultRegion;
}

/** @see https://docs.aws.amazon.com/general/latest/gr/sts.html */
export function stsUrl(roleArn: string, region: string): string {
  return `https://sts.${region}.${(partitionOf(roleArn) ?? COMMERCIAL).dnsSuffix}`;
}
