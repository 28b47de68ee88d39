/** Where a run's keys are: all in one hash slot, chosen from its id. */

/** The beginning of every key of a partition; the braces are what Redis Cluster shards by. */
export function baseOf(prefix: string, partition: number): string {
  return `{${prefix}:${partition}}:`;
}

/** A run's partition: the same in every process, for ever. */
export function partitionOf(run: string, partitions: number): number {
  if (partitions === 1) return 0;
  // FNV-1a: short, even, and the same everywhere.
  let hash = 0x811c9dc5;
  for (let i = 0; i < run.length; i++) hash = Math.imul(hash ^ run.charCodeAt(i), 0x01000193);
  return (hash >>> 0) % partitions;
}
