import type { Request } from "../http/message.ts";
import type { Aws } from "./aws.ts";

export interface Operation {
  readonly aws: Aws;
  readonly request: Request;
  readonly parameters: URLSearchParams;
}
