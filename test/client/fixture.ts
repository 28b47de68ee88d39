import { type App, createApp, createTask, type Signature } from "tqc";
import type { AppOptions } from "../../runtime/client/client.js";
import type { JsonSchema, TaskContract } from "../../runtime/manifest.js";
import { contract, number, parameter } from "./contracts.js";

/** A builder as a test needs it: its arguments are judged at run time only. */
export interface Loose {
  s(...args: unknown[]): Signature<unknown[], unknown>;
  delay(...args: unknown[]): ReturnType<Signature<unknown[], unknown>["delay"]>;
  apply(...args: unknown[]): Promise<unknown>;
  applyAsync(args: unknown[], options?: object): ReturnType<Signature<unknown[], unknown>["delay"]>;
}

const numbers: JsonSchema = { type: "array", items: number };

/** The tasks of these tests. `wait` ends when the test says so. */
export class Fixture {
  readonly app: App;
  readonly add: Loose;
  readonly sum: Loose;
  readonly fail: Loose;
  readonly wait: Loose;
  #release = () => {};
  readonly #released = new Promise<void>((resolve) => {
    this.#release = resolve;
  });

  constructor(options: AppOptions = {}, { registered = true } = {}) {
    this.app = createApp(options);
    this.add = this.#builder(contract("tasks.add", [parameter("x: number", number), parameter("y: number", number)]));
    this.sum = this.#builder(contract("tasks.sum", [parameter("items: number[]", numbers)]));
    this.fail = this.#builder(contract("tasks.fail", [parameter("...args: unknown[]", true)]));
    this.wait = this.#builder(contract("tasks.wait", [parameter("...args: unknown[]", true)]));
    if (registered) this.#register();
  }

  /** Lets every `wait` end. */
  release(): void {
    this.#release();
  }

  #builder(task: TaskContract): Loose {
    return createTask<Loose>(this.app, task);
  }

  #register(): void {
    this.app.register({
      "tasks.add": (x: number, y: number) => x + y,
      "tasks.sum": (items: number[]) => items.reduce((a, b) => a + b, 0),
      "tasks.fail": (message: string) => {
        throw Object.assign(new TypeError(message), { status: 404 });
      },
      "tasks.wait": () => this.#released,
    });
  }
}

/** What a promise rejects with. */
export async function errorOf(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    return error as Error;
  }
  throw new Error("this was to be rejected");
}
