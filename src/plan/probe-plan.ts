import { integer, listOf, type ShapeOf, text, variant } from '../base/shape.ts';
import type { HealthConfig } from '../config/health-schema.ts';

export const probeShape = variant('kind', {
  /** Not configured: any HTTP answer below 500, or the listening socket of a server that does not speak HTTP. */
  'any-answer': {},
  http: {
    /** A path on the service's own port, or a whole URL. */
    target: text,
    /** Accepted status codes; empty: 200–399. */
    expect: listOf(integer),
  },
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

/** The probe that the config asks for, or the one for a service of which it asks none. */
export function compileProbe(health: HealthConfig, port: 'port' | 'no-port'): ProbePlan {
  const { http, tcp, command, log, expect = [] } = health;
  if (http !== undefined) return { kind: 'http', target: http, expect: Array.isArray(expect) ? expect : [expect] };
  if (tcp === true) return { kind: 'tcp' };
  if (command !== undefined) return { kind: 'command', command };
  if (log !== undefined) return { kind: 'log', pattern: log };
  return port === 'no-port' ? { kind: 'process' } : { kind: 'any-answer' };
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
    case 'process':
      return {};
  }
}
