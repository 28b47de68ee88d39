/** An error as a plain record of its parts, and back: the same for errors that are values and errors that are failures. */

/** What makes up an error. `fields` are its own enumerable properties, besides the other parts. */
export interface ErrorParts {
  readonly name: string;
  readonly message: string;
  readonly stack?: string;
  /** Absent where the error has none, which is not the same as undefined. */
  readonly cause?: unknown;
  /** Those of an AggregateError. */
  readonly errors?: readonly unknown[];
  readonly fields?: Readonly<Record<string, unknown>>;
}

const BUILT_IN: ReadonlyMap<string, ErrorConstructor> = new Map(
  [Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError].map((type) => [type.name, type]),
);

const PARTS: ReadonlySet<string> = new Set(["name", "message", "stack", "cause"]);

/** Error -> parts. */
export function takeApart(error: Error): ErrorParts {
  const keys = Object.keys(error).filter((key) => !PARTS.has(key));
  const own = error as unknown as Readonly<Record<string, unknown>>;
  return {
    name: String(error.name),
    message: String(error.message),
    ...(typeof error.stack === "string" && { stack: error.stack }),
    ...("cause" in error && { cause: error.cause }),
    ...(error instanceof AggregateError && !keys.includes("errors") && { errors: error.errors }),
    ...(keys.length > 0 && { fields: Object.fromEntries(keys.map((key) => [key, own[key]])) }),
  };
}

/** Parts -> error, of the built-in class of that name where there is one. */
export function putTogether(parts: ErrorParts): Error {
  const error = construct(parts);
  if (error.name !== parts.name) conceal(error, "name", parts.name);
  conceal(error, "stack", parts.stack);
  if ("cause" in parts) conceal(error, "cause", parts.cause);
  for (const [key, value] of Object.entries(parts.fields ?? {})) {
    Object.defineProperty(error, key, { value, writable: true, enumerable: true, configurable: true });
  }
  return error;
}

function construct({ name, message, errors }: ErrorParts): Error {
  if (name === "AggregateError") return new AggregateError(errors ?? [], message);
  const error = new (BUILT_IN.get(name) ?? Error)(message);
  if (errors) conceal(error, "errors", errors);
  return error;
}

/** Non-enumerable, as the engine's own properties of an error are. */
function conceal(error: Error, key: string, value: unknown): void {
  Object.defineProperty(error, key, { value, writable: true, enumerable: false, configurable: true });
}
