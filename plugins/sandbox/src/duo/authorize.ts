import { type Reply, type Request, redirect, withHeaders } from "../http/message.ts";
import { randomId } from "../okta/ids.ts";
import type { Org } from "../okta/memory.ts";
import type { DuoAccount } from "./account.ts";
import type { DuoRequest, DuoSignIn } from "./duo.ts";
import { cookiesFor, refusal } from "./guard.ts";
import { authPath, callbackUrl } from "./links.ts";
import { readRequest } from "./request-token.ts";

/** Where the org sends a browser; the way begins here. */
export function authorize(org: Org, request: Request): Reply {
  const asked = readRequest(request.query.get("request") ?? "", org.duo.secret);
  if (asked === undefined) return refusal(400, "the request is not the org's").refusal;
  if (!isAsWanted(request.query, asked)) return refusal(400, "the request is not for a code of this client").refusal;
  const account = accountOf(org, asked);
  if (account === undefined) return refusal(400, "there is no such person").refusal;
  if (account.odd === "bypass") return redirect(callbackUrl(org, asked));
  const signIn: DuoSignIn = {
    ...{ sid: `frameless-${randomId("", 32)}`, tx: randomId("", 60), xsrf: randomId("", 40), cookie: randomId("", 24) },
    ...{ request: asked, account, step: "begun", attempts: new Map() },
  };
  org.duo.signIns.set(signIn.sid, signIn);
  return withHeaders(redirect(authPath(signIn)), { "set-cookie": cookiesFor(signIn, request) });
}

function isAsWanted(query: URLSearchParams, { clientId, state }: DuoRequest): boolean {
  const wanted = { client_id: clientId, state, response_type: "code", scope: "openid" };
  return Object.entries(wanted).every(([name, value]) => query.get(name) === value);
}

function accountOf({ people }: Org, { login }: DuoRequest): DuoAccount | undefined {
  const factors = people.find(({ user }) => user.login === login)?.factors ?? [];
  return factors.map(({ factor }) => ("duo" in factor ? factor.duo : undefined)).find((account) => account !== undefined);
}
