/** The list of runs: those that are open, and those of which a worker told that a part has ended. Newest first, and never too long. */
import type { Broker, EndedCall, Overview } from "../../runtime/broker.js";
import type { TaskState } from "../../runtime/messages.js";
import { readOutcome } from "../../runtime/wire.js";
import { heldBy } from "../inspect/held.js";
import type { RunRow } from "./view.js";

/** How many runs the list has at most, and how many ended ones are looked up at once. */
const MOST = 300;
const LOOKUPS = 25;

/** What was read already. */
export interface Seen {
  readonly overview: Overview;
  readonly recent: readonly EndedCall[];
}

/** What is known of a run without reading it. */
interface Traces {
  readonly id: string;
  readonly tasks: Set<string>;
  /** How an open canvas stands. */
  state?: TaskState;
  open?: number;
  /** Its one call has ended. */
  lone?: EndedCall;
  submitted?: number;
  finished?: number;
  running?: boolean;
}

export class RunRows {
  /** How ended runs of many calls have ended: that does not change any more. */
  readonly #ended = new Map<string, Pick<RunRow, "state" | "finished">>();

  /** The list as it is now. */
  async list(broker: Broker, seen: Seen): Promise<RunRow[]> {
    const traces = [...tracesOf(seen).values()].sort((a, b) => newest(b) - newest(a)).slice(0, MOST);
    await this.#lookUp(broker, traces);
    return traces.flatMap((each) => this.#rowOf(each) ?? []);
  }

  /** Reads how runs have ended whose nodes alone were seen to end. */
  async #lookUp(broker: Broker, traces: readonly Traces[]): Promise<void> {
    const unknown = traces.filter((each) => isOver(each) && !each.lone && !this.#ended.has(each.id)).slice(0, LOOKUPS);
    await Promise.all(
      unknown.map(async ({ id }) => {
        const [run, index] = (await broker.resolve(id)) ?? [id, 0];
        const [text] = await broker.read(run, [index]);
        if (text === undefined) return;
        const { state, finished } = readOutcome(text);
        this.#ended.set(id, { state, ...(finished !== undefined && { finished }) });
      }),
    );
    if (this.#ended.size > 10 * MOST) this.#ended.clear();
  }

  #rowOf(traces: Traces): RunRow | undefined {
    const { id, tasks, open, submitted, finished, lone } = traces;
    const ended = lone ?? this.#ended.get(id);
    // Its result has expired, or it could not be looked up yet.
    if (isOver(traces) && !ended) return undefined;
    const last = ended?.finished ?? (isOver(traces) ? finished : undefined);
    return {
      id,
      state: isOver(traces) ? (ended?.state ?? "PENDING") : stateOf(traces),
      tasks: [...tasks].slice(0, 5),
      ...(open !== undefined && { open }),
      ...(submitted !== undefined && { submitted }),
      ...(last !== undefined && { finished: last }),
    };
  }
}

function isOver({ open, running, lone }: Traces): boolean {
  return lone !== undefined || (open === undefined && running !== true);
}

function stateOf({ state, running }: Traces): TaskState {
  return running ? "STARTED" : (state ?? "PENDING");
}

function newest({ submitted, finished }: Traces): number {
  return Math.max(submitted ?? 0, finished ?? 0);
}

function tracesOf({ overview, recent }: Seen): Map<string, Traces> {
  const traces = new Map<string, Traces>();
  const of = (id: string): Traces => {
    const known = traces.get(id) ?? { id, tasks: new Set<string>() };
    traces.set(id, known);
    return known;
  };
  for (const { id, open, state } of overview.runs) Object.assign(of(id), { open, state });
  for (const { run, header } of overview.workers.flatMap(heldBy)) {
    note(of(run), { task: header.task, submitted: header.submitted });
    of(run).running = true;
  }
  for (const call of recent) {
    const run = of(call.run);
    note(run, call);
    if (call.id === call.run && run.open === undefined && !run.running) run.lone = call;
  }
  return traces;
}

function note(
  traces: Traces,
  { task, submitted, finished }: { task: string; submitted: number; finished?: number },
): void {
  traces.tasks.add(task);
  traces.submitted = Math.min(traces.submitted ?? submitted, submitted);
  if (finished !== undefined) traces.finished = Math.max(traces.finished ?? finished, finished);
}
