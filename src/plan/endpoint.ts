import type { ServicePlan } from './plan.ts';

export interface Endpoint {
  readonly host: string;
  readonly port: number;
  readonly url: string;
}

/**
 * Where a service is reached. A wildcard address is what a server binds, not where a client goes: its URL names
 * `localhost`. The scheme is `https` when the health check's URL says so.
 */
export function endpointOf(service: Pick<ServicePlan, 'host' | 'health'>, port: number): Endpoint {
  const { host, health } = service;
  const isWildcard = host === '0.0.0.0' || host === '::' || host === '[::]';
  const named = isWildcard ? 'localhost' : host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
  const scheme = health.probe.kind === 'http' && health.probe.target.startsWith('https:') ? 'https' : 'http';
  return { host, port, url: `${scheme}://${named}:${port}` };
}
