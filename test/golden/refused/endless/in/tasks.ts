interface Nest<T> {
  value: T;
  inner?: Nest<T[]>;
}

/** @task */
export function unpack(nest: Nest<string>): void {}
