/** The classes that users have taught to travel. One registry per process, filled the same way on both sides. */
import { ConfigurationError } from "../errors.js";

/** How instances of a class travel. */
export interface ClassCodec<Instance, Payload> {
  /** The name in the text: the same on both sides, and for as long as texts of it are in flight. */
  readonly name: string;
  /** Instance -> anything that travels. */
  encode(instance: Instance): Payload;
  /** What `encode` gave -> an instance. */
  decode(payload: Payload): Instance;
}

interface Registered {
  readonly type: { readonly name: string; readonly prototype: object };
  readonly codec: ClassCodec<unknown, unknown>;
}

const byPrototype = new WeakMap<object, Registered>();
const byName = new Map<string, Registered>();

/**
 * Teaches a class to travel, as an argument, a result, or anywhere inside one. Call it where the class is defined, so
 * that producers and workers both have it. Instances of its subclasses arrive as instances of the class.
 */
export function codec<Instance extends object, Payload>(
  type: { readonly name: string; readonly prototype: Instance },
  definition: ClassCodec<Instance, Payload>,
): void {
  const taken = byName.get(definition.name);
  if (taken && taken.type.name !== type.name) {
    throw new ConfigurationError(
      `the codec name '${definition.name}' is taken by class ${taken.type.name}; give class ${type.name} another`,
    );
  }
  const registered: Registered = { type, codec: definition as ClassCodec<unknown, unknown> };
  byName.set(definition.name, registered);
  byPrototype.set(type.prototype, registered);
}

/** The codec of an object's class or of the nearest class above it. */
export function codecOf(object: object): ClassCodec<unknown, unknown> | undefined {
  for (let at: object | null = Object.getPrototypeOf(object); at; at = Object.getPrototypeOf(at)) {
    const registered = byPrototype.get(at);
    if (registered) return registered.codec;
  }
  return undefined;
}

/** The codec a text names. */
export function codecNamed(name: string): ClassCodec<unknown, unknown> | undefined {
  return byName.get(name)?.codec;
}
