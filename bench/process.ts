/** A consuming process, from outside. */
import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

export interface ConsumerProcess {
  /** Expect so many tasks from now, after some that only warm it up; resolves to the milliseconds from the first to the last. */
  expect(count: number, warm?: number): Promise<number>;
  readonly pid: number;
  stop(): Promise<void>;
}

/** Who consumes, and from where. */
export interface ConsumerOptions {
  readonly module: string;
  readonly url: string;
  readonly variant?: string | undefined;
}

/** Starts `consumer.ts` for a contender. It takes its first task when it is first told what to expect. */
export async function startConsumer({ module, url, variant }: ConsumerOptions): Promise<ConsumerProcess> {
  const file = fileURLToPath(new URL("consumer.ts", import.meta.url));
  const args = [module, url, ...(variant === undefined ? [] : [variant])];
  const child = fork(file, args, { execArgv: ["--import", "tsx"] });
  await once(child, "message");
  return {
    pid: child.pid ?? 0,
    async expect(count, warm = 0) {
      const answer = once(child, "message") as Promise<[{ done: number }]>;
      child.send({ count, warm });
      const [{ done }] = await answer;
      return done;
    },
    async stop() {
      const gone = once(child, "exit");
      child.disconnect();
      await gone;
    },
  };
}
