import { RemoteError } from "../errors.ts";
import { moveOn } from "./authn.ts";
import type { SignInHands } from "./hands.ts";
import type { Org } from "./org.ts";
import type { Transaction } from "./transaction.ts";

type Waiting = Transaction & { readonly status: "POLL" };

const DEADLINE_MS = 120_000;

/**
 * Asks at the pace that the org sets until it knows more of this device.
 *
 * @throws RemoteError `TIMED_OUT`
 */
export async function waitForOrg(org: Org, from: Waiting, { sleep, now }: SignInHands): Promise<Transaction> {
  const until = now().getTime() + DEADLINE_MS;
  let transaction: Transaction = from;
  while (transaction.status === "POLL") {
    if (now().getTime() >= until)
      throw new RemoteError(`${org.name} did not come to a decision in time`, { code: "TIMED_OUT", hint: "try again later" });
    await sleep(transaction.afterMs);
    const { pollUrl, stateToken } = transaction;
    transaction = await moveOn(org, pollUrl, { stateToken, what: "to wait", repeatable: true });
  }
  return transaction;
}
