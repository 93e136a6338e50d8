import type { Format } from "@aws-okta-processor/contract";
import { shell } from "./dotenv.ts";

/** The same file as an output. */
export const format: Format = { credentials: (_, { variables }) => `${shell.render(variables)}\n` };
