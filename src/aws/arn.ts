/** An IAM ARN taken apart. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html */
export interface IamArn {
  readonly arn: string;
  readonly partition: string;
  readonly accountId: string;
  readonly kind: "role" | "saml-provider";
  /** What follows the last slash. */
  readonly name: string;
}

export function parseIamArn(text: string): IamArn | undefined {
  const match = /^arn:([a-z0-9-]+):iam::(\d{12}):(role|saml-provider)\/(?:[!-~]*\/)?([\w+=,.@-]+)$/.exec(text);
  const [arn, partition, accountId, kind, name] = match ?? [];
  if (arn === undefined || partition === undefined || accountId === undefined || name === undefined) return undefined;
  return { arn, partition, accountId, kind: kind === "role" ? "role" : "saml-provider", name };
}
