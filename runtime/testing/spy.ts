/** A task's calls in the shape that vitest and jest know from their own mocks. */
import type { Call } from "./cast.js";

/** Takes `toHaveBeenCalledWith`, `toHaveBeenCalledTimes` and the like. It is read anew each time it is looked at. */
export interface Spy<Arguments> {
  (): void;
  readonly _isMockFunction: true;
  getMockName(): string;
  readonly mock: {
    readonly calls: readonly Arguments[];
    readonly invocationCallOrder: readonly number[];
  };
}

/** A spy on one task. */
export function spyOn<Arguments>(task: string, calls: () => readonly Call[]): Spy<Arguments> {
  const own = () => calls().flatMap((call, order) => (call.task === task ? [{ call, order }] : []));
  const mock = {
    get calls() {
      return own().map(({ call }) => call.args as Arguments);
    },
    get invocationCallOrder() {
      return own().map(({ order }) => order + 1);
    },
  };
  return Object.assign(() => {}, { _isMockFunction: true as const, getMockName: () => task, mock });
}
