/** @task */
export function chain(): void {}

/** @task { as: "default" } */
export function a(): void {}

/** @task { name: "same" } */
export function b(): void {}

/** @task { name: "same" } */
export function c(): void {}

/** @task { aliases: ["same"] } */
export function d(): void {}

/** @task */
export function send(): void {}
