import { RemoteError } from "../errors.ts";
import type { Send } from "../http/send.ts";
import { PARTITIONS } from "../partitions.ts";
import type { Secret } from "../secret.ts";

/** Account id to alias, where the page tells one. */
export type AccountAliases = ReadonlyMap<string, string>;

/** Names are decoration: nobody waits long for them. */
const TIMEOUT_MS = 5_000;

const MENDABLE = ["CERTIFICATE_REFUSED", "PROXY_REFUSED"];

/**
 * Asks the AWS sign-in page what the accounts are called. Best effort: a page that is down, slow, empty or of another shape knows no name.
 *
 * @param page its URL, or undefined for the one of the roles' partition; `warn` hears of what is the person's to mend
 */
export async function fetchAccountAliases(
  send: Send,
  saml: Secret,
  page: { readonly url: URL | undefined; readonly partition: string; readonly warn?: (sentence: string) => void },
): Promise<AccountAliases> {
  const url = page.url ?? signInUrlOf(page.partition);
  if (url === undefined) return new Map();
  try {
    const reply = await send({
      method: "POST",
      url,
      headers: { accept: "text/html", "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ SAMLResponse: saml.reveal(), RelayState: "" }).toString(),
      repeatable: false,
      timeoutMs: TIMEOUT_MS,
    });
    return reply.status === 200 ? await parseAccountAliases(reply.text) : new Map();
  } catch (error) {
    if (!(error instanceof RemoteError)) throw error;
    if (MENDABLE.includes(error.code)) page.warn?.(`accounts have no names: ${error.message}`);
    return new Map();
  }
}

/** Reads the page with a block for each account, or the one whose `<meta name="data">` carries JSON. */
export async function parseAccountAliases(html: string): Promise<AccountAliases> {
  const { load } = await import("cheerio/slim");
  const $ = load(html);
  const data = $("meta[name='data']").attr("content");
  const titles =
    data === undefined
      ? $(".saml-account-name")
          .toArray()
          .map((element) => $(element).text())
      : titlesInData(data);
  return new Map(titles.map(parseTitle).filter((pair) => pair !== undefined));
}

/** `Account: alias (123456789012)`; an account without alias has only its id and tells nothing. */
function parseTitle(title: string): [string, string] | undefined {
  const [, alias, id] = /^\s*(?:Account:\s*)?(.*?)\s*\((\d{12})\)\s*$/s.exec(title) ?? [];
  return alias === undefined || alias === "" || id === undefined ? undefined : [id, alias];
}

function titlesInData(base64: string): readonly string[] {
  try {
    const data: unknown = JSON.parse(Buffer.from(base64, "base64").toString("utf8"));
    const accounts = typeof data === "object" && data !== null && "roles_accounts" in data ? data.roles_accounts : undefined;
    return typeof accounts === "object" && accounts !== null ? Object.keys(accounts) : [];
  } catch {
    return [];
  }
}

function signInUrlOf(partition: string): URL | undefined {
  const host = PARTITIONS.find(({ name }) => name === partition)?.signInHost;
  return host === undefined ? undefined : new URL(`https://${host}/saml`);
}
