export namespace images {
  /** @task */
  export function resize(url: string): string {
    return url;
  }
}

export function outer(): void {
  /** @task */
  function inner(): void {}
  inner();
}
