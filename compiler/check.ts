/** Every rule a task has to keep, in one word: tasks -> problems. */
import { checkNames } from "./check/names.js";
import { checkOptions } from "./check/options.js";
import { checkTravel } from "./check/travel.js";
import type { Problem } from "./diagnostic.js";
import type { Scanned } from "./scan/found.js";

/** All that is wrong with what was found. */
export function check({ tasks, problems }: Scanned): Problem[] {
  return [...problems, ...tasks.flatMap(checkTravel), ...tasks.flatMap(checkOptions), ...checkNames(tasks)];
}
