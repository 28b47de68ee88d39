/** @task */
export default async (week: number) => week * 7;
