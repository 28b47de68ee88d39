/** TQC3…: the options of a task. */
export const optionCodes = {
  TQC3001: {
    severity: "error",
    title: "The text after the tag is not an object",
    cause: "What follows `@task` on its line is an object literal of options, or nothing.",
    example: "/** @task queue: images */\nexport function resize(url: string) {}",
    fix: '/** @task { queue: "images" } */\nexport function resize(url: string) {}',
  },
  TQC3002: {
    severity: "error",
    title: "There is no such option",
    cause: "The name of an option is misspelt, or belongs to something else.",
    example: '/** @task { que: "images" } */\nexport function resize(url: string) {}',
    fix: '/** @task { queue: "images" } */\nexport function resize(url: string) {}',
  },
  TQC3003: {
    severity: "error",
    title: "The option has another type",
    cause: 'Each option takes values of one kind; durations are milliseconds or text such as "30s".',
    example: '/** @task { maxRetries: "5" } */\nexport function resize(url: string) {}',
    fix: "/** @task { maxRetries: 5 } */\nexport function resize(url: string) {}",
  },
  TQC3004: {
    severity: "error",
    title: "The option is not static",
    cause:
      "Options are read by the compiler and written into the contract: literals, constants of literal type, and spreads of those.",
    example: 'export const ping = task({ queue: process.env.QUEUE }, () => "pong");',
    fix: 'const QUEUE = "io";\nexport const ping = task({ queue: QUEUE }, () => "pong");',
  },
  TQC3005: {
    severity: "error",
    title: "The options contradict each other",
    cause:
      "The soft limit has to come before the hard one, and a task has either a `schedule` or an interval, not both.",
    example: '/** @task { softTimeLimit: "2m", timeLimit: "1m" } */\nexport function resize(url: string) {}',
    fix: '/** @task { softTimeLimit: "50s", timeLimit: "1m" } */\nexport function resize(url: string) {}',
  },
  TQC3006: {
    severity: "error",
    title: "A scheduled task has required parameters",
    cause: "The clock has no arguments to give: whatever `schedule` or `every` starts is called with none.",
    example: '/** @task { every: "1h" } */\nexport function sweep(folder: string) {}',
    fix: '/** @task { every: "1h" } */\nexport function sweep(folder = "/tmp") {}',
  },
  TQC3007: {
    severity: "error",
    title: "The option is given twice",
    cause: "The same option stands twice in one object, and one of them would be ignored.",
    example: '/** @task { queue: "a", queue: "b" } */\nexport function resize(url: string) {}',
    fix: '/** @task { queue: "b" } */\nexport function resize(url: string) {}',
  },
  TQC3008: {
    severity: "error",
    title: "The comment ends inside a text",
    cause:
      "A comment ends at the first `*/`, also inside quotes: so `*/5` in a schedule ends the comment that the tag stands in, and the rest of it is read as code.",
    example: '/** @task { schedule: "*/5 * * * *" } */\nexport function sweep() {}',
    fix: '/** @task { schedule: "0-59/5 * * * *" } */\nexport function sweep() {}',
  },
  TQC3009: {
    severity: "warning",
    title: "A pure task returns nothing",
    cause:
      "A pure task does nothing but compute its value, so one without a value does nothing at all. More likely it does something to the world, and then a worker must not run it ahead, or more often than once.",
    example: "/** @task { pure: true } */\nexport function record(amount: number): void {}",
    fix: "/** @task */\nexport function record(amount: number): void {}",
  },
} as const;
