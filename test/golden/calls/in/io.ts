import { task } from "tqc";
import * as tqc from "tqc";
import { task as job } from "tqc";

const queue = { queue: "io" } as const;

/** Fetches a page. */
export const fetchPage = task({ ...queue, maxRetries: 3 }, async (url: string) => url.length);

export const ping = task(() => "pong");

function subtract(x: number, y: number): number {
  return x - y;
}
export const minus = task(subtract);

export const wrapped = tqc.task({ priority: 3 }, subtract);

const hidden = job(() => 1n);
export { hidden as shown };
