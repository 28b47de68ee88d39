/** @task */
export declare function elsewhere(x: number): string;
