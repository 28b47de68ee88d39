export class Reports { /** @task { queue: "reports" } */ static render(id: string): string { return id; }
  static other(): void {} /** @task */
  static second(a: { [key: string]: number; [s: symbol]: string }): void { void a; }
} /** @task */ export function after(a: { deep: typeof Reports.second extends never ? 1 : 2 }): void { void a; }
