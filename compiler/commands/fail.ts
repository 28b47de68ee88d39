/** What went wrong -> what is said about it, and the exit code. */

import { TqcError } from "../../runtime/errors.js";
import { stderrColors as colors } from "../colors.js";
import { UsageError } from "../usage-error.js";
import { tell } from "./print.js";

/** Wrong usage or configuration. */
const USAGE = 2;
/** As in sysexits.h: a service is unavailable; an internal error. */
const UNAVAILABLE = 69;
const BUG = 70;

/** Reports an error that ended a command; the reply is the exit code. */
export function fail(error: unknown): number {
  if (error instanceof UsageError) return say(error.message, USAGE);
  if (!(error instanceof TqcError)) return bug(error);
  return say(
    error.message,
    error.code === "BROKER_UNAVAILABLE" ? UNAVAILABLE : error.code === "CONFIGURATION" ? USAGE : 1,
  );
}

function say(message: string, code: number): number {
  tell(`${colors.red("error")}: ${message}`);
  return code;
}

function bug(error: unknown): number {
  tell(`${colors.red("error")}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  tell("This is a mistake in tqc. Please report it, with the lines above and the version (`tqc --version`).");
  return BUG;
}
