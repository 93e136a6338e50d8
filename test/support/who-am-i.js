// Asks STS who a profile is, through the AWS SDK for JavaScript. Arguments: the name of a credential provider, the profile.
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { fromIni, fromProcess } from "@aws-sdk/credential-providers";

const [provider, profile] = process.argv.slice(2);
const credentials = provider === "fromIni" ? fromIni({ profile }) : fromProcess({ profile });
const client = new STSClient({ region: "us-east-1", credentials });
const { Arn } = await client.send(new GetCallerIdentityCommand({}));
process.stdout.write(`${Arn}\n`);
