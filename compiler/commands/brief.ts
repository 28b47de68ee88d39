/** What a process that soon ends tells V8. */
import { setFlagsFromString } from "node:v8";

/**
 * Code is optimised once it has run for a long time, not a short one. A build is over before most of what V8 would
 * optimise has paid for it: it is about a tenth faster so. A still longer time would spare the processors more, and the
 * clock less, where nobody else wants them. A process that goes on leaves it as it is.
 */
export function beBrief(): void {
  setFlagsFromString("--interrupt-budget=400000");
}
