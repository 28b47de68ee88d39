/** Every case of the canvas, as facts that hold wherever it runs. */
import type { BrokerWorld } from "./broker-world.js";
import { callbacks } from "./suites/callbacks.js";
import { canvasValues } from "./suites/canvas-values.js";
import { chains } from "./suites/chains.js";
import { extremes } from "./suites/extremes.js";
import { failures } from "./suites/failures.js";
import { generics } from "./suites/generics.js";
import { groupHandles } from "./suites/group-handles.js";
import { groups } from "./suites/groups.js";
import { handles } from "./suites/handles.js";
import { identity } from "./suites/identity.js";
import { mapping } from "./suites/mapping.js";
import { oddCorners } from "./suites/odd-corners.js";
import { options } from "./suites/options.js";
import { refusals } from "./suites/refusals.js";
import { replacing } from "./suites/replacing.js";
import { retries } from "./suites/retries.js";
import { revoking } from "./suites/revoking.js";
import { stamping } from "./suites/stamping.js";
import type { World } from "./world.js";

/** What a canvas gives, and what it calls: true of `apply` as well. */
export function values(world: World): void {
  for (const suite of [chains, groups, mapping, generics, failures, callbacks, retries, replacing, stamping, options])
    suite(world);
  canvasValues(world);
  extremes(world);
  refusals(world);
}

/** What can be asked and told of work that somebody else does. */
export function runs(world: BrokerWorld): void {
  for (const suite of [handles, groupHandles, identity, revoking, oddCorners]) suite(world);
}
