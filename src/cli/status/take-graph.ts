import { variablesAbout } from '../../config/variables-about.ts';
import { type Connection, connectionsOf } from '../../generate/emit/connections.ts';
import type { Checkout } from '../../runtime/client/checkout.ts';
import { viteOf } from '../doctor/vite-of.ts';
import type { ServiceView } from './service-view.ts';
import { wantedHere } from './wanted-here.ts';

/** Who talks to whom. */
export interface ServiceGraph {
  readonly views: readonly ServiceView[];
  readonly edges: readonly GraphEdge[];
}

export type GraphEdge =
  | Connection
  /** A dev server of `from` hands `route` on; `port`: where it is written that `to` has it. */
  | {
      readonly kind: 'proxies';
      readonly from: string;
      readonly to: string;
      readonly route: string;
      readonly port: number;
      readonly file: string;
      readonly line: number;
    };

/** The connections that the config says, and the proxies in Vite's configs: literal ones, and those by `NAME_URL`. */
export function takeGraph(checkout: Checkout, views: readonly ServiceView[]): ServiceGraph {
  const { root, plan } = checkout;
  const wanted = wantedHere(checkout);
  const hasPort = (name: string, port: number): boolean =>
    views.some(({ status, port: now }) => status.service === name && now === port) ||
    (wanted.ok && wanted.value.get(name) === port);
  const portOf = (name: string): number | undefined => {
    const now = views.find(({ status }) => status.service === name)?.port;
    const asked = wanted.ok ? wanted.value.get(name) : undefined;
    return now ?? (typeof asked === 'number' ? asked : undefined);
  };
  const proxies = plan.services.flatMap((service) => {
    const vite = viteOf(service, root);
    return (vite?.settings ?? []).flatMap(({ kind, route, value, line }): readonly GraphEdge[] => {
      const wired =
        kind === 'wired' ? plan.services.find(({ name }) => variablesAbout(name).includes(value)) : undefined;
      const port = wired === undefined ? localPort(value) : portOf(wired.name);
      const to = wired ?? (port === undefined ? undefined : plan.services.find(({ name }) => hasPort(name, port)));
      if (port === undefined || to === undefined || vite === undefined) return [];
      return [{ kind: 'proxies', from: service.name, to: to.name, route, port, file: vite.file, line }];
    });
  });
  return { views, edges: [...connectionsOf(plan), ...proxies] };
}

function localPort(target: string): number | undefined {
  const [, port] = /^(?:http|ws)s?:\/\/(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\]):(\d+)/.exec(target) ?? [];
  return port === undefined ? undefined : Number(port);
}
