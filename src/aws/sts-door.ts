import type { STSClientConfig } from "@aws-sdk/client-sts";
import { RemoteError } from "../errors.ts";
import type { Send } from "../http/send.ts";

/** What of a request of the SDK is sent. @see https://github.com/smithy-lang/smithy-typescript/blob/main/packages/types/src/http.ts */
interface SdkRequest {
  readonly method: string;
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

type Handler = Extract<NonNullable<STSClientConfig["requestHandler"]>, { handle: unknown }>;

/** The SDK's requests go through the same door as all others: its deadline and size cap, and the one way to a proxy. */
export function createStsDoor(send: Send): Handler {
  const handle = async ({ method, protocol, hostname, port, path, headers, body }: SdkRequest, signal: AbortSignal | undefined) => {
    const url = new URL(`${protocol}//${hostname}${port === undefined ? "" : `:${port}`}${path}`);
    // Signed as fetch sends them by itself.
    const { host: _host, "content-length": _length, ...rest } = headers;
    if (method !== "POST" || typeof body !== "string") throw new TypeError("STS is asked by POST alone, and in text");
    const reply = await send({ method, url, headers: rest, body, repeatable: false, signal }).catch(markRepeatable);
    return { statusCode: reply.status, headers: Object.fromEntries(reply.headers), body: Buffer.from(reply.text) };
  };
  const door = {
    handle: async (request: SdkRequest, options: { readonly abortSignal?: AbortSignal } = {}) => ({
      response: await handle(request, options.abortSignal),
    }),
  };
  return door as unknown as Handler;
}

/** In an error of the SDK's client: what `send` threw. */
export interface SendFailed {
  readonly failure: unknown;
}

/** The SDK would repeat what took too long, for it looks for that in the causes; whoever was not reached is tried again. */
function markRepeatable(failure: unknown): never {
  const isRepeatable = failure instanceof RemoteError && failure.code === "UNREACHABLE";
  throw Object.assign(new Error("not sent"), { failure, ...(isRepeatable ? { $retryable: { throttling: false } } : {}) });
}
