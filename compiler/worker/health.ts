/** Health over HTTP. It is progress, not life: a worker that only exists is not healthy. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { WorkerStats } from "../../runtime/worker/worker.js";
import type { Patient } from "./patient.js";

/** Without a successful fetch, or with a blocked event loop, for this long a worker is not well, ms. */
const LIMIT = 30_000;
const TICK = 500;

/** Why a worker is not well; undefined where it is. */
export function illness(stats: WorkerStats, now: number, lastTick: number): string | undefined {
  if (now - lastTick > LIMIT) return `the event loop was blocked for ${now - lastTick} ms`;
  const { state, running, concurrency, lastFetch } = stats;
  // A worker that is full has nothing to fetch, and one that drains wants nothing.
  if (state !== "serving" || running >= concurrency) return undefined;
  if (lastFetch === undefined) return "nothing has been fetched yet";
  return now - lastFetch > LIMIT ? `nothing could be fetched for ${now - lastFetch} ms` : undefined;
}

/** Serves /livez, /readyz and /metrics; resolves once it listens. */
export async function serveHealth(patient: Patient, port: number): Promise<() => Promise<void>> {
  let lastTick = Date.now();
  const ticking = setInterval(() => {
    lastTick = Date.now();
  }, TICK);
  ticking.unref();
  const server = createServer((request, response) => {
    answer(patient, lastTick, request, response).catch((error: unknown) => reply(response, 500, String(error)));
  });
  await listen(server, port);
  return async () => {
    clearInterval(ticking);
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  };
}

async function answer(
  patient: Patient,
  lastTick: number,
  { url = "/" }: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const stats = patient.stats();
  const ill = illness(stats, Date.now(), lastTick);
  const path = url.split("?")[0];
  if (path === "/livez") reply(response, ill ? 503 : 200, ill ?? "ok");
  else if (path === "/readyz") reply(response, ill || stats.state !== "serving" ? 503 : 200, ill ?? stats.state);
  else if (path === "/metrics") {
    const { metrics } = await import("./metrics.js");
    const { type, text } = await metrics(patient);
    response.writeHead(200, { "content-type": type }).end(text);
  } else reply(response, 404, "there are /livez, /readyz and /metrics");
}

function reply(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8" }).end(`${text}\n`);
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, () => resolve());
  });
}
