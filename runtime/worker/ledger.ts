/** What a worker has done, for those who look in from outside: counted as it happens, told with its signs of life. */
import type { Attempt } from "../attempt/attempt.js";
import type { Ending } from "../attempt/report.js";
import type { EndedCall, TaskCounts, WorkReport } from "../broker.js";

/** How many runs are told of per state: enough to follow a calm worker, and never much to tell. */
const KEPT = 50;

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

/** Counts attempts by task, and remembers the calls that ended last: of each run one, or a wide one would hide all others. */
export class Ledger {
  readonly #counts = new Map<string, Counting>();
  readonly #ended = new Map<EndedCall["state"], Map<string, EndedCall>>();
  #report: WorkReport | undefined;

  /** Notes how an attempt ended. */
  note(attempt: Attempt, ending: Ending): void {
    this.#report = undefined;
    const counted = COUNTED[ending];
    if (counted) this.#countsOf(attempt.task.name)[counted] += 1;
    const state = STATES[ending];
    if (state) this.#remember(endedCall(attempt, state));
  }

  /** Everything so far; the same value until more has ended. */
  report(): WorkReport {
    this.#report ??= {
      counts: new Map([...this.#counts].map(([task, counts]) => [task, { ...counts }])),
      ended: [...this.#ended.values()].flatMap((calls) => [...calls.values()].slice(-KEPT)),
    };
    return this.#report;
  }

  #countsOf(task: string): Counting {
    const counts = this.#counts.get(task) ?? { succeeded: 0, failed: 0, retried: 0 };
    this.#counts.set(task, counts);
    return counts;
  }

  #remember(call: EndedCall): void {
    const calls = this.#ended.get(call.state) ?? new Map<string, EndedCall>();
    this.#ended.set(call.state, calls);
    // The latest stand last.
    calls.delete(call.run);
    calls.set(call.run, call);
    if (calls.size < 2 * KEPT) return;
    // Cut back now and then rather than each time: this is called for every task.
    for (const run of [...calls.keys()].slice(0, KEPT)) calls.delete(run);
  }
}

function endedCall({ id, task, message, host }: Attempt, state: EndedCall["state"]): EndedCall {
  const { run, index, header } = message;
  return { id, run, index, task: task.name, state, submitted: header.submitted, finished: host.clock.now() };
}
