/** The dashboard as a request handler: for Node's own server, and as a middleware of Express, Connect, Fastify and the like. */
import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Broker } from "../../runtime/broker.js";
import { connectRedisBroker } from "../../runtime/brokers/redis/index.js";
import { ConfigurationError } from "../../runtime/errors.js";
import { mayEnter } from "./guard.js";
import { Hub } from "./hub.js";
import { logIn, refuse } from "./login.js";
import type { BrokerSource, DashboardOptions } from "./options.js";
import { type Place, placeOf } from "./place.js";
import { redirect, sendJson } from "./reply.js";
import { answer, type Desk, sendError, type Visit } from "./routes.js";

export type { BrokerSource, DashboardAccess, DashboardOptions, DashboardSettings } from "./options.js";

/** Answers requests. With `next`, what it has no page for goes on to others. */
export interface Dashboard {
  (request: IncomingMessage, response: ServerResponse, next?: (error?: unknown) => void): void;
  /** Ends its streams, and the connection to the broker where it has opened one. */
  close(): Promise<void>;
}

/**
 * A dashboard to mount: `server.use("/tasks", dashboard({ broker: app, authorize: isAdmin }))`. It looks into the broker
 * only while somebody looks at it.
 */
export function dashboard(options: DashboardOptions): Dashboard {
  needAccess(options);
  const source = sourceOf(options.broker);
  const hub = new Hub(source.broker);
  const hello = { version: version(), readOnly: options.readOnly === true };
  const desk: Desk = { hub, hello, streams: new Set(), broker: source.broker };
  const handle = (request: IncomingMessage, response: ServerResponse, next?: (error?: unknown) => void): void => {
    const goOn = next ?? (() => sendJson(response, { ok: false, says: "there is nothing here" }, 404));
    const place = placeIn(request, options.basePath);
    const answered = place ? receive(options, desk, { request, response, place }) : Promise.resolve(false);
    answered.then(
      (isAnswered) => {
        if (!isAnswered) goOn();
      },
      (error: unknown) => sendError(response, error),
    );
  };
  return Object.assign(handle, {
    async close() {
      hub.close();
      for (const end of desk.streams) end();
      await source.close();
    },
  });
}

function placeIn(request: IncomingMessage, basePath: string | undefined): Place | undefined {
  try {
    return placeOf(request, basePath);
  } catch {
    // A path that cannot be decoded leads nowhere.
    return undefined;
  }
}

async function receive(options: DashboardOptions, desk: Desk, visit: Visit): Promise<boolean> {
  const { response, place } = visit;
  if (place.lacksSlash) redirect(response, `${place.base}${place.query.size > 0 ? `?${place.query}` : ""}`);
  else if (logIn(visit, options.token)) return true;
  else if (await mayEnter(visit.request, options)) return answer(desk, visit);
  else refuse(visit);
  return true;
}

/** Programs in JavaScript may leave it out, and an open dashboard is nothing to have by accident. */
function needAccess({ token, authorize }: DashboardOptions): void {
  if (authorize !== undefined || (typeof token === "string" && token.length >= 8)) return;
  throw new ConfigurationError(
    token === undefined
      ? "a dashboard needs to know who may use it: give it a token, or authorize: (request) => boolean"
      : "a dashboard's token has 8 characters at least",
  );
}

interface OpenSource extends BrokerSource {
  close(): Promise<void>;
}

/** An application's broker stays its own; one that is named by its URL is opened when it is first asked for. */
function sourceOf(named: DashboardOptions["broker"] = process.env.TQC_BROKER_URL || undefined): OpenSource {
  if (named === undefined)
    throw new ConfigurationError("no broker is named; give the dashboard { broker }, or set TQC_BROKER_URL");
  if (typeof named !== "string") return { broker: () => named.broker(), close: async () => {} };
  if (named.startsWith("memory:"))
    throw new ConfigurationError(`${named} lives inside an application; give the dashboard { broker: app }`);
  let opened: Broker | undefined;
  return {
    async broker() {
      opened ??= connectRedisBroker(named, { connectTimeout: 3_000 });
      return opened;
    },
    close: async () => opened?.close(),
  };
}

function version(): string {
  for (const path of ["../../package.json", "../../../package.json"]) {
    try {
      return (JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8")) as { version: string }).version;
    } catch {
      // Compiled code stands one folder deeper than its source.
    }
  }
  return "unknown";
}
