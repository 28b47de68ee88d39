/** Questions to the server that are asked once, and requests to change something. */
import type { AsidePart, Done, Hello, Hit, NodeView } from "../view.js";

/** What the server refused, in its own words. */
export class Refused extends Error {
  /** Of the answer; 0 where none came. */
  readonly status: number;

  constructor(message: string, status = 0) {
    super(message);
    this.status = status;
  }
}

async function ask<Answer>(path: string, options?: RequestInit): Promise<Answer> {
  const response = await fetch(path, options).catch(() => {
    throw new Refused("The dashboard's server does not answer.");
  });
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok) return answer as Answer;
  const says = typeof answer === "object" && answer !== null && "says" in answer ? String(answer.says) : undefined;
  throw new Refused(says ?? `The server answered with ${response.status}.`, response.status);
}

export const askHello = (): Promise<Hello> => ask("api/hello");

export const askNode = ({ run, index }: { readonly run: string; readonly index: number }): Promise<NodeView> =>
  ask(`api/node?run=${encodeURIComponent(run)}&index=${index}`);

export const askAside = (cursor: string): Promise<AsidePart> => ask(`api/aside?cursor=${encodeURIComponent(cursor)}`);

export const askSearch = (text: string): Promise<Hit[]> => ask(`api/search?q=${encodeURIComponent(text)}`);

/** Asks for a change; what came of it is told to the person. */
export function askChange(path: "api/revoke" | "api/retry", body: object): Promise<Done> {
  return ask(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}
