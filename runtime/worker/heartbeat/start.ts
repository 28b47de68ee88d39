/** A heartbeat on a thread of its own. */
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { BrokerConnection } from "../../broker.js";
import { BEATS_PER_LEASE, type Heartbeat, type HeartbeatTarget, timerHeartbeat } from "../heartbeat.js";
import type { ThreadData, ThreadNews, ThreadOrder } from "./thread.js";

/** How often the event loop shows that it turns, ms. */
const PULSE = 500;
/** A loop that has stood still for so many leases is taken for hung. */
const PATIENCE = 10;
/** How long the thread has to end by itself, ms. */
const LAST_BEAT = 1_000;
/** How long a worker waits for its thread before it claims anything, ms. */
const WAKING = 1_000;
const isFromSources = import.meta.url.endsWith(".ts");

/**
 * Signs of life from a thread with its own connection, for as long as this event loop is not dead. It is waited for: what
 * is claimed is safe from the first moment on, and the loading of its modules does not compete with the first tasks.
 */
export function threadHeartbeat(connection: BrokerConnection): Heartbeat {
  return async (target) => {
    const pulse = new Int32Array(new SharedArrayBuffer(4));
    const thread = startThread({ connection, pulse }, target);
    const tellWork = teller(target, thread.tell);
    const beat = () => {
      Atomics.add(pulse, 0, 1);
      tellWork();
    };
    const beating = setInterval(beat, Math.min(PULSE, target.lease / BEATS_PER_LEASE));
    beating.unref();
    await thread.awake;
    return async () => {
      clearInterval(beating);
      await thread.stop();
    };
  };
}

/** Passes on what the worker has done, where there is more of it than the last time. */
function teller({ report }: HeartbeatTarget, tell: (order: ThreadOrder) => void): () => void {
  let told = report();
  return () => {
    const news = report();
    if (news !== told) tell(news);
    told = news;
  };
}

/** A thread that gives signs of life. */
interface Beating {
  /** Resolves once it is there, and soon in any case: a slow start is no reason not to work. */
  readonly awake: Promise<void>;
  tell(order: ThreadOrder): void;
  stop(): Promise<void>;
}

function startThread(
  { connection, pulse }: Pick<ThreadData, "connection" | "pulse">,
  target: HeartbeatTarget,
): Beating {
  const { card, lease, lost, failed } = target;
  const pause = lease / BEATS_PER_LEASE;
  const thread = openThread({ connection, card, lease, pause, pulse, patience: lease * PATIENCE });
  let fallback: (() => Promise<void>) | undefined;
  let stopped = false;
  thread.unref();
  thread.on("message", (news: ThreadNews) => {
    if (stopped || news.kind === "awake") return;
    if (news.kind === "lost") lost();
    else failed(new Error(news.message));
  });
  // A bundled program has no file for the thread; a lease kept by a timer is better than none.
  thread.on("error", (error) => {
    failed(error);
    if (!stopped) fallback ??= timerHeartbeat(target);
  });
  return {
    awake: awakening(thread, Math.min(WAKING, pause)),
    tell: (order) => thread.postMessage(order),
    async stop() {
      stopped = true;
      await Promise.all([fallback?.(), endThread(thread)]);
    },
  };
}

/** From its sources it takes so long to start that no test should wait for it. */
function awakening(thread: Worker, patience: number): Promise<void> {
  if (isFromSources) return Promise.resolve();
  return new Promise((resolve) => {
    const impatience = setTimeout(resolve, patience);
    const end = () => {
      clearTimeout(impatience);
      resolve();
    };
    // Its first word is that it is there.
    thread.once("message", end);
    thread.once("error", end);
  });
}

function openThread(workerData: ThreadData): Worker {
  if (!isFromSources) return new Worker(new URL("./thread.js", import.meta.url), { workerData });
  // Run from its sources, as in this project's own tests, the thread has to learn TypeScript first.
  const source = JSON.stringify(new URL("./thread.ts", import.meta.url).href);
  const learn = `import("tsx/esm/api").then(({ register }) => { register(); return import(${source}); });`;
  return new Worker(learn, { workerData, eval: true });
}

async function endThread(thread: Worker): Promise<void> {
  if (thread.threadId < 0) return;
  const ended = once(thread, "exit");
  thread.postMessage("stop" satisfies ThreadOrder);
  const impatience = setTimeout(() => void thread.terminate(), LAST_BEAT);
  await ended;
  clearTimeout(impatience);
}
