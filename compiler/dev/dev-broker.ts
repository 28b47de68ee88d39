/** The broker of `tqc dev`: the one that is named, else a private Redis. */
import { type BrokerChoice, checked, namedBroker } from "../inspect/connect.js";
import { UsageError } from "../usage-error.js";
import { startPrivateRedis } from "./private-redis.js";

/** A broker for one session. */
export interface DevBroker {
  readonly url: string;
  readonly isPrivate: boolean;
  stop(): void;
}

/** Resolves once the broker can be used. Throws a UsageError where none is named and none can be started. */
export async function openDevBroker(choice: BrokerChoice): Promise<DevBroker> {
  const named = await namedBroker(choice);
  if (named !== undefined) return { url: checked(named), isPrivate: false, stop: () => {} };
  const started = await startPrivateRedis();
  if (started) return { ...started, isPrivate: true };
  throw new UsageError(
    "`tqc dev` runs tasks in a worker beside your program, so both need a broker: name one with --broker, or install redis-server and it starts one. " +
      "Without any, import tasks.registry.gen.ts in a script: on memory:// it is its own worker",
  );
}
