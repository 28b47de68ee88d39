/** A shop whose work is looked at: tasks with names of the world, some that fail, and one that waits until it is told. */
import { createApp } from "tqc";
import { currentTask } from "../../runtime/attempt/context.js";
import type { Broker } from "../../runtime/broker.js";
import type { Tree } from "../../runtime/canvas/tree.js";
import type { AsyncResult, WorkerSettings } from "../../runtime/index.js";
import type { TaskContract, TaskOptions } from "../../runtime/manifest.js";
import { call, chain, chord } from "../reference/trees.js";

function contract(name: string, options: TaskOptions = {}): TaskContract {
  return {
    name,
    module: "shop.ts",
    export: name,
    builder: name,
    parameters: [{ name: "args", rest: true, schema: true, text: "...args: unknown[]" }],
    result: true,
    returns: "unknown",
    options,
    fingerprint: `${name}-1`,
    codec: "superjson",
  };
}

const OPTIONS: Readonly<Record<string, TaskOptions>> = {
  "tasks.images.fetch": { queue: "io" },
  "tasks.images.resize": { queue: "images" },
  "tasks.images.pack": { queue: "images" },
  "tasks.orders.charge": {},
  "tasks.orders.gate": {},
  "tasks.mail.send": { queue: "mail", maxRetries: 3, retryBackoff: "1h" },
  "tasks.reports.nightly": { schedule: "0 3 * * *", timezone: "Europe/Berlin" },
};

/** Everything that is at work. */
export interface Shop {
  /** Sends a tree under an id. */
  send(id: string, tree: Tree): Promise<AsyncResult<unknown>>;
  /** Lets the gate tasks of a name go on. */
  open(name: string): void;
  /** Resolves once a gate task of the name has begun. */
  reached(name: string): Promise<void>;
  /** Starts a worker, which tells of itself often. */
  work(settings?: WorkerSettings): Promise<{ stop(): Promise<void> }>;
  readonly app: ReturnType<typeof createApp>;
  close(): Promise<void>;
}

/** Opens the shop on a broker. */
export function openShop(broker: string | Broker): Shop {
  const app = createApp({ broker });
  const gates = new Map<string, Gate>();
  const gateOf = (name: string) => {
    const gate = gates.get(name) ?? makeGate();
    gates.set(name, gate);
    return gate;
  };
  for (const [name, options] of Object.entries(OPTIONS)) app.declare(contract(name, options));
  app.declare(contract("tasks.legacy.export", { queue: "io" }));
  app.register({
    "tasks.images.fetch": (url: string) => `bytes of ${url}`,
    "tasks.images.resize": (_image: unknown, width = 0) => width,
    "tasks.images.pack": (images: unknown) => images,
    "tasks.orders.charge": (order: string) => refuseCard(order),
    async "tasks.orders.gate"(name: string) {
      currentTask().progress(3, 8);
      gateOf(name).reach();
      await gateOf(name).opened;
      return name;
    },
    "tasks.mail.send": (to: string) => {
      throw new Error(`the mail server does not know ${to}`);
    },
    "tasks.reports.nightly": () => "done",
  });
  const workers: { stop(): Promise<void> }[] = [];
  return {
    app,
    send: (id, tree) => app.submit({ ...tree, options: { ...tree.options, id } }, []),
    open: (name) => gateOf(name).open(),
    reached: (name) => gateOf(name).reached,
    async work(settings = {}) {
      const worker = app.worker({ lease: "6s", maxDeliveries: 1_000, ...settings });
      await worker.start();
      workers.push(worker);
      return worker;
    },
    async close() {
      for (const gate of gates.values()) gate.open();
      await Promise.all(workers.map((worker) => worker.stop()));
      await app.close();
    },
  };
}

interface Gate {
  readonly opened: Promise<void>;
  readonly reached: Promise<void>;
  open(): void;
  reach(): void;
}

function makeGate(): Gate {
  let [open, reach] = [() => {}, () => {}];
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const reached = new Promise<void>((resolve) => {
    reach = resolve;
  });
  return { opened, reached, open: () => open(), reach: () => reach() };
}

/** Throws from a function of its own, so that there is a stack to show. */
function refuseCard(order: string): never {
  throw new CardRefused(`the card of ${order} was refused: insufficient funds`);
}

class CardRefused extends Error {
  override readonly name = "CardRefused";
}

/** Fetches, resizes to so many widths, packs. */
export function gallery(widths: number, last: Tree = call("tasks.images.pack")): Tree {
  const header = Array.from({ length: widths }, (_, i) =>
    chain(call("tasks.images.fetch", [`photo-${i}.jpg`]), call("tasks.images.resize")),
  );
  return chain(chord(header, call("tasks.images.pack")), last);
}

/** A gallery whose order cannot be paid. */
export const unpaid = (): Tree =>
  chain(call("tasks.images.fetch", ["<b>a</b>"]), call("tasks.orders.charge"), call("tasks.mail.send"));

/** Waits at a gate among other things. */
export const gated = (name: string): Tree =>
  chain(
    chord(
      [call("tasks.orders.gate", [name]), call("tasks.images.fetch", ["b"]), call("tasks.images.fetch", ["c"])],
      call("tasks.images.pack"),
    ),
    call("tasks.images.resize"),
  );
