import { instancesBefore } from '../../base/instance-name.ts';
import { portNumber } from '../../base/port-number.ts';
import type { ServicePlan } from '../../plan/plan.ts';

/**
 * The wanted port in words; with a text such as `${API_PORT:-8000}` as it stands in the config. Instances count up from
 * it.
 */
export function describePort({ name, port }: Pick<ServicePlan, 'name' | 'port'>): string {
  switch (port.kind) {
    case 'none':
      return 'no port';
    case 'auto':
      return 'any free port';
    case 'wanted': {
      const steps = instancesBefore(name);
      const number = portNumber(port.expression);
      if (number !== null) return `port ${number + steps}`;
      return `port ${port.expression}${steps === 0 ? '' : ` + ${steps}`}`;
    }
  }
}
