/** What an application knows of tasks: the contracts of all, and the functions of those that can run here. */
import type { Implementation } from "../attempt/known.js";
import { ManifestMismatchError, UnknownTaskError } from "../errors.js";
import type { TaskContract } from "../manifest.js";
import { nearest } from "../nearest.js";

export class Catalog {
  readonly #contracts = new Map<string, TaskContract>();
  readonly #names = new Map<string, TaskContract>();
  readonly #registry = new Map<string, Implementation>();
  readonly #modules = new Map<string, string>();
  /** Names of tasks by the source file that declares them. */
  readonly #files = new Map<string, Set<string>>();

  /** Contracts by the task's own name. */
  get contracts(): ReadonlyMap<string, TaskContract> {
    return this.#contracts;
  }

  /** Functions by the task's name; empty where the registry was not imported. */
  get registry(): ReadonlyMap<string, Implementation> {
    return this.#registry;
  }

  /** The URLs of the modules that registered the functions, as far as they said so. */
  get modules(): ReadonlyMap<string, string> {
    return this.#modules;
  }

  /** Makes a contract known. A task declared again, by a reloaded module, takes the place of the old one. */
  declare(contract: TaskContract): void {
    this.#contracts.set(contract.name, contract);
    this.#names.set(contract.name, contract);
    const names = this.#files.get(contract.module);
    if (names) names.add(contract.name);
    else this.#files.set(contract.module, new Set([contract.name]));
    for (const alias of contract.options.aliases ?? []) {
      if (!this.#contracts.has(alias)) this.#names.set(alias, contract);
    }
  }

  /** Makes functions known under their tasks' names. */
  register(implementations: Readonly<Record<string, Implementation>>, module?: string): void {
    for (const [name, implementation] of Object.entries(implementations)) {
      if (typeof implementation !== "function") {
        throw new ManifestMismatchError(
          `the registry has no function for ${name}: it is ${typeof implementation}; run \`tqc build\`, so that the generated files fit the sources`,
        );
      }
      this.#registry.set(name, implementation);
      if (module === undefined) this.#modules.delete(name);
      else this.#modules.set(name, module);
    }
  }

  /** Makes the functions of source files known, by what each exports: the contracts say where a task's function is. */
  registerModules(exports: Readonly<Record<string, object>>, module?: string): void {
    for (const [file, exported] of Object.entries(exports)) {
      for (const name of this.#files.get(file) ?? []) {
        const contract = this.#contracts.get(name);
        if (contract?.module === file) this.register({ [name]: functionAt(exported, contract.export) }, module);
      }
    }
  }

  /** The contract of a task, by its name or one of its aliases. */
  contract(name: string): TaskContract | undefined {
    return this.#names.get(name);
  }

  /** Throws UnknownTaskError where nobody here has heard of a task. */
  require(name: string): void {
    if (this.#names.has(name) || this.#registry.has(name)) return;
    const meant = nearest(name, this.#names.keys());
    const hint = meant === undefined ? "import the generated module that declares it" : `did you mean ${meant}?`;
    throw new UnknownTaskError(`no task is named ${name}: ${hint}`);
  }
}

/** What a module exports under a path; a static method keeps its class as `this`. */
function functionAt(exported: object, path: string): Implementation {
  const keys = path.split(".");
  const owner = keys.slice(0, -1).reduce<unknown>(memberOf, exported);
  const found = memberOf(owner, keys.at(-1)!) as Implementation;
  return owner !== exported && typeof found === "function" ? found.bind(owner) : found;
}

function memberOf(owner: unknown, key: string): unknown {
  return (owner as Readonly<Record<string, unknown>> | undefined)?.[key];
}
