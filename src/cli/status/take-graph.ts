import { type Connection, connectionsOf } from '../../generate/emit/connections.ts';
import type { Checkout } from '../../runtime/client/checkout.ts';
import { proxiesOf, type ViteProxy } from './proxies-of.ts';
import type { ServiceView } from './service-view.ts';
import { wantedHere } from './wanted-here.ts';

/** Who talks to whom. */
export interface ServiceGraph {
  readonly views: readonly ServiceView[];
  readonly edges: readonly GraphEdge[];
}

export type GraphEdge = Connection | (ViteProxy & { readonly kind: 'proxies' });

/** The connections that the config says, and the proxies, by the ports that there are now. */
export function takeGraph(checkout: Checkout, views: readonly ServiceView[]): ServiceGraph {
  const wanted = wantedHere(checkout);
  const asked = (name: string) => (wanted.ok ? wanted.value.get(name) : undefined);
  const nowOf = (name: string) => views.find(({ status }) => status.service === name)?.port ?? undefined;
  const proxies = proxiesOf(checkout, {
    hasPort: (name, port) => nowOf(name) === port || asked(name) === port,
    portOf(name) {
      const port = nowOf(name) ?? asked(name);
      return typeof port === 'number' ? port : undefined;
    },
  });
  return {
    views,
    edges: [...connectionsOf(checkout.plan), ...proxies.map((proxy) => ({ kind: 'proxies' as const, ...proxy }))],
  };
}
