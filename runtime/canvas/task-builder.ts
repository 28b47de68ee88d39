/** Builders at run time: a contract, and the calls that make signatures of it. */
import type { TaskContract } from "../manifest.js";
import type { AsyncResult } from "../result/result.js";
import { callTree } from "./bare.js";
import { groupOver, type Items, inChunks } from "./items.js";
import { builderName } from "./misfit.js";
import type { Origin } from "./origin.js";
import { checkedArguments, checkedOptions } from "./send-options.js";
import type { CallTree, SendOptions, Tree } from "./tree.js";
import { signatureOf } from "./value.js";

type AnySignature = { delay(...args: readonly unknown[]): Promise<AsyncResult<unknown>> };

/** What every builder is underneath. Its types are told by the generated module. */
export class TaskBuilder {
  readonly #app: Origin;
  readonly #contract: TaskContract;
  /** The call with all its arguments open. */
  readonly #open: CallTree;
  readonly [builderName]: string;
  readonly taskName: string;

  constructor(app: Origin, contract: TaskContract) {
    this.#app = app;
    this.#contract = contract;
    this.#open = callTree({ task: contract.name, args: [] });
    this[builderName] = contract.builder;
    this.taskName = contract.name;
  }

  s(...args: readonly unknown[]): unknown {
    return this.#signature(this.#call(args));
  }

  si(...args: readonly unknown[]): unknown {
    return this.#signature(immutable(this.#call(args), this.#contract));
  }

  partial(given: Readonly<Record<string, unknown>>): unknown {
    return this.#signature(bindByName(this.#contract, given));
  }

  delay(...args: readonly unknown[]): Promise<AsyncResult<unknown>> {
    return this.#app.submit(this.#open, args);
  }

  async applyAsync(args: readonly unknown[] = [], options: SendOptions = {}): Promise<AsyncResult<unknown>> {
    const where = () => `${this.#contract.builder}: applyAsync`;
    const tree = { ...this.#open, options: checkedOptions(options, where) };
    return this.#app.submit(tree, checkedArguments(args, where));
  }

  async apply(...args: readonly unknown[]): Promise<unknown> {
    return this.#app.apply(this.#open, args);
  }

  map(items: Iterable<unknown>): unknown {
    return this.#signature({ ...this.#call([[...items]]), mode: "map" });
  }

  starmap(tuples: Iterable<readonly unknown[]>): unknown {
    return this.#signature({ ...this.#call([[...tuples]]), mode: "starmap" });
  }

  chunks(tuples: Items<readonly unknown[]>, size: number): unknown {
    return this.#signature(
      groupOver(inChunks(tuples, size), (chunk) => ({ ...this.#call([chunk]), mode: "starmap" as const })),
    );
  }

  #call(args: readonly unknown[]): CallTree {
    return callTree({ task: this.#contract.name, args });
  }

  #signature(tree: Tree): unknown {
    return signatureOf<AnySignature>(tree, this.#app);
  }
}

/** A call that ignores what it is given. Throws where it lacks a required argument, which could then never come. */
export function immutable(call: CallTree, { builder, parameters }: TaskContract): CallTree {
  const required = parameters.filter(({ optional, rest }) => !optional && !rest).length;
  if (call.args.length >= required) return { ...call, immutable: true };
  const takes = parameters.map(({ text }) => text).join(", ");
  throw new TypeError(`${builder}.si needs every required argument: (${takes}); found ${call.args.length}`);
}

/** A call with arguments bound by the names of their parameters; the others stay open, in order. */
function bindByName(
  { name: task, builder, parameters }: TaskContract,
  given: Readonly<Record<string, unknown>>,
): CallTree {
  for (const name of Object.keys(given)) {
    if (!parameters.some((parameter) => parameter.name === name)) {
      throw new TypeError(`${builder} has no parameter called ${name}`);
    }
  }
  const fixed = parameters.filter(({ rest }) => !rest);
  const isOpen = ({ name }: { readonly name: string }) => !Object.hasOwn(given, name);
  const open = fixed.flatMap((parameter, i) => (isOpen(parameter) ? [i] : []));
  const args = fixed.map(({ name }) => given[name]);
  const inFront = open.every((position, i) => position === i && !fixed[i]?.optional);
  if (inFront && fixed.length === parameters.length) return callTree({ task, args: args.slice(open.length) });
  const rest = parameters.find((parameter) => parameter.rest && !isOpen(parameter))?.name;
  return callTree({
    task,
    args: rest === undefined ? args : [...args, ...listOf(given[rest], `${builder}: ${rest}`)],
    open,
  });
}

function listOf(value: unknown, what: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new TypeError(`${what} is a rest parameter, which is bound as a list; found ${typeof value}`);
}
