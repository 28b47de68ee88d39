/** Writes which settings a command came to. */
import { relative } from "node:path";
import type { BuildOptions } from "../settings.js";
import { tell } from "./print.js";

/** For `--verbose`: the tsconfig and the config that were found, on a line each. */
export async function tellSettings(options: BuildOptions): Promise<void> {
  const { settle } = await import("../settings.js");
  const { cwd, tsconfig, config } = await settle(options);
  tell(`tsconfig: ${relative(cwd, tsconfig)}`);
  tell(`config: ${config === undefined ? "none" : relative(cwd, config)}`);
}
