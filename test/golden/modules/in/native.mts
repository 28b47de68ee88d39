/** @task */
export function native(size: bigint): bigint {
  return size;
}
