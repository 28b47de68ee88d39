/**
 * Periodic tasks. Every worker that knows one sends its next tick ahead of time, under an id made of the task and the
 * moment: the broker takes it once, and it is there whatever becomes of the workers until then. No tick is doubled, and
 * none is lost as long as some worker has lived since the one before.
 */
import { Cron } from "croner";
import type { Broker, ScheduleCard } from "../broker.js";
import type { Clock } from "../clock.js";
import { encode } from "../codec/codec.js";
import { toMilliseconds } from "../duration.js";
import { ConfigurationError } from "../errors.js";
import type { Logger } from "../logger.js";
import type { TaskContract } from "../manifest.js";
import { lower } from "../plan/plan.js";
import { toSubmission } from "../plan/submission.js";
import type { KeyRing } from "../signing.js";

/** What a timetable is made of. */
export interface TimetableParts {
  readonly broker: Broker;
  readonly clock: Clock;
  readonly logger: Logger | undefined;
  /** Who signs the ticks; undefined where nobody does. */
  readonly ring: KeyRing | undefined;
  /** The contracts of the tasks that this worker can run. */
  readonly contracts: readonly TaskContract[];
  /** Whether ticks are sent ahead of time. In a process of its own, one that waits would keep the process up for ever. */
  readonly ahead: boolean;
}

/** How far back ticks are made up for, after this process could not run for a while, ms. */
const CATCH_UP = 60_000;
/** Before a tick that could not be sent is sent again, ms. */
const PAUSE = 1_000;

/** What a worker announces of its periodic tasks. */
export function schedulesIn(contracts: readonly TaskContract[]): ScheduleCard[] {
  return contracts.flatMap(({ name: task, options: { every, schedule, timezone = "UTC" } }) => {
    if (every !== undefined) return [{ task, when: `every ${typeof every === "number" ? `${every}ms` : every}` }];
    return schedule === undefined ? [] : [{ task, when: schedule, timezone }];
  });
}

/** The run of a tick: whoever sends it comes to the same id, so it is taken once. */
function tickId(task: string, due: number): string {
  return `tick:${task}:${due}`;
}

/** The tick behind a run's id; undefined where it is none. */
export function readTick(id: string): { readonly id: string; readonly task: string; readonly due: number } | undefined {
  const [, task, due] = /^tick:(.+):(\d+)$/.exec(id) ?? [];
  return task === undefined ? undefined : { id, task, due: Number(due) };
}

/** The next moment after `after` at which a task is due, ms since the epoch; undefined where it is not periodic. */
export function nextTick({ name, options }: TaskContract, after: number): number | undefined {
  if (options.every !== undefined) {
    const interval = toMilliseconds(options.every);
    if (interval > 0) return (Math.floor(after / interval) + 1) * interval;
    throw new ConfigurationError(`${name}: 'every' is longer than nothing, but is ${JSON.stringify(options.every)}`);
  }
  if (options.schedule === undefined) return undefined;
  const cron = new Cron(options.schedule, { timezone: options.timezone ?? "UTC", paused: true });
  return cron.nextRun(new Date(after))?.getTime();
}

/** Starts the timetable of a worker; the reply ends it. What was sent ahead stays with the broker. */
export function startTimetable(parts: TimetableParts): () => void {
  const cancels = new Map<string, () => void>();
  let stopped = false;

  function expect(contract: TaskContract, after: number): void {
    const tick = nextTick(contract, after);
    if (tick === undefined || stopped) return;
    if (parts.ahead) send(contract, tick);
    wait(`${contract.name} due`, tick - parts.clock.now(), () => {
      if (!parts.ahead) send(contract, tick);
      expect(contract, Math.max(tick, parts.clock.now() - CATCH_UP));
    });
  }

  function send(contract: TaskContract, tick: number): void {
    submitTick(parts, contract, tick).catch((err: unknown) => {
      parts.logger?.warn({ task: contract.name, err }, `the next ${contract.name} could not be sent; trying again`);
      wait(`${contract.name} again ${tick}`, PAUSE, () => send(contract, tick));
    });
  }

  function wait(key: string, ms: number, run: () => void): void {
    if (stopped) return;
    const due = () => {
      cancels.delete(key);
      run();
    };
    cancels.set(key, parts.clock.after(ms, due));
  }

  for (const contract of parts.contracts) expect(contract, parts.clock.now());
  return () => {
    stopped = true;
    for (const cancel of cancels.values()) cancel();
  };
}

async function submitTick(
  { broker, clock, ring }: TimetableParts,
  contract: TaskContract,
  tick: number,
): Promise<void> {
  const now = clock.now();
  const run = tickId(contract.name, tick);
  const call = { kind: "call", task: contract.name, mode: "call", args: [], immutable: true } as const;
  const tree = { ...call, options: { eta: new Date(tick) }, links: [], errbacks: [], stampers: [] };
  const plan = lower(tree, [], { contract: () => contract, encode, now });
  // Its run is known for longer than anybody may take to send it once more.
  const keep = Math.max(plan.keep, 2 * CATCH_UP);
  await broker.submit([toSubmission({ ...plan, keep }, { run, reply: "", submitted: now, chosen: true, ring })]);
}
