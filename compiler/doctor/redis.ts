/** Facts about a Redis -> what they mean for work that is kept in it. */
import { lengthText } from "../inspect/time-text.js";
import { error, type Finding, ok, warning } from "./finding.js";
import type { RedisFacts } from "./redis-facts.js";
import { isAtLeast } from "./versions.js";

/** The first with LMPOP, by which workers claim. */
const OLDEST = "7.0";
/** Countdowns and leases are counted by clocks that may differ by this much before anybody notices, ms. */
const LARGEST_SKEW = 2_000;

/** One finding per thing that matters. */
export function judgeRedis(facts: RedisFacts): Finding[] {
  return [
    judgeVersion(facts),
    judgeRole(facts),
    judgeEviction(facts),
    judgeMemory(facts),
    judgePersistence(facts),
    judgeClock(facts),
  ];
}

function judgeVersion({ version }: RedisFacts): Finding {
  return isAtLeast(version, OLDEST)
    ? ok("Redis", version)
    : error("Redis", `${version}, but ${OLDEST} or newer is needed`, `upgrade the server to ${OLDEST} or newer`);
}

function judgeRole({ role }: RedisFacts): Finding {
  return role === "slave"
    ? error("role", "this is a replica, which refuses writes", "name the primary, or use redis+sentinel://")
    : ok("role", role);
}

function judgeEviction({ evicts }: RedisFacts): Finding {
  if (evicts === undefined)
    return warning("eviction", "the server does not tell its maxmemory-policy", "make sure that it is noeviction");
  return evicts === "noeviction"
    ? ok("eviction", "noeviction")
    : error(
        "eviction",
        `maxmemory-policy is ${evicts}: under pressure Redis throws work away`,
        "set maxmemory-policy noeviction",
      );
}

function judgeMemory({ memoryLimit, memoryUsed }: RedisFacts): Finding {
  const used = `${megabytes(memoryUsed)} in use`;
  if (memoryLimit === 0) return ok("memory", `${used}, no limit`);
  const share = Math.round((memoryUsed / memoryLimit) * 100);
  const says = `${used}, ${share}% of ${megabytes(memoryLimit)}`;
  return share < 80
    ? ok("memory", says)
    : warning("memory", says, "at the limit Redis refuses writes: raise maxmemory, or drain");
}

function judgePersistence({ appendsOnly, snapshots }: RedisFacts): Finding {
  if (appendsOnly) return ok("persistence", "append-only file");
  const help = "set appendonly yes, so that a restart of Redis loses at most a second of work";
  if (snapshots === undefined)
    return warning("persistence", "no append-only file; the server does not tell of snapshots", help);
  return snapshots === ""
    ? warning("persistence", "none: a restart of Redis loses all work", help)
    : warning("persistence", "snapshots only: a restart of Redis loses what came since the last one", help);
}

function judgeClock({ ahead }: RedisFacts): Finding {
  const off = Math.abs(ahead);
  const says = `${lengthText(off)} ${ahead < 0 ? "behind" : "ahead of"} this machine`;
  return off <= LARGEST_SKEW
    ? ok("clock", off < 50 ? "in step with this machine" : says)
    : warning("clock", says, "set both by NTP: countdowns and expiry dates are off by as much");
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_048_576).toFixed(1)} MB`;
}
