/** The other side of `threadHeartbeat`: a thread with a connection of its own, which a busy event loop cannot silence. */
import { parentPort, workerData } from "node:worker_threads";
import type { BrokerConnection, WorkerCard, WorkReport } from "../../broker.js";
import { connectRedisBroker } from "../../brokers/redis/index.js";

/** What the thread is started with. */
export interface ThreadData {
  readonly connection: BrokerConnection;
  readonly card: WorkerCard;
  /** Milliseconds between two signs of life, and how long each one lasts. */
  readonly pause: number;
  readonly lease: number;
  /** A count that the event loop it speaks for keeps raising. */
  readonly pulse: Int32Array;
  /** After so many ms without a change of the count, the worker is taken for hung. */
  readonly patience: number;
}

/** What the thread is told: what the worker has done so far, or that this is the end. */
export type ThreadOrder = WorkReport | "stop";

/** What the thread tells. */
export type ThreadNews =
  | { readonly kind: "awake" }
  | { readonly kind: "lost" }
  | { readonly kind: "failed"; readonly message: string };

const { connection, card, pause, lease, pulse, patience } = workerData as ThreadData;
const broker = connectRedisBroker(connection.url, connection.options);
let lastCount = Atomics.load(pulse, 0);
let lastChange = Date.now();
let hung = false;
let report: WorkReport | undefined;

const timer = setInterval(() => {
  if (isHung()) return;
  broker.extend(card, lease, report).then(
    (reply) => {
      if (reply === "lost") tell({ kind: "lost" });
    },
    (error: unknown) => tell({ kind: "failed", message: String(error) }),
  );
}, pause);

parentPort?.on("message", (order: ThreadOrder) => {
  if (order !== "stop") {
    report = order;
    return;
  }
  clearInterval(timer);
  void broker.close();
  parentPort?.close();
});

tell({ kind: "awake" });

/** A loop that has stood still for too long must not hold its work for ever. */
function isHung(): boolean {
  const count = Atomics.load(pulse, 0);
  const now = Date.now();
  if (count !== lastCount) [lastCount, lastChange] = [count, now];
  const was = hung;
  hung = now - lastChange > patience;
  if (hung && !was) tell({ kind: "failed", message: `the event loop has stood still for ${now - lastChange} ms` });
  return hung;
}

function tell(news: ThreadNews): void {
  parentPort?.postMessage(news);
}
