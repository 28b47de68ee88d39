/** `tqc dashboard` as a server of its own: on this machine alone, unless it is told otherwise and given a token. */
import { randomBytes } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { UsageError } from "../usage-error.js";
import { type Dashboard, dashboard } from "./dashboard.js";
import { namesLoopback } from "./guard.js";
import type { DashboardAccess } from "./options.js";
import { sendJson } from "./reply.js";

/** What the command was told. */
export interface ServeOptions {
  readonly broker: string;
  readonly host: string;
  readonly port: number;
  readonly token?: string | undefined;
  readonly readOnly: boolean;
}

/** A dashboard that is served. */
export interface Serving {
  /** Where to go with a browser; it lets in. */
  readonly link: string;
  readonly port: number;
  stop(): Promise<void>;
}

/** Resolves once it listens. */
export async function serveDashboard({ broker, host, port, token, readOnly }: ServeOptions): Promise<Serving> {
  const isLocal = isLoopback(host);
  const needed = token ?? (isLocal ? undefined : randomBytes(18).toString("base64url"));
  const access: DashboardAccess = needed === undefined ? { authorize: namesLoopback } : { token: needed };
  const handle = dashboard({ broker, readOnly, ...access });
  const server = createServer((request, response) => {
    // A page elsewhere may have its name lead to this machine: such a request names a stranger as its host.
    if (isLocal && !namesLoopback(request))
      sendJson(response, { ok: false, says: "this dashboard answers to localhost alone" }, 421);
    else handle(request, response);
  });
  await listen(server, { host, port });
  const { port: actual } = server.address() as AddressInfo;
  const base = `http://${urlHost(host)}:${actual}/`;
  return {
    link: needed === undefined ? base : `${base}?token=${encodeURIComponent(needed)}`,
    port: actual,
    stop: () => stop(server, handle),
  };
}

/** Whether nobody outside this machine can reach what listens there. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host);
}

function urlHost(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "localhost";
  return host.includes(":") ? `[${host}]` : host;
}

function listen(server: Server, at: { readonly host: string; readonly port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const why = error.code === "EADDRINUSE" ? "the port is in use; say --port, or --port 0 for any" : error.message;
      reject(new UsageError(`the dashboard cannot listen at ${at.host}:${at.port}: ${why}`));
    });
    server.listen(at, () => resolve());
  });
}

async function stop(server: Server, handle: Dashboard): Promise<void> {
  await handle.close();
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}
