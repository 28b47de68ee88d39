/** @task */
function subtract(x: number, y: number): number {
  return x - y;
}
export { subtract as less };
