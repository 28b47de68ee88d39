import { contractOn } from "./on-server.js";

contractOn("redis-server");
