/** TypeScript 6's language server, spoken to as an editor does. */
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

interface Reply {
  readonly type: string;
  readonly request_seq?: number;
  readonly success?: boolean;
  readonly message?: string;
  readonly body?: unknown;
}

/** A place in an open file: lines and columns from 1. */
export interface Place {
  readonly line: number;
  readonly offset: number;
}

/** An editor with one unsaved file open, in the folder of the corpus. */
export class Editor {
  readonly #server: ChildProcessWithoutNullStreams;
  readonly #waiting = new Map<number, (reply: Reply) => void>();
  readonly #file = `${root}test/types/corpus/unsaved.ts`;
  #sent = 0;
  #rest = "";

  constructor() {
    const server = `${root}node_modules/typescript-6/lib/tsserver.js`;
    this.#server = spawn(process.execPath, [server, "--disableAutomaticTypingAcquisition"], { cwd: root });
    this.#server.stdout.setEncoding("utf8").on("data", (text: string) => this.#read(text));
  }

  /** Opens the file with this text; nothing is written to the disk. */
  open(text: string): void {
    this.#send("open", { file: this.#file, fileContent: text, scriptKindName: "TS", projectRootPath: root });
  }

  /** Asks about the file, at a place or as a whole. */
  async ask<Body>(command: string, more: object = {}): Promise<Body> {
    const seq = this.#send(command, { file: this.#file, ...more });
    const reply = await new Promise<Reply>((resolve) => this.#waiting.set(seq, resolve));
    if (!reply.success) throw new Error(`${command}: ${reply.message}`);
    return reply.body as Body;
  }

  /** Ends the server. */
  async close(): Promise<void> {
    const ended = new Promise((resolve) => this.#server.once("exit", resolve));
    this.#send("exit", {});
    await ended;
  }

  #send(command: string, args: object): number {
    this.#sent += 1;
    this.#server.stdin.write(`${JSON.stringify({ seq: this.#sent, type: "request", command, arguments: args })}\n`);
    return this.#sent;
  }

  #read(text: string): void {
    const lines = (this.#rest + text).split("\n");
    this.#rest = lines.pop() ?? "";
    for (const line of lines) {
      if (!line.startsWith("{")) continue;
      const reply = JSON.parse(line) as Reply;
      if (reply.type === "response" && reply.request_seq !== undefined) this.#waiting.get(reply.request_seq)?.(reply);
    }
  }
}

/** Where `|` stands in a text, and the text without it. */
export function caret(marked: string): { readonly text: string; readonly place: Place } {
  const before = marked.slice(0, marked.indexOf("|")).split("\n");
  return { text: marked.replace("|", ""), place: { line: before.length, offset: before.at(-1)!.length + 1 } };
}
