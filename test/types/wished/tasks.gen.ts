import { byName, createApp, createTask } from "tqc";
import type { Anything, AsyncResult, Bindable, Open, Signature, Task } from "tqc";
import type * as tasks_side from "./tasks/side.js";
import type * as tasks_text from "./tasks/text.js";

export { chain, chord, chunks, group, maybeSignature, StampingVisitor, xmap, xstarmap } from "tqc";

export const app = createApp();

// tasks.math.add
interface add$ {
  readonly name: "add";
  readonly names: ["x", "y"];
  readonly takes: ["x: number", "y: number"];
  readonly returns: "number";
}
interface add$Task extends Task<[x: number, y: number], number, add$> {
  /** Adds two numbers. */
  s(x: number, y: number): Signature<[], number, add$>;
  /** Adds two numbers. */
  s(y: number): Signature<[x: number], number, add$>;
  /** Adds two numbers. */
  s(): Signature<[x: number, y: number], number, add$>;
  /** Adds two numbers. */
  si(x: number, y: number): Signature<Anything, number, add$>;
  /** Adds two numbers. */
  delay(x: number, y: number): Promise<AsyncResult<number>>;
}
/** Adds two numbers. */
export const add: add$Task = createTask<add$Task>(app, {
  "name": "tasks.math.add",
  "module": "tasks/math.ts",
  "export": "add",
  "builder": "add",
  "parameters": [
    {
      "name": "x",
      "schema": true,
      "text": "x: number"
    },
    {
      "name": "y",
      "schema": true,
      "text": "y: number"
    }
  ],
  "result": true,
  "returns": "number",
  "options": {},
  "documentation": "Adds two numbers.",
  "fingerprint": "f-add",
  "codec": "json"
});

// tasks.math.max
interface max$ {
  readonly name: "max";
  readonly names: ["first", "others"];
  readonly takes: ["first: number", "...others: number[]"];
  readonly returns: "number";
}
interface max$Task extends Task<[first: number, ...others: number[]], number, max$> {
  /** The largest of some numbers. */
  s<const Given extends Bindable<[first: number, ...others: number[]]>>(...given: Given): Signature<Open<[first: number, ...others: number[]], Given>, number, max$>;
  /** The largest of some numbers. */
  si(first: number, ...others: number[]): Signature<Anything, number, max$>;
  /** The largest of some numbers. */
  delay(first: number, ...others: number[]): Promise<AsyncResult<number>>;
}
/** The largest of some numbers. */
export const max: max$Task = createTask<max$Task>(app, {
  "name": "tasks.math.max",
  "module": "tasks/math.ts",
  "export": "max",
  "builder": "max",
  "parameters": [
    {
      "name": "first",
      "schema": true,
      "text": "first: number"
    },
    {
      "name": "others",
      "rest": true,
      "schema": true,
      "text": "...others: number[]"
    }
  ],
  "result": true,
  "returns": "number",
  "options": {},
  "documentation": "The largest of some numbers.",
  "fingerprint": "f-max",
  "codec": "json"
});

// tasks.math.mul
interface mul$ {
  readonly name: "mul";
  readonly names: ["x", "y"];
  readonly takes: ["x: number", "y: number"];
  readonly returns: "number";
}
interface mul$Task extends Task<[x: number, y: number], number, mul$> {
  /** Multiplies two numbers. */
  s(x: number, y: number): Signature<[], number, mul$>;
  /** Multiplies two numbers. */
  s(y: number): Signature<[x: number], number, mul$>;
  /** Multiplies two numbers. */
  s(): Signature<[x: number, y: number], number, mul$>;
  /** Multiplies two numbers. */
  si(x: number, y: number): Signature<Anything, number, mul$>;
  /** Multiplies two numbers. */
  delay(x: number, y: number): Promise<AsyncResult<number>>;
}
/** Multiplies two numbers. */
export const mul: mul$Task = createTask<mul$Task>(app, {
  "name": "tasks.math.mul",
  "module": "tasks/math.ts",
  "export": "mul",
  "builder": "mul",
  "parameters": [
    {
      "name": "x",
      "schema": true,
      "text": "x: number"
    },
    {
      "name": "y",
      "schema": true,
      "text": "y: number"
    }
  ],
  "result": true,
  "returns": "number",
  "options": {},
  "documentation": "Multiplies two numbers.",
  "fingerprint": "f-mul",
  "codec": "json"
});

// tasks.math.pow
interface pow$ {
  readonly name: "pow";
  readonly names: ["base", "exp"];
  readonly takes: ["base: number", "exp?: number"];
  readonly returns: "number";
}
interface pow$Task extends Task<[base: number, exp?: number | undefined], number, pow$> {
  /** Raises a number to a power, 2 by default. */
  s<const Given extends Bindable<[base: number, exp?: number | undefined]>>(...given: Given): Signature<Open<[base: number, exp?: number | undefined], Given>, number, pow$>;
  /** Raises a number to a power, 2 by default. */
  si(base: number, exp?: number): Signature<Anything, number, pow$>;
  /** Raises a number to a power, 2 by default. */
  delay(base: number, exp?: number): Promise<AsyncResult<number>>;
}
/** Raises a number to a power, 2 by default. */
export const pow: pow$Task = createTask<pow$Task>(app, {
  "name": "tasks.math.pow",
  "module": "tasks/math.ts",
  "export": "pow",
  "builder": "pow",
  "parameters": [
    {
      "name": "base",
      "schema": true,
      "text": "base: number"
    },
    {
      "name": "exp",
      "optional": true,
      "schema": true,
      "text": "exp?: number"
    }
  ],
  "result": true,
  "returns": "number",
  "options": {},
  "documentation": "Raises a number to a power, 2 by default.",
  "fingerprint": "f-pow",
  "codec": "json"
});

// tasks.math.sum
interface sum$ {
  readonly name: "sum";
  readonly names: ["list"];
  readonly takes: ["list: number[]"];
  readonly returns: "number";
}
interface sum$Task extends Task<[list: number[]], number, sum$> {
  /** Adds up a list. */
  s(list: number[]): Signature<[], number, sum$>;
  /** Adds up a list. */
  s(): Signature<[list: number[]], number, sum$>;
  /** Adds up a list. */
  si(list: number[]): Signature<Anything, number, sum$>;
  /** Adds up a list. */
  delay(list: number[]): Promise<AsyncResult<number>>;
}
/** Adds up a list. */
export const sum: sum$Task = createTask<sum$Task>(app, {
  "name": "tasks.math.sum",
  "module": "tasks/math.ts",
  "export": "sum",
  "builder": "sum",
  "parameters": [
    {
      "name": "list",
      "schema": true,
      "text": "list: number[]"
    }
  ],
  "result": true,
  "returns": "number",
  "options": {},
  "documentation": "Adds up a list.",
  "fingerprint": "f-sum",
  "codec": "json"
});

// tasks.side.Reports.render
interface Reports$render$ {
  readonly name: "Reports.render";
  readonly names: ["id", "pages"];
  readonly takes: ["id: string", "pages: number"];
  readonly returns: "Uint8Array";
}
interface Reports$render$Task extends Task<[id: string, pages: number], Uint8Array, Reports$render$> {
  /**
   * Renders a report.
   *
   * Takes its time.
   */
  s(id: string, pages: number): Signature<[], Uint8Array, Reports$render$>;
  /**
   * Renders a report.
   *
   * Takes its time.
   */
  s(pages: number): Signature<[id: string], Uint8Array, Reports$render$>;
  /**
   * Renders a report.
   *
   * Takes its time.
   */
  s(): Signature<[id: string, pages: number], Uint8Array, Reports$render$>;
  /**
   * Renders a report.
   *
   * Takes its time.
   */
  si(id: string, pages: number): Signature<Anything, Uint8Array, Reports$render$>;
  /**
   * Renders a report.
   *
   * Takes its time.
   */
  delay(id: string, pages: number): Promise<AsyncResult<Uint8Array>>;
}
export const Reports = {
/**
 * Renders a report.
 *
 * Takes its time.
 */
  render: createTask<Reports$render$Task>(app, {
  "name": "tasks.side.Reports.render",
  "module": "tasks/side.ts",
  "export": "Reports.render",
  "builder": "Reports.render",
  "parameters": [
    {
      "name": "id",
      "schema": true,
      "text": "id: string"
    },
    {
      "name": "pages",
      "schema": true,
      "text": "pages: number"
    }
  ],
  "result": true,
  "returns": "Uint8Array",
  "options": {
    "queue": "reports"
  },
  "documentation": "Renders a report.\n\nTakes its time.",
  "fingerprint": "f-Reports.render",
  "codec": "json"
}),
};

// tasks.side.fail
interface fail$ {
  readonly name: "fail";
  readonly names: [];
  readonly takes: [];
  readonly returns: "never";
}
interface fail$Task extends Task<[], never, fail$> {
  /** Always fails. */
  s(): Signature<[], never, fail$>;
  /** Always fails. */
  si(): Signature<Anything, never, fail$>;
  /** Always fails. */
  delay(): Promise<AsyncResult<never>>;
}
/** Always fails. */
export const fail: fail$Task = createTask<fail$Task>(app, {
  "name": "tasks.side.fail",
  "module": "tasks/side.ts",
  "export": "fail",
  "builder": "fail",
  "parameters": [],
  "result": true,
  "returns": "never",
  "options": {},
  "documentation": "Always fails.",
  "fingerprint": "f-fail",
  "codec": "json"
});

// tasks.side.keep
interface keep$ {
  readonly name: "keep";
  readonly names: ["value"];
  readonly takes: ["value: unknown"];
  readonly returns: "unknown";
}
interface keep$Task extends Task<[value: unknown], unknown, keep$> {
  /** Hands on what it is given. */
  s(value: unknown): Signature<[], unknown, keep$>;
  /** Hands on what it is given. */
  s(): Signature<[value: unknown], unknown, keep$>;
  /** Hands on what it is given. */
  si(value: unknown): Signature<Anything, unknown, keep$>;
  /** Hands on what it is given. */
  delay(value: unknown): Promise<AsyncResult<unknown>>;
}
/** Hands on what it is given. */
export const keep: keep$Task = createTask<keep$Task>(app, {
  "name": "tasks.side.keep",
  "module": "tasks/side.ts",
  "export": "keep",
  "builder": "keep",
  "parameters": [
    {
      "name": "value",
      "schema": true,
      "text": "value: unknown"
    }
  ],
  "result": true,
  "returns": "unknown",
  "options": {},
  "documentation": "Hands on what it is given.",
  "fingerprint": "f-keep",
  "codec": "json"
});

// tasks.side.log
interface log$ {
  readonly name: "log";
  readonly names: ["message"];
  readonly takes: ["message: string"];
  readonly returns: "void";
}
interface log$Task extends Task<[message: string], void, log$> {
  /** Writes a line to the log. */
  s(message: string): Signature<[], void, log$>;
  /** Writes a line to the log. */
  s(): Signature<[message: string], void, log$>;
  /** Writes a line to the log. */
  si(message: string): Signature<Anything, void, log$>;
  /** Writes a line to the log. */
  delay(message: string): Promise<AsyncResult<void>>;
}
/** Writes a line to the log. */
export const log: log$Task = createTask<log$Task>(app, {
  "name": "tasks.side.log",
  "module": "tasks/side.ts",
  "export": "log",
  "builder": "log",
  "parameters": [
    {
      "name": "message",
      "schema": true,
      "text": "message: string"
    }
  ],
  "result": true,
  "returns": "void",
  "options": {},
  "documentation": "Writes a line to the log.",
  "fingerprint": "f-log",
  "codec": "json"
});

// tasks.side.onFailure
interface onFailure$ {
  readonly name: "onFailure";
  readonly names: ["failure"];
  readonly takes: ["failure: TaskFailure"];
  readonly returns: "void";
}
interface onFailure$Task extends Task<[failure: Parameters<typeof tasks_side.onFailure>[0]], void, onFailure$> {
  /** Notes a failure. */
  s(failure: Parameters<typeof tasks_side.onFailure>[0]): Signature<[], void, onFailure$>;
  /** Notes a failure. */
  s(): Signature<[failure: Parameters<typeof tasks_side.onFailure>[0]], void, onFailure$>;
  /** Notes a failure. */
  si(failure: Parameters<typeof tasks_side.onFailure>[0]): Signature<Anything, void, onFailure$>;
  /** Notes a failure. */
  delay(failure: Parameters<typeof tasks_side.onFailure>[0]): Promise<AsyncResult<void>>;
}
/** Notes a failure. */
export const onFailure: onFailure$Task = createTask<onFailure$Task>(app, {
  "name": "tasks.side.onFailure",
  "module": "tasks/side.ts",
  "export": "onFailure",
  "builder": "onFailure",
  "parameters": [
    {
      "name": "failure",
      "schema": true,
      "text": "failure: TaskFailure"
    }
  ],
  "result": true,
  "returns": "void",
  "options": {},
  "documentation": "Notes a failure.",
  "fingerprint": "f-onFailure",
  "codec": "json"
});

// tasks.side.ping
interface ping$ {
  readonly name: "ping";
  readonly names: [];
  readonly takes: [];
  readonly returns: "\"pong\"";
}
interface ping$Task extends Task<[], "pong", ping$> {
  /** Says that it is there. */
  s(): Signature<[], "pong", ping$>;
  /** Says that it is there. */
  si(): Signature<Anything, "pong", ping$>;
  /** Says that it is there. */
  delay(): Promise<AsyncResult<"pong">>;
}
/** Says that it is there. */
export const ping: ping$Task = createTask<ping$Task>(app, {
  "name": "tasks.side.ping",
  "module": "tasks/side.ts",
  "export": "ping",
  "builder": "ping",
  "parameters": [],
  "result": true,
  "returns": "\"pong\"",
  "options": {},
  "documentation": "Says that it is there.",
  "fingerprint": "f-ping",
  "codec": "json"
});

// tasks.side.tally
interface tally$ {
  readonly name: "tally";
  readonly names: ["outcomes"];
  readonly takes: ["outcomes: Settled<number>[]"];
  readonly returns: "number";
}
interface tally$Task extends Task<[outcomes: Parameters<typeof tasks_side.tally>[0]], number, tally$> {
  /** Notes the outcomes of a chord. */
  s(outcomes: Parameters<typeof tasks_side.tally>[0]): Signature<[], number, tally$>;
  /** Notes the outcomes of a chord. */
  s(): Signature<[outcomes: Parameters<typeof tasks_side.tally>[0]], number, tally$>;
  /** Notes the outcomes of a chord. */
  si(outcomes: Parameters<typeof tasks_side.tally>[0]): Signature<Anything, number, tally$>;
  /** Notes the outcomes of a chord. */
  delay(outcomes: Parameters<typeof tasks_side.tally>[0]): Promise<AsyncResult<number>>;
}
/** Notes the outcomes of a chord. */
export const tally: tally$Task = createTask<tally$Task>(app, {
  "name": "tasks.side.tally",
  "module": "tasks/side.ts",
  "export": "tally",
  "builder": "tally",
  "parameters": [
    {
      "name": "outcomes",
      "schema": true,
      "text": "outcomes: Settled<number>[]"
    }
  ],
  "result": true,
  "returns": "number",
  "options": {},
  "documentation": "Notes the outcomes of a chord.",
  "fingerprint": "f-tally",
  "codec": "json"
});

// tasks.text.fetchPage
interface fetchPage$ {
  readonly name: "fetchPage";
  readonly names: ["url", "mode"];
  readonly takes: ["url: string", "mode?: \"fast\" | \"full\""];
  readonly returns: "Page";
}
interface fetchPage$Task extends Task<[url: string, mode?: "fast" | "full" | undefined], tasks_text.Page, fetchPage$> {
  /** Fetches a page. */
  s<const Given extends Bindable<[url: string, mode?: "fast" | "full" | undefined]>>(...given: Given): Signature<Open<[url: string, mode?: "fast" | "full" | undefined], Given>, tasks_text.Page, fetchPage$>;
  /** Fetches a page. */
  si(url: string, mode?: "fast" | "full"): Signature<Anything, tasks_text.Page, fetchPage$>;
  /** Fetches a page. */
  delay(url: string, mode?: "fast" | "full"): Promise<AsyncResult<tasks_text.Page>>;
}
/** Fetches a page. */
export const fetchPage: fetchPage$Task = createTask<fetchPage$Task>(app, {
  "name": "tasks.text.fetchPage",
  "module": "tasks/text.ts",
  "export": "fetchPage",
  "builder": "fetchPage",
  "parameters": [
    {
      "name": "url",
      "schema": true,
      "text": "url: string"
    },
    {
      "name": "mode",
      "optional": true,
      "schema": true,
      "text": "mode?: \"fast\" | \"full\""
    }
  ],
  "result": true,
  "returns": "Page",
  "options": {},
  "documentation": "Fetches a page.",
  "fingerprint": "f-fetchPage",
  "codec": "json"
});

// tasks.text.fmt
interface fmt$ {
  readonly name: "fmt";
  readonly names: ["n", "digits", "locale"];
  readonly takes: ["n: number", "digits?: number", "locale?: string"];
  readonly returns: "string";
}
interface fmt$Task extends Task<[n: number, digits?: number | undefined, locale?: string | undefined], string, fmt$> {
  /** Writes a number for people. */
  s<const Given extends Bindable<[n: number, digits?: number | undefined, locale?: string | undefined]>>(...given: Given): Signature<Open<[n: number, digits?: number | undefined, locale?: string | undefined], Given>, string, fmt$>;
  /** Writes a number for people. */
  si(n: number, digits?: number, locale?: string): Signature<Anything, string, fmt$>;
  /** Writes a number for people. */
  delay(n: number, digits?: number, locale?: string): Promise<AsyncResult<string>>;
}
/** Writes a number for people. */
export const fmt: fmt$Task = createTask<fmt$Task>(app, {
  "name": "tasks.text.fmt",
  "module": "tasks/text.ts",
  "export": "fmt",
  "builder": "fmt",
  "parameters": [
    {
      "name": "n",
      "schema": true,
      "text": "n: number"
    },
    {
      "name": "digits",
      "optional": true,
      "schema": true,
      "text": "digits?: number"
    },
    {
      "name": "locale",
      "optional": true,
      "schema": true,
      "text": "locale?: string"
    }
  ],
  "result": true,
  "returns": "string",
  "options": {},
  "documentation": "Writes a number for people.",
  "fingerprint": "f-fmt",
  "codec": "json"
});

// tasks.text.join
interface join$ {
  readonly name: "join";
  readonly names: ["separator", "parts"];
  readonly takes: ["separator: string", "...parts: string[]"];
  readonly returns: "string";
}
interface join$Task extends Task<[separator: string, ...parts: string[]], string, join$> {
  /** Puts texts together. */
  s<const Given extends Bindable<[separator: string, ...parts: string[]]>>(...given: Given): Signature<Open<[separator: string, ...parts: string[]], Given>, string, join$>;
  /** Puts texts together. */
  si(separator: string, ...parts: string[]): Signature<Anything, string, join$>;
  /** Puts texts together. */
  delay(separator: string, ...parts: string[]): Promise<AsyncResult<string>>;
}
/** Puts texts together. */
export const join: join$Task = createTask<join$Task>(app, {
  "name": "tasks.text.join",
  "module": "tasks/text.ts",
  "export": "join",
  "builder": "join",
  "parameters": [
    {
      "name": "separator",
      "schema": true,
      "text": "separator: string"
    },
    {
      "name": "parts",
      "rest": true,
      "schema": true,
      "text": "...parts: string[]"
    }
  ],
  "result": true,
  "returns": "string",
  "options": {},
  "documentation": "Puts texts together.",
  "fingerprint": "f-join",
  "codec": "json"
});

// tasks.text.titles
interface titles$ {
  readonly name: "titles";
  readonly names: ["pages"];
  readonly takes: ["pages: Page[]"];
  readonly returns: "(string | null)[]";
}
interface titles$Task extends Task<[pages: tasks_text.Page[]], (string | null)[], titles$> {
  /** The titles of pages. */
  s(pages: tasks_text.Page[]): Signature<[], (string | null)[], titles$>;
  /** The titles of pages. */
  s(): Signature<[pages: tasks_text.Page[]], (string | null)[], titles$>;
  /** The titles of pages. */
  si(pages: tasks_text.Page[]): Signature<Anything, (string | null)[], titles$>;
  /** The titles of pages. */
  delay(pages: tasks_text.Page[]): Promise<AsyncResult<(string | null)[]>>;
}
/** The titles of pages. */
export const titles: titles$Task = createTask<titles$Task>(app, {
  "name": "tasks.text.titles",
  "module": "tasks/text.ts",
  "export": "titles",
  "builder": "titles",
  "parameters": [
    {
      "name": "pages",
      "schema": true,
      "text": "pages: Page[]"
    }
  ],
  "result": true,
  "returns": "(string | null)[]",
  "options": {},
  "documentation": "The titles of pages.",
  "fingerprint": "f-titles",
  "codec": "json"
});

// tasks.text.upper
interface upper$ {
  readonly name: "upper";
  readonly names: ["text"];
  readonly takes: ["text: string"];
  readonly returns: "string";
}
interface upper$Task extends Task<[text: string], string, upper$> {
  /** Makes a text upper case. */
  s(text: string): Signature<[], string, upper$>;
  /** Makes a text upper case. */
  s(): Signature<[text: string], string, upper$>;
  /** Makes a text upper case. */
  si(text: string): Signature<Anything, string, upper$>;
  /** Makes a text upper case. */
  delay(text: string): Promise<AsyncResult<string>>;
}
/** Makes a text upper case. */
export const upper: upper$Task = createTask<upper$Task>(app, {
  "name": "tasks.text.upper",
  "module": "tasks/text.ts",
  "export": "upper",
  "builder": "upper",
  "parameters": [
    {
      "name": "text",
      "schema": true,
      "text": "text: string"
    }
  ],
  "result": true,
  "returns": "string",
  "options": {},
  "documentation": "Makes a text upper case.",
  "fingerprint": "f-upper",
  "codec": "json"
});

/** A signature of a task by its name on the wire. */
export const signature = byName<{
  "tasks.math.add": add$Task;
  "tasks.math.max": max$Task;
  "tasks.math.mul": mul$Task;
  "tasks.math.pow": pow$Task;
  "tasks.math.sum": sum$Task;
  "tasks.side.Reports.render": Reports$render$Task;
  "tasks.side.fail": fail$Task;
  "tasks.side.keep": keep$Task;
  "tasks.side.log": log$Task;
  "tasks.side.onFailure": onFailure$Task;
  "tasks.side.ping": ping$Task;
  "tasks.side.tally": tally$Task;
  "tasks.text.fetchPage": fetchPage$Task;
  "tasks.text.fmt": fmt$Task;
  "tasks.text.join": join$Task;
  "tasks.text.titles": titles$Task;
  "tasks.text.upper": upper$Task;
}>(app);
