/** Misst — mit Ümläuten, 日本語 und 🎉.
 *  @task { queue: "größe" } */
export function länge(テキスト: string): number {
  return テキスト.length;
}
