/** The tool was called wrongly, or a setting is wrong: exit code 2, never a stack trace. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
