/** Which broker an application talks to, and how it is reached. */
import type { Broker } from "../broker.js";
import { createMemoryBroker } from "../brokers/memory/index.js";
import type { RedisBrokerOptions } from "../brokers/redis/options.js";
import type { Clock } from "../clock.js";
import { ConfigurationError } from "../errors.js";

/** What decides about the broker, strongest first. */
export interface BrokerChoice {
  /** What `configure` or `createApp` was told. */
  readonly configured: string | undefined;
  /** Whether tasks can run in this process. */
  readonly hasRegistry: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** The URL of the broker to use. Throws ConfigurationError where nobody has named one. */
export function chooseBroker({ configured, hasRegistry, environment }: BrokerChoice): string {
  const named = configured ?? (environment.TQC_BROKER_URL || undefined);
  if (named !== undefined) return named;
  if (hasRegistry && environment.NODE_ENV !== "production") return "memory://";
  const why = hasRegistry
    ? "in production, work in this process's memory would be lost with it"
    : "the registry is not imported here, so tasks sent to this process's memory would never run";
  throw new ConfigurationError(
    `no broker is named, and ${why}: set TQC_BROKER_URL=redis://localhost:6379, or call app.configure({ broker: "redis://localhost:6379" })`,
  );
}

/** Whether a URL names the embedded broker. */
export function isMemory(url: string): boolean {
  return url.startsWith("memory://");
}

const REDIS = /^(rediss?|redis\+sentinel|redis\+cluster):\/\//;

/** URL -> broker. The Redis client is loaded only by those who use it. */
export async function openBroker(
  url: string,
  { clock, redis }: { readonly clock: Clock; readonly redis?: RedisBrokerOptions },
): Promise<Broker> {
  if (isMemory(url)) return createMemoryBroker({ clock });
  if (!REDIS.test(url)) {
    throw new ConfigurationError(
      `a broker's URL starts with redis://, rediss://, redis+sentinel://, redis+cluster:// or memory://; found "${withoutPassword(url)}"`,
    );
  }
  const { connectRedisBroker } = await import("../brokers/redis/index.js");
  return connectRedisBroker(url, redis);
}

function withoutPassword(url: string): string {
  return url.replace(/\/\/[^@/]*@/, "//…@");
}
