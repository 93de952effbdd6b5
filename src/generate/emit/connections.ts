import { referencesTo } from '../../plan/references-to.ts';
import type { ProjectOutline, ServiceOutline } from '../project-names.ts';

/** Who talks to whom, as far as the config says. */
export interface Connection {
  readonly from: string;
  /** A service, or something outside that is waited for. */
  readonly to: string;
  /** `calls`: told where the other is; `admits`: told which origin may call it; `waits`: only started after it. */
  readonly kind: 'calls' | 'admits' | 'waits';
  /** Variables through which it is told; empty: in its command. */
  readonly through: readonly string[];
}

/** A dev server of `from` hands `route` on to `to`. */
export interface Handed {
  readonly from: string;
  readonly to: string;
  readonly route: string;
}

/** Every connection, in the order of the services. */
export function connectionsOf({ services }: Pick<ProjectOutline, 'services'>): readonly Connection[] {
  return services.flatMap((service) => [
    ...services.flatMap((other) => (other === service ? [] : connectionBetween(service, other))),
    ...service.waitFor.map((resource): Connection => {
      return { from: service.name, to: withoutSecrets(resource), kind: 'waits', through: [] };
    }),
  ]);
}

function connectionBetween(service: ServiceOutline, other: ServiceOutline): Connection[] {
  const { env: through, isInCommand } = referencesTo(service, other.name);
  const ends = { from: service.name, to: other.name };
  const calls = through.filter((name) => !/CORS|ORIGIN/i.test(name));
  if (calls.length > 0 || isInCommand) return [{ ...ends, kind: 'calls', through: calls }];
  if (through.length > 0) return [{ ...ends, kind: 'admits', through }];
  return service.dependsOn.includes(other.name) ? [{ ...ends, kind: 'waits', through: [] }] : [];
}

/** A URL may have a password before its host or a token in its query; the guide is committed. */
function withoutSecrets(resource: string): string {
  return resource.replace(/\/\/[^/]*@/, '//').replace(/\?.*$/, '');
}
