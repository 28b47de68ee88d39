/** TQC4…: names on the wire and in the generated module. */
export const nameCodes = {
  TQC4001: {
    severity: "error",
    title: "Two tasks have one name",
    cause: "A message names its task, so that no two tasks can have the same name, or the same alias.",
    example:
      '/** @task { name: "add" } */\nexport function add() {}\n/** @task { name: "add" } */\nexport function plus() {}',
    fix: '/** @task { name: "add" } */\nexport function add() {}\n/** @task { name: "plus" } */\nexport function plus() {}',
  },
  TQC4002: {
    severity: "error",
    title: "Two builders have one name",
    cause: "All builders are exported from one generated module, so that their names must differ.",
    example: "// a.ts\n/** @task */\nexport function send() {}\n// b.ts\n/** @task */\nexport function send() {}",
    fix: '// a.ts\n/** @task */\nexport function send() {}\n// b.ts\n/** @task { as: "sendB" } */\nexport function send() {}',
  },
  TQC4003: {
    severity: "error",
    title: "The builder's name is taken",
    cause:
      "The generated module exports the builder under this name, but it is a reserved word, or belongs to tqc itself.",
    example: "/** @task */\nexport function chain() {}",
    fix: '/** @task { as: "chainLinks" } */\nexport function chain() {}',
  },
  TQC4004: {
    severity: "error",
    title: "The name cannot be used",
    cause:
      "A task's name and its queue are words on the wire: text without white space and control characters. `as` is an identifier.",
    example: '/** @task { name: "send mail" } */\nexport function sendMail() {}',
    fix: '/** @task { name: "sendMail" } */\nexport function sendMail() {}',
  },
  TQC4005: {
    severity: "error",
    title: "The file is outside the source root",
    cause:
      "A task's default name is its module's path from the source root; a module beside the root has no such path. The root is `rootDir` of the config, else of the tsconfig, else `src`.",
    example: "// lib/mail.ts, where the source root is src\n/** @task */\nexport function send() {}",
    fix: '// lib/mail.ts\n/** @task { name: "mail.send" } */\nexport function send() {}',
  },
} as const;
