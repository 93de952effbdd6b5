import type { PortPlan } from '../../plan/plan.ts';

/** The wanted port in words; with a text such as `${API_PORT:-8000}` as it stands in the config. */
export function describePort(port: PortPlan): string {
  switch (port.kind) {
    case 'none':
      return 'no port';
    case 'auto':
      return 'any free port';
    case 'wanted':
      return `port ${port.expression}`;
  }
}
