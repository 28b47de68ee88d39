/** Tasks as a test names them: by their builders, from which it knows what they take and give. */

/** A builder, as the generated module exports it. */
export interface Testable {
  readonly taskName: string;
  apply(...args: never[]): Promise<unknown>;
}

/** What a task is called with. */
export type ArgumentsOf<Builder extends Testable> = Parameters<Builder["apply"]>;

/** A function that can stand in for a task's own. */
export type StandIn<Builder extends Testable> = (
  ...args: ArgumentsOf<Builder>
) => Awaited<ReturnType<Builder["apply"]>> | Promise<Awaited<ReturnType<Builder["apply"]>>>;
