/** A chord over an async iterable, its producer and its worker in processes of their own on one Redis. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** What came of it; memory is resident, at its peak, in bytes. */
export interface WideChord {
  readonly value: number;
  readonly producer: number;
  readonly worker: number;
  readonly milliseconds: number;
}

/** Runs a chord of so many members, and ends both processes. */
export async function wideChord(url: string, count: number): Promise<WideChord> {
  const worker = start(["work", url]);
  await heard(worker);
  const begun = performance.now();
  const producer = start(["produce", url, `${count}`]);
  try {
    const { value, peak } = await heard<{ value: number; peak: number }>(producer);
    const milliseconds = performance.now() - begun;
    const told = heard<{ peak: number }>(worker);
    worker.send("peak");
    return { value, producer: peak, worker: (await told).peak, milliseconds };
  } finally {
    await Promise.all([producer, worker].map(end));
  }
}

function start(args: readonly string[]): ChildProcess {
  const root = fileURLToPath(new URL("..", import.meta.url));
  return fork(fileURLToPath(new URL("wide-process.ts", import.meta.url)), args, {
    cwd: root,
    execArgv: ["--import", "tsx"],
  });
}

/** The next message; an error where the process ends without one. */
async function heard<T>(child: ChildProcess): Promise<T> {
  const ended = once(child, "exit").then(([code]) => {
    throw new Error(`wide-process.ts ended with ${code} before it had said anything`);
  });
  const [message] = (await Promise.race([once(child, "message"), ended])) as [T];
  ended.catch(() => {});
  return message;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  if (child.connected) child.disconnect();
  await gone;
}
