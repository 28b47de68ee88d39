/** TQC1…: where and how a task is marked. */
export const markCodes = {
  TQC1001: {
    severity: "error",
    title: "The tag does not start a line",
    cause:
      "`@task` marks a function only at the start of a line of its doc comment, so that prose can speak of `@task`.",
    example: "/** Adds two numbers. @task */\nexport function add(x: number, y: number) { return x + y; }",
    fix: "/** Adds two numbers.\n *  @task */\nexport function add(x: number, y: number) { return x + y; }",
  },
  TQC1002: {
    severity: "error",
    title: "What is marked is not a function",
    cause: "A task is a function, an arrow function in a constant, or a static method.",
    example: "/** @task */\nexport const limit = 5;",
    fix: "/** @task */\nexport const limit = () => 5;",
  },
  TQC1003: {
    severity: "error",
    title: "The task is not exported",
    cause: "The worker imports the module and takes the task from its exports.",
    example: "/** @task */\nfunction add(x: number, y: number) { return x + y; }",
    fix: "/** @task */\nexport function add(x: number, y: number) { return x + y; }",
  },
  TQC1004: {
    severity: "error",
    title: "The member is not a public static method",
    cause: "A worker has no instance to call a method on; only a public static method stands on its own.",
    example: "export class Reports {\n  @task() render(id: string) { return id; }\n}",
    fix: "export class Reports {\n  @task() static render(id: string) { return id; }\n}",
  },
  TQC1005: {
    severity: "error",
    title: "A decorator on a function",
    cause: "TypeScript allows decorators on classes and their members only (TS1206).",
    example: "@task()\nexport function add(x: number, y: number) { return x + y; }",
    fix: "/** @task */\nexport function add(x: number, y: number) { return x + y; }",
  },
  TQC1006: {
    severity: "error",
    title: "task(...) is not the value of an exported constant",
    cause: "A task is reached by its module and its export, so `task(...)` is the whole value of an exported constant.",
    example: 'export const tasks = { ping: task(() => "pong") };',
    fix: 'export const ping = task(() => "pong");',
  },
  TQC1007: {
    severity: "error",
    title: "The task is generic",
    cause:
      "A message has no type arguments, so the contract cannot say what a type parameter stands for, unless a constraint does: a task whose type parameters all have one is taken as its constraints say, like `Parameters<typeof first>` and `ReturnType<typeof first>`.",
    example: "/** @task */\nexport function first<T>(items: T[]): T | undefined { return items[0]; }",
    fix: "/** @task */\nexport function first<T extends string | number>(items: T[]): T | undefined { return items[0]; }",
  },
  TQC1008: {
    severity: "error",
    title: "The task is overloaded",
    cause: "A task has one contract; overloads would be several.",
    example:
      "/** @task */\nexport function size(x: string): number;\nexport function size(x: string[]): number;\nexport function size(x: string | string[]) { return x.length; }",
    fix: "/** @task */\nexport function size(x: string | string[]) { return x.length; }",
  },
  TQC1009: {
    severity: "error",
    title: "The task is exported twice",
    cause: "Its name comes from its export, and two exports would make two tasks of it.",
    example: "/** @task */\nexport function add(x: number, y: number) { return x + y; }\nexport { add as plus };",
    fix: "/** @task */\nexport function add(x: number, y: number) { return x + y; }",
  },
  TQC1010: {
    severity: "error",
    title: "The task is marked twice",
    cause: "A tag, a decorator and `task(...)` each make a task; with two of them the options would have two sources.",
    example: "/** @task */\nexport const ping = task(() => 'pong');",
    fix: "export const ping = task(() => 'pong');",
  },
  TQC1011: {
    severity: "error",
    title: "What is given to task(...) is not a function",
    cause: "`task` takes a function, or options and a function.",
    example: 'export const ping = task({ queue: "io" }, "pong");',
    fix: 'export const ping = task({ queue: "io" }, () => "pong");',
  },
  TQC1012: {
    severity: "error",
    title: "The task stands in a namespace or another function",
    cause: "A task is reached by its module and its export; what is inside something else cannot be reached so.",
    example: "export namespace images {\n  /** @task */\n  export function resize(url: string) { return url; }\n}",
    fix: "/** @task */\nexport function resize(url: string) { return url; }",
  },
  TQC1013: {
    severity: "error",
    title: "The file does not parse",
    cause: "The file holds a syntax error, and what follows it cannot be understood.",
    example: "/** @task */\nexport function add(x: number y: number) { return x + y; }",
    fix: "/** @task */\nexport function add(x: number, y: number) { return x + y; }",
  },
  TQC1014: {
    severity: "error",
    title: "The task needs a `this`",
    cause: "A worker calls a function with its arguments only; a static method gets its class.",
    example: "/** @task */\nexport function total(this: Cart) { return this.items.length; }",
    fix: "/** @task */\nexport function total(items: string[]) { return items.length; }",
  },
  TQC1015: {
    severity: "error",
    title: "The rest is not last",
    cause:
      "Arguments have places; behind a rest that is not last, an argument's place depends on how many others there are.",
    example: "/** @task */\nexport function log(...args: [...texts: string[], at: Date]) {}",
    fix: "/** @task */\nexport function log(at: Date, ...texts: string[]) {}",
  },
} as const;
