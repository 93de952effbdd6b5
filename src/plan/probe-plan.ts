import { integer, listOf, type ShapeOf, text, variant } from '../base/shape.ts';
import type { HealthConfig, ProbeKey } from '../config/health-schema.ts';

export const probeShape = variant('kind', {
  /** Not configured: any HTTP answer below 500, or the listening socket of a server that does not speak HTTP. */
  'any-answer': {},
  http: {
    /** A path on the service's own port, or a whole URL. */
    target: text,
    /** Accepted status codes; empty: 200–399. */
    expect: listOf(integer),
  },
  /** Not configured, of a container: what servers of its image are known to answer, or that a connection stays open. */
  image: {},
  /** A listening socket on the service's port is enough. */
  tcp: {},
  /** Exit code 0 is healthy. */
  command: { command: text },
  /** A line of this run's output matches the regular expression. */
  log: { pattern: text },
  /** A service without a port: ready as soon as its process runs. */
  process: {},
});

/** How a service is probed, complete. */
export type ProbePlan = ShapeOf<typeof probeShape>;

/** What each key asks for; `undefined`: with this value nothing. */
const ASKED: { readonly [Key in ProbeKey]: (health: HealthConfig) => ProbePlan | undefined } = {
  http: ({ http, expect = [] }) =>
    http === undefined ? undefined : { kind: 'http', target: http, expect: Array.isArray(expect) ? expect : [expect] },
  tcp: ({ tcp }) => (tcp === true ? { kind: 'tcp' } : undefined),
  command: ({ command }) => (command === undefined ? undefined : { kind: 'command', command }),
  log: ({ log }) => (log === undefined ? undefined : { kind: 'log', pattern: log }),
};

/** The probe that the config asks for, or the one for a service of which it asks none. */
export function compileProbe(health: HealthConfig, unasked: 'any-answer' | 'image' | 'process'): ProbePlan {
  const [asked] = Object.values(ASKED).flatMap((read) => read(health) ?? []);
  return asked ?? { kind: unasked };
}

/** The keys below `health` that ask for the probe; empty for the one of a service of which the config asks none. */
export function writtenProbe(probe: ProbePlan): HealthConfig {
  switch (probe.kind) {
    case 'http':
      return { http: probe.target, ...(probe.expect.length > 0 && { expect: [...probe.expect] }) };
    case 'tcp':
      return { tcp: true };
    case 'command':
      return { command: probe.command };
    case 'log':
      return { log: probe.pattern };
    case 'any-answer':
    case 'image':
    case 'process':
      return {};
  }
}
