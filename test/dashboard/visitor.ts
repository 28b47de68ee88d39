/** A visitor that is no browser: requests with any header, and streams read event by event. */
import { type IncomingHttpHeaders, type IncomingMessage, request } from "node:http";

/** What came back. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  json(): unknown;
}

export interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Asks once. */
export async function ask(url: string, asked: Asked = {}): Promise<Answer> {
  const response = await open(url, asked);
  let text = "";
  for await (const chunk of response) text += String(chunk);
  return { status: response.statusCode ?? 0, headers: response.headers, text, json: () => JSON.parse(text) as unknown };
}

/** Asks for a change, as the pages do. */
export function change(url: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
  return ask(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
}

function open(url: string, { method = "GET", headers = {}, body }: Asked): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request(url, { method, headers, agent: false }, resolve).once("error", reject).end(body);
  });
}

/** A stream that is open. */
export interface Stream {
  readonly status: number;
  /** The next event of that name for which `fits` holds; those of that name before it are passed over. */
  until<Value>(event: string, fits?: (value: Value) => boolean): Promise<Value>;
  /** How often an event of that name has come. */
  count(event: string): number;
  close(): void;
}

/** Opens a stream of events. */
export async function listen(url: string, headers: Readonly<Record<string, string>> = {}): Promise<Stream> {
  const response = await open(url, { headers });
  const heard: { readonly event: string; readonly value: unknown }[] = [];
  const waiting = new Set<() => void>();
  const read = new Map<string, number>();
  let rest = "";
  response.on("data", (chunk: Buffer) => {
    const blocks = (rest + chunk.toString()).split("\n\n");
    rest = blocks.pop() ?? "";
    for (const block of blocks) {
      const [, event, data] = /^event: (.*)\ndata: (.*)$/s.exec(block) ?? [];
      if (event !== undefined && data !== undefined) heard.push({ event, value: JSON.parse(data) });
    }
    for (const wake of waiting) wake();
  });
  response.on("error", () => {});
  return {
    status: response.statusCode ?? 0,
    count: (event) => heard.filter((each) => each.event === event).length,
    close: () => response.destroy(),
    async until<Value>(event: string, fits: (value: Value) => boolean = () => true): Promise<Value> {
      for (;;) {
        for (let at = read.get(event) ?? 0; at < heard.length; at++) {
          read.set(event, at + 1);
          const next = heard[at]!;
          if (next.event === event && fits(next.value as Value)) return next.value as Value;
        }
        await new Promise<void>((resolve) => {
          const wake = () => {
            waiting.delete(wake);
            resolve();
          };
          waiting.add(wake);
        });
      }
    },
  };
}
