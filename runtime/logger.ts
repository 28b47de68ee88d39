/** Logging as a dependency: a library never writes to the console on its own. The shape is that of pino and its like. */

/** What is told besides the message. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Writes one line: a message, or fields and a message. */
export interface LogMethod {
  (message: string): void;
  (fields: LogFields, message?: string): void;
}

/** Where the run time's and the tasks' lines go. pino, bunyan and other loggers of that shape fit. */
export interface Logger {
  readonly debug: LogMethod;
  readonly info: LogMethod;
  readonly warn: LogMethod;
  readonly error: LogMethod;
}

/** Writes one line, its parts in either order: pino's, or that of `console`. An error becomes the field `err`. */
export interface TaskLogMethod {
  (message: string, more?: LogFields | Error): void;
  (fields: LogFields | Error, message?: string): void;
}

/** A logger as tasks have it: `currentTask().log`. It is a {@link Logger} too. */
export interface TaskLogger extends Logger {
  readonly debug: TaskLogMethod;
  readonly info: TaskLogMethod;
  readonly warn: TaskLogMethod;
  readonly error: TaskLogMethod;
}

/** From the most to the least talkative. */
export const LOG_LEVELS = ["debug", "info", "warn", "error"] as const;

export type LogLevel = (typeof LOG_LEVELS)[number];

/** Drops every line. */
export const silentLogger: TaskLogger = { debug: drop, info: drop, warn: drop, error: drop };

function drop(): void {}

/** A logger that gives each line to `write`, from `least` on. */
export function createLogger(
  write: (level: LogLevel, fields: LogFields, message: string) => void,
  least: LogLevel = "debug",
): TaskLogger {
  const method = (level: LogLevel): TaskLogMethod => {
    if (LOG_LEVELS.indexOf(level) < LOG_LEVELS.indexOf(least)) return drop;
    return (...line: readonly (string | LogFields | Error | undefined)[]) => {
      const { fields, message } = readLine(line);
      write(level, fields, message);
    };
  };
  return { debug: method("debug"), info: method("info"), warn: method("warn"), error: method("error") };
}

/** What was passed, in whichever order. */
function readLine([first, second]: readonly (string | LogFields | Error | undefined)[]): {
  readonly fields: LogFields;
  readonly message: string;
} {
  const [text, what] = typeof first === "string" ? [first, second] : [second, first];
  const message = typeof text === "string" ? text : "";
  if (what instanceof Error) return { fields: { err: what }, message: message || what.message };
  return { fields: typeof what === "object" ? what : {}, message };
}

/** A logger whose every line also says `fields()`, which is asked only when a line is written. */
export function withFields(logger: Logger, fields: () => LogFields): TaskLogger {
  return createLogger((level, own, message) => logger[level]({ ...fields(), ...own }, message));
}

/** One JSON object per line: time, level, msg, then the fields. */
export function jsonLogger(write: (line: string) => void, least: LogLevel = "info"): TaskLogger {
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
