export interface Props {
  readonly title: string;
}

/** @task */
export const render = async ({ title }: Props): Promise<string> => title;
