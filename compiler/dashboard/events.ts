/** Server-sent events: one stream per page, which tells it what changes. */
import type { ServerResponse } from "node:http";
import type { Hub } from "./hub.js";
import { SECURITY_HEADERS } from "./reply.js";

/** A comment now and then keeps proxies from taking a quiet stream for a dead one, ms. */
const KEEP_ALIVE = 15_000;

/** Streams to one page: everything, and one run where the page shows one. Ends with the connection. */
export function stream(hub: Hub, run: string | null, response: ServerResponse): () => void {
  response.writeHead(200, {
    ...SECURITY_HEADERS,
    "content-type": "text/event-stream; charset=utf-8",
    // A server that compresses would hold back events until it has enough of them.
    "cache-control": "no-store, no-transform",
    // Nginx would hold back what it takes for a short answer.
    "x-accel-buffering": "no",
  });
  response.write("retry: 2000\n\n");
  const hear = (event: string, data: string) => void response.write(`event: ${event}\ndata: ${data}\n\n`);
  const leaves = [hub.join(hear), ...(run === null ? [] : [hub.watch(run, hear)])];
  const keeping = setInterval(() => response.write(": here\n\n"), KEEP_ALIVE);
  keeping.unref();
  let ended = false;
  const end = () => {
    if (ended) return;
    ended = true;
    clearInterval(keeping);
    for (const leave of leaves) leave();
    response.end();
  };
  response.once("close", end);
  return end;
}
