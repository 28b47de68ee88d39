import { task } from "tqc";

export default task({ queue: "mail" }, async (to: string) => to.length > 0);
