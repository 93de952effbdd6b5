import type { ServicePlan } from '../../../plan/plan.ts';
import type { Failure } from '../../state/lifecycle.ts';
import type { Supervisor } from '../supervisor.ts';

/**
 * The services whose own command asks for their start: it would wait for itself. One that was ready may well ask, as
 * from a terminal that it has opened.
 */
export function ownCommands(
  supervisor: Supervisor,
  services: readonly ServicePlan[],
  callers: readonly number[],
): ReadonlyMap<string, Failure> {
  return new Map(
    services.flatMap((service) => {
      const { lifecycle, record } = supervisor.runnerOf(service);
      const root = record?.root ?? null;
      const isOwn = lifecycle.state === 'starting' && root !== null && callers.includes(root.pid);
      return isOwn ? [[service.name, { reason: 'starts-itself', command: service.command }] as const] : [];
    }),
  );
}
