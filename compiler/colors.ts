/** Colour where somebody looks: each stream is asked for itself; `NO_COLOR` and `FORCE_COLOR` overrule it (no-color.org). */
import { createColors } from "picocolors";

/** Where lines go. */
interface Screen {
  readonly isTTY?: boolean;
}

/** The colours for one stream; all of them leave text as it is where nobody would see them. */
export function colorsFor(stream: Screen, env: NodeJS.ProcessEnv = process.env): ReturnType<typeof createColors> {
  return createColors(isColored(stream, env));
}

function isColored({ isTTY = false }: Screen, { NO_COLOR, FORCE_COLOR, TERM }: NodeJS.ProcessEnv): boolean {
  if (NO_COLOR) return false;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== "") return FORCE_COLOR !== "0" && FORCE_COLOR !== "false";
  return isTTY && TERM !== "dumb";
}

/** For what goes to stdout. */
export const stdoutColors = colorsFor(process.stdout);

/** For what goes to stderr. */
export const stderrColors = colorsFor(process.stderr);
