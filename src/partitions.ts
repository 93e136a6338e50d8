import { UsageError } from "./errors.ts";

/**
 * The partitions of AWS: which hosts are AWS's own, and where STS answers.
 *
 * @see https://docs.aws.amazon.com/general/latest/gr/sts.html
 * @see https://docs.aws.amazon.com/general/latest/gr/signin-service.html
 */
export interface Partition {
  readonly name: string;
  readonly dnsSuffix: string;
  readonly signInHost: string | undefined;
  /** Where STS is asked if no region was given. */
  readonly defaultRegion: string;
  readonly region: RegExp;
}

/** Everything but the separate partitions of states and alliances. */
export const COMMERCIAL: Partition = {
  name: "aws",
  dnsSuffix: "amazonaws.com",
  signInHost: "signin.aws.amazon.com",
  defaultRegion: "us-east-1",
  region: /^(?:us|eu|ap|sa|ca|me|af|il|mx)-[a-z]+-\d+$/,
};

export const PARTITIONS: readonly Partition[] = [
  COMMERCIAL,
  {
    name: "aws-cn",
    dnsSuffix: "amazonaws.com.cn",
    signInHost: "signin.amazonaws.cn",
    defaultRegion: "cn-north-1",
    region: /^cn-[a-z]+-\d+$/,
  },
  {
    name: "aws-us-gov",
    dnsSuffix: "amazonaws.com",
    signInHost: "signin.amazonaws-us-gov.com",
    defaultRegion: "us-gov-west-1",
    region: /^us-gov-[a-z]+-\d+$/,
  },
  {
    name: "aws-eusc",
    dnsSuffix: "amazonaws.eu",
    signInHost: "signin.amazonaws-eusc.eu",
    defaultRegion: "eusc-de-east-1",
    region: /^eusc-[a-z]+-[a-z]+-\d+$/,
  },
  { name: "aws-iso", dnsSuffix: "c2s.ic.gov", signInHost: undefined, defaultRegion: "us-iso-east-1", region: /^us-iso-[a-z]+-\d+$/ },
  { name: "aws-iso-b", dnsSuffix: "sc2s.sgov.gov", signInHost: undefined, defaultRegion: "us-isob-east-1", region: /^us-isob-[a-z]+-\d+$/ },
];

/** Whether a host is one of AWS's sign-in hosts, regional ones included. */
export function isAwsSignInHost(host: string): boolean {
  return PARTITIONS.some(({ signInHost }) => signInHost !== undefined && (host === signInHost || host.endsWith(`.${signInHost}`)));
}

/** Whether a host is this machine itself, the only one that may be spoken to without TLS. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "[::1]" || host === "::1" || /^127(?:\.\d{1,3}){3}$/.test(host);
}

/** The partition in the second field of an ARN. */
export function partitionOf(arn: string): Partition | undefined {
  const name = arn.split(":")[1];
  return PARTITIONS.find((partition) => partition.name === name);
}

/** The partition of a region; undefined for one that is newer than this list. */
export function partitionOfRegion(region: string): Partition | undefined {
  return PARTITIONS.find((partition) => partition.region.test(region));
}

/**
 * A role is asked for in its own partition: no other knows it.
 *
 * @param from where the region was given, in words
 * @throws UsageError `REGION_FOREIGN`
 */
export function checkRegion(roleArn: string, region: string | undefined, from: string): void {
  const own = partitionOf(roleArn);
  const other = region === undefined ? undefined : partitionOfRegion(region);
  if (own === undefined || other === undefined || own === other) return;
  throw new UsageError(`${region} (${from}) is a region of ${other.name}, and ${roleArn} is a role of ${own.name}`, {
    code: "REGION_FOREIGN",
    hint: `leave the region out, or give one of ${own.name}, such as ${own.defaultRegion}`,
  });
}
