/** The tasks a worker knows: each function with what its contract says about running it, worked out once. */

import { toMilliseconds } from "../duration.js";
import type { Duration, TaskContract } from "../manifest.js";
import type { KeyRing } from "../signing.js";
import type { Backoff } from "./backoff.js";

/** A task's function. Its arguments come from a message, so nothing is known of them here. */
export type Implementation = (...args: never[]) => unknown;

/** One turn of a shared token bucket, as the broker counts it. */
export interface Rate {
  readonly tokens: number;
  readonly perMs: number;
  readonly burst: number;
}

/** A task, ready to run. Durations are milliseconds. */
export interface KnownTask {
  readonly name: string;
  readonly run: Implementation;
  /** Absent for a function that was registered without one: nothing is checked then. */
  readonly contract: TaskContract | undefined;
  readonly maxRetries: number;
  readonly backoff: Backoff;
  /** Names of the errors worth a retry; undefined for all. */
  readonly retryOn: ReadonlySet<string> | undefined;
  readonly softTimeLimit: number | undefined;
  readonly timeLimit: number | undefined;
  readonly rate: Rate | undefined;
  readonly ignoreResult: boolean;
  /** It may be run ahead of its turn. */
  readonly pure: boolean;
  /** What stands for this worker's way of running it at the broker: a contract's fingerprint, and that of its keys. */
  readonly print: string;
  /** The URL of the registry that a thread loads to run it; undefined for a task that runs on the event loop. */
  readonly module: string | undefined;
}

/** Where the functions and contracts come from. Both may grow while the worker runs. */
export interface TaskSource {
  readonly registry: ReadonlyMap<string, Implementation>;
  readonly contracts: ReadonlyMap<string, TaskContract>;
  /** The modules that registered the functions; absent where no task runs in a thread. */
  readonly modules?: ReadonlyMap<string, string>;
  /** Who verifies messages. */
  readonly ring?: KeyRing | undefined;
}

/** Finds a task by its name or one of its aliases. */
export class KnownTasks {
  readonly #source: TaskSource;
  readonly #known = new Map<string, KnownTask>();

  constructor(source: TaskSource) {
    this.#source = source;
  }

  /** Undefined where no function of that name is registered. */
  find(name: string): KnownTask | undefined {
    const known = this.#known.get(name);
    if (known) return known;
    const found = this.#look(name);
    if (found) this.#known.set(name, found);
    return found;
  }

  /** The fingerprints of all tasks, aliases included. */
  fingerprints(): Map<string, string> {
    const prints = new Map<string, string>();
    for (const name of this.#source.registry.keys()) {
      const contract = this.#source.contracts.get(name);
      for (const each of [name, ...(contract?.options.aliases ?? [])]) prints.set(each, this.#printOf(contract));
    }
    return prints;
  }

  /** The queues its tasks are sent to by default. */
  queues(): Set<string> {
    const queues = new Set(["default"]);
    for (const name of this.#source.registry.keys()) {
      const queue = this.#source.contracts.get(name)?.options.queue;
      if (queue !== undefined) queues.add(queue);
    }
    return queues;
  }

  #look(name: string): KnownTask | undefined {
    const { registry, contracts } = this.#source;
    const run = registry.get(name);
    if (run) return this.#know(name, run, contracts.get(name));
    for (const contract of contracts.values()) {
      const aliased = contract.options.aliases?.includes(name) ? registry.get(contract.name) : undefined;
      if (aliased) return this.#know(contract.name, aliased, contract);
    }
    return undefined;
  }

  #know(name: string, run: Implementation, contract: TaskContract | undefined): KnownTask {
    const { modules } = this.#source;
    const module = contract?.options.thread ? modules?.get(name) : undefined;
    if (contract?.options.thread && modules && module === undefined) warnOfNoThread(name);
    return { ...know(name, run, contract), print: this.#printOf(contract), module };
  }

  /**
   * What stands at the broker for a contract and the keys beside it. What was refused is tried by a worker of which this
   * differs: another contract, or other keys. A task without a contract has one too, which differs from not knowing the task.
   */
  #printOf(contract: TaskContract | undefined): string {
    const { ring } = this.#source;
    const print = contract?.fingerprint ?? "-";
    return ring ? `${print}+${ring.print}` : print;
  }
}

/** A thread has to load the task's registry anew, and nobody said where that is. */
function warnOfNoThread(name: string): void {
  process.emitWarning(
    `${name} is to run in a thread, but there is no module for one to load: it was registered without, or the program is bundled into one file. So it runs on the event loop, where no time limit can end it while it is busy; pass { module: import.meta.url } to app.register(), or run \`tqc build\` again`,
    { code: "TQC_NO_THREAD" },
  );
}

function know(
  name: string,
  run: Implementation,
  contract: TaskContract | undefined,
): Omit<KnownTask, "module" | "print"> {
  const options = contract?.options ?? {};
  return {
    name,
    run,
    contract,
    maxRetries: options.maxRetries ?? 0,
    backoff: {
      base: toMilliseconds(options.retryBackoff ?? "1s"),
      max: toMilliseconds(options.retryBackoffMax ?? "10m"),
      jitter: options.retryJitter ?? true,
    },
    retryOn: options.retryOn && new Set(options.retryOn),
    softTimeLimit: inMilliseconds(options.softTimeLimit),
    timeLimit: inMilliseconds(options.timeLimit),
    rate: options.rateLimit === undefined ? undefined : toRate(options.rateLimit),
    ignoreResult: options.ignoreResult ?? false,
    pure: options.pure ?? false,
  };
}

function inMilliseconds(duration: Duration | undefined): number | undefined {
  return duration === undefined ? undefined : toMilliseconds(duration);
}

const PERIODS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 };

/** "100/s" -> a bucket that holds one second's worth, and at least one token. */
export function toRate(text: string): Rate {
  const [, count, unit = ""] = /^(\d+(?:\.\d+)?)\/([smh])$/.exec(text) ?? [];
  const tokens = Number(count);
  const perMs = PERIODS[unit];
  if (!(tokens > 0) || perMs === undefined) {
    throw new TypeError(`a rate limit is "N/s", "N/m" or "N/h" with N above 0, but this is "${text}"`);
  }
  return { tokens, perMs, burst: Math.max(1, (tokens * 1_000) / perMs) };
}
