/** Workers, a producer and a server, between which nothing happens but the next step. */
import {
  type Argument,
  bring,
  cancel,
  extend,
  type Invocation,
  reap,
  wake,
} from "../../../../runtime/brokers/redis/scripts.gen.js";
import { lone } from "../../texts.js";
import { command, type Databases, type Entry } from "./database.js";
import { BASE, LEASE, Process } from "./process.js";
import { willHappen } from "./prospects.js";
import type { Step, Which } from "./steps.js";
import type { Sent, Wire } from "./wire.js";

/** What is there, and how often each thing may befall it. What is absent never does. */
export interface Scenario {
  readonly name: string;
  /** How many tasks each worker runs at once. */
  readonly workers: readonly number[];
  readonly calls: number;
  readonly drains?: number;
  readonly crashes?: number;
  readonly cuts?: number;
  readonly cancels?: number;
  /** Leases of living workers that run out. */
  readonly lapses?: number;
  /** How often time passes where nothing is on its way, and yet something will happen. */
  readonly passes?: number;
  /** How often it passes while something is on its way. */
  readonly late?: number;
}

/** Steps after which processes have something to do. */
const FELT: ReadonlySet<Step["kind"]> = new Set(["answer", "finish", "drain", "cut", "pass"]);

export type Budget = "drains" | "crashes" | "cuts" | "cancels" | "lapses" | "passes" | "late";

const START = 1_000_000;
const QUEUE = "default";

export class World {
  time = START;
  database = 0;
  pushed = 0;
  /** Calls that were pushed, and of which nobody who waits has been told. */
  untold = 0;
  readonly crew: readonly Process[];
  readonly spent: Record<Budget, number> = {
    drains: 0,
    crashes: 0,
    cuts: 0,
    cancels: 0,
    lapses: 0,
    passes: 0,
    late: 0,
  };
  readonly #scenario: Scenario;
  readonly #databases: Databases;

  private constructor(scenario: Scenario, databases: Databases) {
    this.#scenario = scenario;
    this.#databases = databases;
    const clock = { now: () => this.time };
    this.crew = scenario.workers.map((concurrency, i) => new Process({ name: `w${i + 1}`, concurrency, clock }));
  }

  /** Every worker has been announced, and asks for work. */
  static async begin(scenario: Scenario, databases: Databases): Promise<World> {
    const world = new World(scenario, databases);
    for (const { name } of world.crew) await world.#run(announcing(name));
    await quiet();
    return world;
  }

  /** How many calls the producer sends. */
  get calls(): number {
    return this.#scenario.calls;
  }

  get entries(): Entry[] {
    return this.#databases.entries(this.database).filter(([, , until]) => until === 0 || until > this.time);
  }

  /** What a key holds; nothing where there is none. */
  get(name: string): readonly string[] {
    return (this.entries.find(([key]) => key === `${BASE}${name}`)?.slice(3) as string[] | undefined) ?? [];
  }

  /** Whether nothing is on its way. */
  get still(): boolean {
    return (
      this.untold === 0 &&
      this.crew.every((each) => !each.alive || each.wires.every((wire) => !wire.next && !wire.hasReply))
    );
  }

  /** Whether something may befall it once more. */
  may(budget: Budget): boolean {
    return this.spent[budget] < (this.#scenario[budget] ?? 0);
  }

  /** When a worker's lease ends; 0 where it has none. */
  leaseOf(who: string): number {
    return this.leases.find(([worker]) => worker === who)?.[1] ?? 0;
  }

  get leases(): [worker: string, until: number][] {
    return pairsOf(this.get("workers")).map(([until, worker]) => [worker, Number(until)]);
  }

  async take(step: Step): Promise<void> {
    await this.#take(step);
    await this.#hearWaiting();
    // What the server does is felt by nobody before it is answered.
    if (FELT.has(step.kind)) await quiet();
  }

  async #take(step: Step): Promise<void> {
    switch (step.kind) {
      case "push":
        this.pushed += 1;
        this.untold += 1;
        await this.#run(command("RPUSH", `${BASE}queue:${QUEUE}:0`, callOf(this.pushed)));
        return;
      case "wake":
        this.untold = 0;
        await this.#run(wake({ base: BASE, take: [QUEUE] }));
        return;
      case "bring":
        this.pushed += 1;
        await this.#run(bring({ base: BASE, queue: QUEUE, priority: 0, text: callOf(this.pushed) }));
        return;
      case "cancel":
        this.spent.cancels += 1;
        await this.#run(cancel({ base: BASE, id: "r1", index: "", terminate: 0 }));
        return;
      case "serve":
        return this.#serve(this.#wireOf(step.who, step.line));
      case "answer":
        this.#wireOf(step.who, step.line).answer();
        return;
      case "finish":
        this.of(step.who).finish(step.run);
        return;
      case "drain":
        this.spent.drains += 1;
        this.of(step.who).drain();
        return;
      case "crash":
        this.spent.crashes += 1;
        this.of(step.who).die();
        return;
      case "cut":
        this.spent.cuts += 1;
        this.#wireOf(step.who, step.line).cut();
        return;
      case "lapse":
        if (this.of(step.who).alive) this.spent.lapses += 1;
        this.of(step.who).lapsed = true;
        await this.#run(command("ZADD", `${BASE}workers`, "XX", 0, step.who));
        return;
      case "beat":
        await this.#run(announcing(step.who));
        return;
      case "reap":
        await this.#run(reap({ base: BASE, maxDeliveries: 1000, limit: 1000 }));
        return;
      case "pass":
        return this.#pass();
    }
  }

  of(name: string): Process {
    const found = this.crew.find((each) => each.name === name);
    if (!found) throw new Error(`there is no worker ${name}`);
    return found;
  }

  #wireOf(who: string, line: Which): Wire {
    const wire = this.of(who)[line];
    if (!wire) throw new Error(`${who} has no such connection`);
    return wire;
  }

  async #run(invocation: Invocation): Promise<unknown> {
    const { database, reply } = await this.#databases.run(this.database, invocation, this.time);
    this.database = database;
    return reply;
  }

  async #serve({ next }: Wire): Promise<void> {
    if (!next) throw new Error("there is nothing to serve");
    if (next.waits) next.until = this.time + next.waits.ms;
    else next.reply = { value: await this.#run(next.invocation) };
  }

  /** Whoever waits for a list that has something now is told. */
  async #hearWaiting(): Promise<void> {
    for (const each of this.crew) {
      const sent = each.alive ? each.waiting?.waiting : undefined;
      if (sent?.waits && this.entries.some(([key]) => key === sent.waits?.list))
        await this.#tell(sent, sent.waits.list);
    }
  }

  async #tell(sent: Sent, list: string): Promise<void> {
    sent.reply = { value: [list, await this.#run(command("LPOP", list))] };
  }

  /** When something is due next. */
  get nextDue(): number | undefined {
    const own = this.crew.flatMap((each) => [
      ...[...each.timers].map(({ due }) => due),
      ...(each.alive ? [each.waiting?.waiting?.until ?? 0] : []),
    ]);
    const waits = this.entries.filter(([key]) => key.startsWith(`${BASE}waiting:`)).map(([, , until]) => until);
    const due = [...own, ...waits].filter((moment) => moment > this.time);
    return due.length > 0 ? Math.min(...due) : undefined;
  }

  #pass(): void {
    if (willHappen(this).length > 0) this.spent[this.still ? "passes" : "late"] += 1;
    this.time = this.nextDue ?? this.time;
    for (const each of this.crew) {
      const waiting = each.alive ? each.waiting?.waiting : undefined;
      if (waiting && (waiting.until ?? 0) <= this.time) waiting.reply = { value: null };
      for (const timer of [...each.timers]) {
        if (timer.due > this.time || !each.timers.delete(timer)) continue;
        timer.run();
      }
    }
  }
}

function announcing(id: string): Invocation {
  const card = JSON.stringify({ id });
  const nothing: Argument[] = [0, 0, 0];
  return extend({ base: BASE, worker: id, lease: LEASE, card, take: nothing });
}

/** What the producer sends: a call named after its number. */
function callOf(number: number): string {
  const run = `r${number}`;
  return lone(run, { args: `["${run}"]`, keep: LEASE }).ready[0]?.text ?? "";
}

/** Pairs of a flat list. */
export function pairsOf(list: readonly string[]): [string, string][] {
  return Array.from({ length: list.length / 2 }, (_, i) => [list[2 * i] ?? "", list[2 * i + 1] ?? ""]);
}

/** Everything that can go on without a further step has gone on. */
async function quiet(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
}
