/** What a worker has done, for those who look in from outside: counted as it happens, told with its signs of life. */
import type { Attempt } from "../attempt/attempt.js";
import type { Ending } from "../attempt/report.js";
import type { EndedCall, TaskCounts, WorkReport } from "../broker.js";
import { Latest } from "./latest.js";

const COUNTED: Readonly<Partial<Record<Ending, keyof TaskCounts>>> = {
  success: "succeeded",
  failure: "failed",
  retry: "retried",
};

const STATES: Readonly<Partial<Record<Ending, EndedCall["state"]>>> = {
  success: "SUCCESS",
  failure: "FAILURE",
  revoked: "REVOKED",
};

type Counting = { -readonly [ending in keyof TaskCounts]: number };

/** Counts attempts by task, and remembers the calls that ended last. */
export class Ledger {
  readonly #counts = new Map<string, Counting>();
  readonly #ended = new Map<EndedCall["state"], Latest>();
  #report: WorkReport | undefined;

  /** Notes how an attempt ended. */
  note(attempt: Attempt, ending: Ending): void {
    this.#report = undefined;
    const counted = COUNTED[ending];
    if (counted) this.#countsOf(attempt.task.name)[counted] += 1;
    const state = STATES[ending];
    if (state) this.#latestOf(state).add(endedCall(attempt, state), attempt.message.header.lone === true);
  }

  /** Everything so far; the same value until more has ended. */
  report(): WorkReport {
    this.#report ??= {
      counts: new Map([...this.#counts].map(([task, counts]) => [task, { ...counts }])),
      ended: [...this.#ended.values()].flatMap((latest) => latest.calls()),
    };
    return this.#report;
  }

  #countsOf(task: string): Counting {
    const known = this.#counts.get(task);
    if (known) return known;
    const counts = { succeeded: 0, failed: 0, retried: 0 };
    this.#counts.set(task, counts);
    return counts;
  }

  #latestOf(state: EndedCall["state"]): Latest {
    const known = this.#ended.get(state);
    if (known) return known;
    const latest = new Latest();
    this.#ended.set(state, latest);
    return latest;
  }
}

function endedCall({ id, task, message, host }: Attempt, state: EndedCall["state"]): EndedCall {
  const { run, index, header } = message;
  return { id, run, index, task: task.name, state, submitted: header.submitted, finished: host.clock.now() };
}
