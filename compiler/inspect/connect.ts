/** Which broker the tools look at, and the way to it. */
import type { Broker } from "../../runtime/broker.js";
import { findConfig, loadConfig } from "../settings/config.js";
import { UsageError } from "../usage-error.js";

/** What a command was told. */
export interface BrokerChoice {
  /** The flag `--broker`. */
  readonly broker?: string | undefined;
  /** The flag `--config`. */
  readonly config?: string | undefined;
}

/** The broker's URL. Throws a UsageError where none is named, or it cannot be looked into. */
export async function brokerUrl(choice: BrokerChoice): Promise<string> {
  const url = await namedBroker(choice);
  if (url === undefined) throw new UsageError(`no broker is named; give --broker ${EXAMPLE}, or set TQC_BROKER_URL`);
  return checked(url);
}

/** The flag, else TQC_BROKER_URL, else the config file; undefined where nobody names a broker. */
export async function namedBroker(choice: BrokerChoice): Promise<string | undefined> {
  return choice.broker ?? (process.env.TQC_BROKER_URL || undefined) ?? (await configured(choice));
}

const EXAMPLE = "redis://localhost:6379";
const SCHEMES = ["redis:", "rediss:", "redis+sentinel:", "redis+cluster:"];

async function configured({ config }: BrokerChoice): Promise<string | undefined> {
  const path = config ?? findConfig(process.cwd());
  return path === undefined ? undefined : (await loadConfig(path)).broker;
}

/** Gives back a URL that leads to Redis. */
export function checked(url: string): string {
  if (url.startsWith("memory:")) {
    throw new UsageError(
      `${url} lives inside one process, so there is nothing to look into from here; name a Redis, such as ${EXAMPLE}`,
    );
  }
  const scheme = SCHEMES.find((known) => url.startsWith(`${known}//`));
  if (scheme === undefined || url.length === scheme.length + 2) {
    const known = SCHEMES.map((name) => `${name}//`).join(", ");
    throw new UsageError(
      `the broker is ${JSON.stringify(url)}, but a URL that starts with one of ${known} was expected`,
    );
  }
  return url;
}

/** Somebody sits there and waits; ms. */
const PATIENCE = 3_000;

/** Opens the broker for as long as `use` takes. */
export async function withBroker<T>(choice: BrokerChoice, use: (broker: Broker) => Promise<T>): Promise<T> {
  const url = await brokerUrl(choice);
  const { connectRedisBroker } = await import("../../runtime/brokers/redis/index.js");
  const broker = connectRedisBroker(url, { connectTimeout: PATIENCE });
  try {
    return await use(broker);
  } finally {
    await broker.close();
  }
}
