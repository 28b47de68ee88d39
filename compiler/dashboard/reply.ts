/** How the dashboard answers: every answer carries the headers that keep a page to itself. */
import type { ServerResponse } from "node:http";

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

/** On every answer. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  "content-security-policy": POLICY,
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
};

/** An answer that ends a request early. */
export class Refusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** What is written, and how it is to be kept. */
export interface Body {
  readonly type: string;
  readonly content: string | Uint8Array;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Writes an answer and ends it. Nothing is kept by caches unless the headers say so. */
export function send(response: ServerResponse, { type, content, status = 200, headers }: Body): void {
  response.writeHead(status, { "cache-control": "no-store", ...SECURITY_HEADERS, "content-type": type, ...headers });
  response.end(content);
}

export function sendJson(response: ServerResponse, value: unknown, status = 200): void {
  send(response, { type: "application/json; charset=utf-8", content: JSON.stringify(value), status });
}

/** Leads the browser somewhere else. */
export function redirect(response: ServerResponse, to: string, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(303, { "cache-control": "no-store", ...SECURITY_HEADERS, location: to, ...headers }).end();
}
