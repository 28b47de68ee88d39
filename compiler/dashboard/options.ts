/** What a dashboard is made with. */
import type { IncomingMessage } from "node:http";
import type { Broker } from "../../runtime/broker.js";

/** Anything that leads to a broker: the `app` of the generated module does. */
export interface BrokerSource {
  broker(): Promise<Broker>;
}

/** Who may use the dashboard. One of the two is needed: it shows what your system does, and can stop it. */
export type DashboardAccess =
  | {
      /** Whoever knows it may come in: as `Authorization: Bearer …`, or by the link that ends in `?token=…`. */
      readonly token: string;
      readonly authorize?: undefined;
    }
  | {
      /** Decides request by request. `() => true` where whatever stands in front has decided already. */
      readonly authorize: (request: IncomingMessage) => boolean | Promise<boolean>;
      readonly token?: undefined;
    };

/** What may be said of a dashboard besides who may use it. */
export interface DashboardSettings {
  /** The broker to look into: its URL, or the `app` of the generated module. Default: `TQC_BROKER_URL`. */
  readonly broker?: string | BrokerSource;
  /** Refuse everything that changes something, and show no button for it. Default: false. */
  readonly readOnly?: boolean;
  /** Where it stands, such as "/admin/tasks", for servers that do not cut that off the URL. Default: "/". */
  readonly basePath?: string;
}

/** Everything a dashboard is made with. */
export type DashboardOptions = DashboardAccess & DashboardSettings;
