/** Facts about a broker's keys -> whether any of them is left for ever. */
import type { KeyFacts, Orphan } from "../../runtime/brokers/redis/orphans.js";
import { error, type Finding, ok, warning } from "./finding.js";

/** One finding where all is well, else one per kind of orphan. */
export function judgeKeys({ looked, complete, orphans }: KeyFacts): Finding[] {
  if (orphans.length === 0) {
    const all = complete ? "" : " (no more were looked at)";
    return [ok("keys", `${looked} keys${all}, each with an owner or an expiry`)];
  }
  return (["stranded", "unserved", "leftover"] as const).flatMap((kind) => {
    const [first, ...more] = orphans.filter((orphan) => orphan.kind === kind);
    return first ? [judgeKind(first, more.length)] : [];
  });
}

function judgeKind({ key, kind, says }: Orphan, more: number): Finding {
  const found = `${key} ${says}${more === 0 ? "" : `; so with ${more} more key${more === 1 ? "" : "s"}`}`;
  switch (kind) {
    case "stranded":
      return error(
        "keys",
        found,
        `\`redis-cli zadd '${workersKey(key)}' 0 ${workerOf(key)}\` has the next worker give it back`,
      );
    case "unserved":
      return error(
        "keys",
        found,
        "all who share a prefix must agree on the number of partitions: `?partitions=N` in the URL",
      );
    case "leftover":
      return warning(
        "keys",
        found,
        "nothing reads it any more: `redis-cli unlink` removes it; please report how it came to be",
      );
  }
}

function workersKey(held: string): string {
  return `${held.slice(0, held.indexOf("}:") + 2)}workers`;
}

function workerOf(held: string): string {
  return held.slice(held.indexOf("}:") + "}:held:".length);
}
