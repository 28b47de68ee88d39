/** TQC2…: what travels and what does not. */
export const travelCodes = {
  TQC2001: {
    severity: "error",
    title: "The type cannot travel",
    cause:
      "Arguments and results become text and are read in another process. Functions, symbols, promises, weak collections, iterators and streams have no text.",
    example: "/** @task */\nexport function resize(url: string, options: { onDone: () => void }) {}",
    fix: "/** @task */\nexport function resize(url: string, options: { width: number }) {}",
  },
  TQC2002: {
    severity: "warning",
    title: "The type says nothing",
    cause:
      "`any`, `unknown` and types that cannot be resolved pass without a check, at the producer and at the worker.",
    example: "/** @task */\nexport function log(entry: any) {}",
    fix: "/** @task */\nexport function log(entry: { level: string; text: string }) {}",
  },
  TQC2003: {
    severity: "error",
    title: "The type has no end",
    cause: "Each step into the type makes a new type, so that its contract would be endless.",
    example:
      "interface Nest<T> { value: T; inner?: Nest<T[]> }\n/** @task */\nexport function unpack(nest: Nest<string>) {}",
    fix: "interface Nest { value: unknown; inner?: Nest }\n/** @task */\nexport function unpack(nest: Nest) {}",
  },
  TQC2004: {
    severity: "error",
    title: "A class without a codec",
    cause:
      "An instance would arrive as a plain object without its methods. A class travels when a codec is declared beside it.",
    example:
      "export class Money { constructor(readonly cents: number) {} format() { return this.cents / 100; } }\n/** @task */\nexport function pay(amount: Money) {}",
    fix: 'export class Money { constructor(readonly cents: number) {} format() { return this.cents / 100; } }\ncodec(Money, { name: "Money", encode: (money) => money.cents, decode: (cents: number) => new Money(cents) });\n/** @task */\nexport function pay(amount: Money) {}',
  },
} as const;
