import type { Sandbox } from "../../../plugins/sandbox/src/index.ts";
import { type Answer, ask, logIn, verifyLink } from "./client.ts";

/** A client that keeps the org's cookies, and forgets those that have expired. */
export interface Browser {
  readonly cookies: Map<string, string>;
  readonly get: (target: string) => Promise<Answer>;
  /** Follows the redirects of the org, to whatever is none. */
  readonly visit: (target: string) => Promise<Answer>;
  readonly post: (target: string, fields: object) => Promise<Answer>;
  readonly submit: (target: string, fields: Readonly<Record<string, string>>) => Promise<Answer>;
}

export function createBrowser(sandbox: Sandbox): Browser {
  const cookies = new Map<string, string>();
  const send = async (target: string, init: RequestInit = {}): Promise<Answer> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await ask(sandbox, target, { ...init, headers: { ...(init.headers as Record<string, string>), cookie } });
    for (const line of answer.headers.getSetCookie()) keep(cookies, line);
    return answer;
  };
  const visit = async (target: string): Promise<Answer> => {
    const answer = await send(target);
    const location = answer.headers.get("location");
    return location?.startsWith(sandbox.origin) === true ? visit(location) : answer;
  };
  return {
    cookies,
    get: send,
    visit,
    post: (target, fields) =>
      send(target, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(fields) }),
    submit: (target, fields) => send(target, { method: "POST", body: new URLSearchParams(fields) }),
  };
}

/** A browser that is signed in by password and, where one is asked for, the first factor's push. */
export async function signIn(sandbox: Sandbox): Promise<Browser> {
  const browser = createBrowser(sandbox);
  let { body } = await browser.post("/api/v1/authn", { username: "jdoe", password: "correct horse" });
  const verify = body.status === "SUCCESS" ? "" : verifyLink(body);
  while (body.status !== "SUCCESS") ({ body } = await browser.post(verify, { stateToken: body.stateToken }));
  const session = await browser.post("/api/v1/sessions", { sessionToken: body.sessionToken });
  browser.cookies.set("sid", session.body.id);
  return browser;
}

/** The cookie that a browser is known by afterwards. */
export async function deviceToken(sandbox: Sandbox): Promise<string> {
  const cookies = (await logIn(sandbox)).headers.getSetCookie();
  return cookies.find((cookie) => cookie.startsWith("DT="))?.split(";")[0] ?? "";
}

function keep(cookies: Map<string, string>, line: string): void {
  const [pair = "", ...attributes] = line.split(";");
  const [name = "", ...value] = pair.split("=");
  const expires = attributes.find((attribute) => attribute.trim().startsWith("Expires="))?.split("=")[1];
  if (expires !== undefined && new Date(expires) < new Date()) cookies.delete(name);
  else cookies.set(name, value.join("="));
}
