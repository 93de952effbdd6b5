import { quoteWord } from '../../base/quote-word.ts';
import type { Plan, ServicePlan } from '../../plan/plan.ts';

/** Of a timer; a debugger may stand at a breakpoint for as long as it likes. */
const LONGEST_MS = 2_147_483_647;

/**
 * The plan in which a service is run by the supervisor in name only: its port, environment and dependencies are as ever,
 * but what is launched just waits for process `pid` to end. That process runs what goes before and the real command with
 * the run's environment; the tag in it makes it, and what it starts, members of the run: they are what is ready, shown,
 * stopped.
 */
export function planForTerminal(plan: Plan, name: string, pid: number): Plan {
  return { ...plan, services: plan.services.map((each) => (each.name === name ? onTerminal(each, pid) : each)) };
}

function onTerminal(service: ServicePlan, pid: number): ServicePlan {
  const { health, restart } = service;
  // What it writes goes to the terminal: there is no log in which to look for a line.
  const probe = health.probe.kind === 'log' ? ({ kind: 'process' } as const) : health.probe;
  return {
    ...service,
    command: placeholder(service.command, pid),
    before: null,
    health: { ...health, probe, startTimeoutMs: LONGEST_MS },
    restart: { ...restart, policy: 'never', onUnhealthy: false, maxMemoryBytes: null },
  };
}

/** Begins with the real command, as an argument of a command that does nothing, for whoever looks at the status. */
function placeholder(command: string, pid: number): string {
  return `: ${quoteWord(command)}; while kill -0 ${pid} 2>/dev/null; do sleep 1; done`;
}
