/** The options of every command that looks into a broker. */
import type { Command } from "commander";

/** Adds them to a command. */
export function withBrokerOptions(command: Command): Command {
  return command
    .option("-b, --broker <url>", "the broker to look into (default: TQC_BROKER_URL, else the config file's)")
    .option("--config <file>", "the config file (default: tqc.config.ts, searched upward)");
}
