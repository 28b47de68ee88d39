/** Logging as a dependency: a library never writes to the console on its own. The shape is that of pino and its like. */

/** What is told besides the message. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Writes one line: a message, or fields and a message. */
export interface LogMethod {
  (message: string): void;
  (fields: LogFields, message?: string): void;
}

/** Where the run time's and the tasks' lines go. pino, bunyan and `console`-like objects of that shape fit. */
export interface Logger {
  readonly debug: LogMethod;
  readonly info: LogMethod;
  readonly warn: LogMethod;
  readonly error: LogMethod;
}

/** From the most to the least talkative. */
export const LOG_LEVELS = ["debug", "info", "warn", "error"] as const;

export type LogLevel = (typeof LOG_LEVELS)[number];

/** Drops every line. */
export const silentLogger: Logger = { debug: drop, info: drop, warn: drop, error: drop };

function drop(): void {}

/** A logger that gives each line to `write`, from `least` on. */
export function createLogger(
  write: (level: LogLevel, fields: LogFields, message: string) => void,
  least: LogLevel = "debug",
): Logger {
  const method = (level: LogLevel): LogMethod => {
    if (LOG_LEVELS.indexOf(level) < LOG_LEVELS.indexOf(least)) return drop;
    return (first: string | LogFields, message?: string) =>
      typeof first === "string" ? write(level, {}, first) : write(level, first, message ?? "");
  };
  return { debug: method("debug"), info: method("info"), warn: method("warn"), error: method("error") };
}

/** A logger whose every line also says `fields()`, which is asked only when a line is written. */
export function withFields(logger: Logger, fields: () => LogFields): Logger {
  return createLogger((level, own, message) => logger[level]({ ...fields(), ...own }, message));
}

/** One JSON object per line: time, level, msg, then the fields. */
export function jsonLogger(write: (line: string) => void, least: LogLevel): Logger {
  return createLogger((level, fields, msg) => {
    const { err, ...rest } = fields;
    const error = err === undefined ? {} : { err: plain(err) };
    const line = { time: new Date().toISOString(), level, msg, ...rest, ...error };
    write(`${JSON.stringify(line)}\n`);
  }, least);
}

/** An error as JSON shows it: its parts that matter in a log. */
function plain(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { name, message, stack, cause } = error;
  return { type: name, message, stack, ...(cause !== undefined && { cause: plain(cause) }) };
}
