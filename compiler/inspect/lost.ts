/** What can be said of an id that the broker has nothing under. */

import { MOST_LOOKED_AT } from "../../runtime/broker.js";

/** What it may mean. */
export const UNKNOWN = `no such run was sent here, its result has expired or was forgotten, or it is a single call behind the first ${MOST_LOOKED_AT} messages of its queue`;
