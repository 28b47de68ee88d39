/** An object's private fields, as a debugger sees them: what it will do depends on them, and nobody else is to see them. */
import { type Runtime, Session } from "node:inspector";

/** What Node replies, and its types leave out. */
interface Found extends Runtime.GetPropertiesReturnType {
  readonly privateProperties?: readonly Field[];
}

interface Field {
  readonly name: string;
  readonly value?: Runtime.RemoteObject;
}

const session = new Session();
session.connect();
/** Where the debugger finds what is handed to it, and puts what it finds. */
const hand: { thing: object; take(thing: object): void } = {
  thing: {},
  take(thing) {
    hand.thing = thing;
  },
};
Object.assign(globalThis, { debuggersHand: hand });

/** Numbers, texts and truths among the private fields of an object, by name; of lists and the like, how long they are. */
export function privatesOf(object: object): Record<string, unknown> {
  const { fields, release } = open(object);
  release();
  return Object.fromEntries(
    fields.map(({ name, value }) => [name, value?.unserializableValue ?? value?.value ?? value?.description]),
  );
}

/** What a private field holds: the thing itself, which is another's. */
export function privateOf(object: object, field: string): object {
  const { fields, release } = open(object);
  const objectId = fields.find(({ name }) => name === field)?.value?.objectId;
  if (objectId === undefined) throw new Error(`${object.constructor.name} has no ${field} that holds an object`);
  const functionDeclaration = "function () { debuggersHand.take(this); }";
  session.post("Runtime.callFunctionOn", { functionDeclaration, objectId });
  release();
  return hand.thing;
}

interface Opened {
  readonly fields: readonly Field[];
  release(): void;
}

function open(object: object): Opened {
  hand.thing = object;
  let fields: readonly Field[] = [];
  session.post("Runtime.evaluate", { expression: "debuggersHand.thing", objectGroup: "look" }, (_, { result }) => {
    const { objectId = "" } = result;
    session.post("Runtime.getProperties", { objectId, ownProperties: true }, (_error, found: Found) => {
      fields = found.privateProperties ?? [];
    });
  });
  return { fields, release: () => session.post("Runtime.releaseObjectGroup", { objectGroup: "look" }) };
}
