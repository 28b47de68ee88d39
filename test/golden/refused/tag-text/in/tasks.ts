/** @task queue: "images" */
export function a(): void {}

/**
 * @task { queue: "images"
 */
export function b(): void {}

/** @task "images" */
export function c(): void {}

/** @task { queue: QUEUE } */
export function d(): void {}
