import { variablesAbout } from '../../config/variables-about.ts';
import type { Plan } from '../../plan/plan.ts';
import { viteOf } from '../doctor/vite-of.ts';

/** A dev server of `from` hands `route` on to `to`, which has `port`; `file` and `line`: where that is written. */
export interface ViteProxy {
  readonly from: string;
  readonly to: string;
  readonly route: string;
  readonly port: number;
  readonly file: string;
  readonly line: number;
}

/** Which ports the services have, or would. */
export interface KnownPorts {
  hasPort(service: string, port: number): boolean;
  portOf(service: string): number | undefined;
}

/** The proxies in Vite's configs: literal ones, and those by `NAME_URL`. */
export function proxiesOf(
  { plan, root }: { readonly plan: Plan; readonly root: string },
  { hasPort, portOf }: KnownPorts,
): readonly ViteProxy[] {
  return plan.services.flatMap((service) => {
    const vite = viteOf(service, root);
    return (vite?.settings ?? []).flatMap(({ kind, route, value, line }): readonly ViteProxy[] => {
      const isMeant = ({ name }: { readonly name: string }) => variablesAbout(name).includes(value);
      const wired = kind === 'wired' ? plan.services.find(isMeant) : undefined;
      const port = wired === undefined ? localPort(value) : portOf(wired.name);
      const to = wired ?? (port === undefined ? undefined : plan.services.find(({ name }) => hasPort(name, port)));
      if (port === undefined || to === undefined || vite === undefined) return [];
      return [{ from: service.name, to: to.name, route, port, file: vite.file, line }];
    });
  });
}

function localPort(target: string): number | undefined {
  const [, port] = /^(?:http|ws)s?:\/\/(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\]):(\d+)/.exec(target) ?? [];
  return port === undefined ? undefined : Number(port);
}
