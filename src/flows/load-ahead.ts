import { loadStsClient } from "../aws/sts.ts";
import { sent } from "../http/sent.ts";
import { loadPageReader } from "../okta/app-page.ts";
import type { Beside } from "./beside.ts";
import type { Library, Line } from "./line.ts";

const LOADERS = { pages: loadPageReader, sts: loadStsClient };

/**
 * Libraries that later stations need are loaded while Okta thinks, one a request: before it was sent they would hold it up, and two take
 * longer than Okta. Who comes there sooner loads what it needs itself, as ever.
 */
export function createLoadAhead(
  { begin }: Beside,
  loaders: Readonly<Record<Library, () => Promise<unknown>>> = LOADERS,
): Line["loadAhead"] {
  return (...libraries) => {
    void begin(async (signal) => {
      for (const library of libraries) {
        await nextRequest(signal);
        void loaders[library]().catch(() => undefined);
      }
    });
  };
}

function nextRequest(signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => sent.unsubscribe(goOn);
    const goOn = () => {
      stop();
      resolve();
    };
    signal.addEventListener("abort", () => {
      stop();
      reject(new Error("nothing was sent"));
    });
    sent.subscribe(goOn);
  });
}
