import type { CommandContext } from '../context/command-context.ts';
import { complain } from '../output/complain.ts';
import { EXIT, type ExitCode } from '../output/exit-code.ts';
import { printJson } from '../output/print-json.ts';
import { type CheckedService, healthTable } from '../sentences/health-table.ts';
import { probeServices } from '../status/probe-service.ts';
import { selectServices } from '../status/select-services.ts';

export interface HealthCommand {
  readonly kind: 'health';
  readonly names: readonly string[];
}

/** Probes services at this moment. Succeeds only if all that were asked for are well. */
export async function showHealth(command: HealthCommand, context: CommandContext): Promise<ExitCode> {
  const { checkout, screen } = context;
  const selected = selectServices(checkout.plan, command.names);
  if (!selected.ok) return complain(screen, selected.error);
  const checked = await probeServices(selected.value, context.checkout);
  if (screen.answers === 'json') printJson<'health'>(screen, { services: checked.map(healthToJson) });
  else screen.out(...healthTable(checked, screen.paintOut));
  return checked.every(({ outcome }) => outcome.kind === 'passed') ? EXIT.done : EXIT.failed;
}

/** What was found, for programs. */
export function healthToJson({ service, state, url, outcome, grade }: CheckedService) {
  return {
    service,
    state,
    url,
    verdict: verdictOf(outcome),
    responseMs: 'responseMs' in outcome && outcome.responseMs !== null ? Math.round(outcome.responseMs) : null,
    grade,
    seen: outcome.kind === 'failed' ? outcome.seen : null,
    portStolen: outcome.kind === 'stolen',
  };
}

function verdictOf({ kind }: CheckedService['outcome']): 'healthy' | 'unhealthy' | 'down' | 'unknown' {
  if (kind === 'down' || kind === 'unknown') return kind;
  return kind === 'passed' ? 'healthy' : 'unhealthy';
}
