/** What the dashboard answers, path by path. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Broker } from "../../runtime/broker.js";
import { BrokerUnavailableError } from "../../runtime/errors.js";
import { asideReport } from "../inspect/aside.js";
import { findRun } from "../inspect/lookup.js";
import { assets } from "./assets.js";
import { CHANGES } from "./change.js";
import { stream } from "./events.js";
import { needOwnOrigin } from "./guard.js";
import type { Hub } from "./hub.js";
import { toNodeView } from "./node-view.js";
import type { Place } from "./place.js";
import { Refusal, send, sendJson } from "./reply.js";
import { search } from "./search.js";
import type { AsidePart, Hello } from "./view.js";

/** What answers stand on. */
export interface Desk {
  readonly hub: Hub;
  readonly hello: Hello;
  /** Streams that are open, each by what ends it. */
  readonly streams: Set<() => void>;
  broker(): Promise<Broker>;
}

/** One request and where it leads. */
export interface Visit {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly place: Place;
}

/** Answers a request of somebody who may come in; false where there is nothing at that path. */
export async function answer(desk: Desk, visit: Visit): Promise<boolean> {
  const { path } = visit.place;
  const change = Object.hasOwn(CHANGES, path) ? CHANGES[path] : undefined;
  if (change) {
    if (visit.request.method !== "POST") throw new Refusal(405, "this is asked for with POST");
    if (desk.hello.readOnly) throw new Refusal(403, "this dashboard is read-only");
    needOwnOrigin(visit.request);
    sendJson(visit.response, await change(await readBody(visit.request), await desk.broker()));
    desk.hub.hurry();
    return true;
  }
  if (visit.request.method !== "GET" && visit.request.method !== "HEAD")
    throw new Refusal(405, "there is only GET here");
  return path.startsWith("api/") ? read(desk, visit) : serveAsset(visit);
}

function serveAsset({ response, place }: Visit): boolean {
  const body = assets().get(place.path);
  if (body) send(response, body);
  return body !== undefined;
}

async function read(desk: Desk, { response, place }: Visit): Promise<boolean> {
  switch (place.path) {
    case "api/hello":
      sendJson(response, desk.hello);
      return true;
    case "api/events": {
      const end = stream(desk.hub, place.query.get("run"), response);
      desk.streams.add(end);
      response.once("close", () => desk.streams.delete(end));
      return true;
    }
    case "api/search":
      sendJson(response, await search(place.query.get("q") ?? "", await desk.broker()));
      return true;
    case "api/aside":
      sendJson(response, await asidePart(place.query.get("cursor") ?? undefined, await desk.broker()));
      return true;
    case "api/node":
      sendJson(response, await nodeAt(place.query, await desk.broker()));
      return true;
  }
  return false;
}

/** How many set-aside messages a page is told of at once. */
const PAGE = 500;

async function asidePart(cursor: string | undefined, broker: Broker): Promise<AsidePart> {
  if (cursor !== undefined && !/^\d+( \d+)?$/.test(cursor))
    throw new Refusal(400, "that is no cursor of this dashboard");
  const { records, cursor: next } = await broker.aside({ limit: PAGE, cursor });
  return { records: records.map(asideReport), ...(next !== undefined && { cursor: next }) };
}

async function nodeAt(query: URLSearchParams, broker: Broker) {
  const id = query.get("run") ?? "";
  const { record } = await findRun(id, broker);
  const view = record && (await toNodeView({ broker, record, index: Number(query.get("index") ?? record.result) }));
  if (!view) throw new Refusal(404, `nothing is known of node ${query.get("index")} of run ${id}`);
  return view;
}

const LARGEST_BODY = 10_000;

async function readBody(request: IncomingMessage & { readonly body?: unknown }): Promise<unknown> {
  // Where a framework has read the body, nothing of it is left to read.
  if (request.body !== undefined) return request.body;
  let text = "";
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > LARGEST_BODY) throw new Refusal(413, "the request is too large");
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(400, "the request is not JSON");
  }
}

/** An error -> the answer that tells of it. */
export function sendError(response: ServerResponse, error: unknown): void {
  const says = error instanceof Error ? error.message : String(error);
  const own = error instanceof BrokerUnavailableError ? 503 : 500;
  if (response.headersSent) response.end();
  else sendJson(response, { ok: false, says }, error instanceof Refusal ? error.status : own);
}
