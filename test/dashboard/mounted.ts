/** A dashboard on a server of its own, for as long as a test takes. */
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import { type DashboardOptions, dashboard } from "../../compiler/dashboard/dashboard.js";
import type { Broker } from "../../runtime/broker.js";

/** A broker as applications offer theirs. */
export const source = (broker: Broker) => ({ broker: async () => broker });

/** Serves with any listener; the reply is where. */
export async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Serves a dashboard alone. */
export async function mount(options: DashboardOptions): Promise<string> {
  const handle = dashboard(options);
  onTestFinished(() => handle.close());
  return serve((request, response) => handle(request, response));
}

/** What Connect and Express do: cut the mount off the URL, and keep the whole in `originalUrl`. */
export function under(
  prefix: string,
  handle: (request: IncomingMessage, response: ServerResponse, next: () => void) => void,
): RequestListener {
  return (request, response) => {
    const url = request.url ?? "/";
    const next = () => response.writeHead(404).end("next");
    if (url !== prefix && !url.startsWith(`${prefix}/`) && !url.startsWith(`${prefix}?`)) return next();
    const rest = url.slice(prefix.length);
    handle(Object.assign(request, { originalUrl: url, url: rest.startsWith("/") ? rest : `/${rest}` }), response, next);
  };
}
