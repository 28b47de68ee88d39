/** The daily report.
 * @task */
export default function buildDaily(day: Date): string {
  return day.toISOString();
}
