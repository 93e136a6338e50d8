import type { Reply, Request } from "../http/message.ts";
import type { Fields } from "./body.ts";
import type { Org } from "./memory.ts";

export interface Route {
  readonly method: string;
  /** A step that starts with `:` matches anything and is named by what follows. */
  readonly path: string;
  /** What the body must be. */
  readonly body: "none" | "json" | "json or empty" | "form";
  readonly handle: (visit: Visit) => Reply;
}

/** One request, read as far as its route asks. */
export interface Visit {
  readonly org: Org;
  readonly request: Request;
  readonly fields: Fields;
  readonly params: Readonly<Record<string, string>>;
}
