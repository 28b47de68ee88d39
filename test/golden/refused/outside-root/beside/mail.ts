/** @task */
export function send(to: string): string {
  return to;
}

/** @task { name: "mail.named" } */
export function named(): void {}
