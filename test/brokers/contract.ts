/** What every broker promises, verb by verb. */
import { afterEach, beforeEach, describe } from "vitest";
import { aheadContract } from "./contract/ahead.js";
import { benchOf, type Subject } from "./contract/bench.js";
import { cancelContract } from "./contract/cancel.js";
import { censusContract } from "./contract/census.js";
import { exchangeContract } from "./contract/exchange.js";
import { expiryContract } from "./contract/expiry.js";
import { extendContract } from "./contract/extend.js";
import { followContract } from "./contract/follow.js";
import { forgetContract } from "./contract/forget.js";
import { idleContract } from "./contract/idle.js";
import { ignoredContract } from "./contract/ignored.js";
import { inspectContract } from "./contract/inspect.js";
import { locateContract } from "./contract/locate.js";
import { missingContract } from "./contract/missing.js";
import { overviewContract } from "./contract/overview.js";
import { pauseContract } from "./contract/pause.js";
import { promoteContract } from "./contract/promote.js";
import { reapContract } from "./contract/reap.js";
import { recallContract } from "./contract/recall.js";
import { releaseContract } from "./contract/release.js";
import { replaceContract } from "./contract/replace.js";
import { resolveContract } from "./contract/resolve.js";
import { retryContract } from "./contract/retry.js";
import { setAsideContract } from "./contract/set-aside.js";
import { settleCallbacksContract } from "./contract/settle-callbacks.js";
import { settleJoinsContract } from "./contract/settle-joins.js";
import { stampedContract } from "./contract/stamped.js";
import { submitContract } from "./contract/submit.js";
import { submitPartsContract } from "./contract/submit-parts.js";
import { throttleContract } from "./contract/throttle.js";

const verbs = [
  submitContract,
  submitPartsContract,
  exchangeContract,
  aheadContract,
  ignoredContract,
  settleJoinsContract,
  settleCallbacksContract,
  retryContract,
  releaseContract,
  replaceContract,
  setAsideContract,
  recallContract,
  extendContract,
  reapContract,
  cancelContract,
  promoteContract,
  pauseContract,
  overviewContract,
  locateContract,
  missingContract,
  censusContract,
  inspectContract,
  followContract,
  resolveContract,
  stampedContract,
  throttleContract,
  idleContract,
  forgetContract,
  expiryContract,
];

/** Runs the whole contract on a kind of broker. */
export function brokerContract(name: string, open: () => Promise<Subject & { end(): Promise<void> }>): void {
  describe(name, () => {
    let subject: Awaited<ReturnType<typeof open>>;
    beforeEach(async () => {
      subject = await open();
    });
    afterEach(() => subject.end());
    const bench = benchOf(() => subject);
    for (const verb of verbs) verb(bench);
  });
}
