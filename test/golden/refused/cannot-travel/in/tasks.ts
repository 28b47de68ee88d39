import { task } from "tqc";

interface Options {
  width: number;
  onDone: () => void;
}
class Money {
  constructor(readonly cents: number) {}
  format(): string {
    return "";
  }
}
interface Service {
  run(): void;
}

/** @task { name: "images.resize" } */
export function resize(url: string, options: Options): void {}

/** @task */
export function many(a: symbol, b: Promise<string>, c: WeakMap<object, string>, d: Iterator<number>, e: ReadableStream, f: Service): void {}

/** @task */
export function pay(amount: Money[], by: Map<string, { at: Money }>): Generator<number> {
  return (function* () {})();
}

export const later = task(async () => ({ then: [{ done: () => 1 }] }));

/** @task */
export function build(make: new () => Date, fn: Function, response: Response): void {}

/** @task */
export function show(view: HTMLElement, file: File, box: { get width(): number; set height(value: number) }): void {}
