/** Revoking by stamps. */
import type { Broker } from "../broker.js";
import { ConfigurationError } from "../errors.js";
import type { NodeIndex, Stamps } from "../messages.js";
import { stampTexts } from "../plan/submission.js";

type Node = readonly [run: string, index: NodeIndex];

/** Revokes every task that carries all of the stamps; how many there were. A list of values means any of them. */
export async function revokeStamped(broker: Broker, stamps: Stamps, terminate: boolean): Promise<number> {
  const entries = Object.entries(stamps);
  if (entries.length === 0)
    throw new ConfigurationError("revokeByStamps needs at least one stamp; without one it would revoke everything");
  const perKey = await Promise.all(
    entries.map(async ([key, value]) => {
      const found = await Promise.all(stampTexts(key, value).map((text) => broker.stamped(text)));
      return new Map(found.flat().map((node) => [node.join(" "), node]));
    }),
  );
  const [first = new Map<string, Node>(), ...others] = perKey;
  const nodes = [...first].filter(([name]) => others.every((found) => found.has(name))).map(([, node]) => node);
  await Promise.all(nodes.map(([run, index]) => broker.cancel({ run, index, terminate })));
  return nodes.length;
}
