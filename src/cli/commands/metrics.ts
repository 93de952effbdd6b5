import { systemFacts } from '../../platform/system-facts.ts';
import { pathsOf } from '../../runtime/state/paths.ts';
import { momentOf, type Since } from '../arguments/option-values.ts';
import type { CommandContext } from '../context/command-context.ts';
import { recordTroubles } from '../logs/log-troubles.ts';
import { metricsToJson } from '../metrics/metrics-to-json.ts';
import { takeMetrics } from '../metrics/service-metrics.ts';
import { complain } from '../output/complain.ts';
import { EXIT, type ExitCode } from '../output/exit-code.ts';
import { printJson } from '../output/print-json.ts';
import { describeMachineUptime } from '../sentences/describe-resources.ts';
import { metricsReport } from '../sentences/metrics-report.ts';
import { prometheusText } from '../sentences/prometheus-text.ts';
import { selectServices } from '../status/select-services.ts';

export interface MetricsCommand {
  readonly kind: 'metrics';
  readonly names: readonly string[];
  /** `null`: as far back as is kept. */
  readonly since: Since | null;
  readonly format: 'report' | 'prometheus';
}

/** Shows what was measured of services. Reads files only; a supervisor is not needed. */
export function showMetrics(command: MetricsCommand, { checkout, screen, words }: CommandContext): ExitCode {
  const { root, plan } = checkout;
  const selected = selectServices(plan, command.names);
  if (!selected.ok) return complain(screen, selected.error);
  const { events, metrics } = pathsOf(root);
  const wrong = recordTroubles(root, [events, metrics]);
  if (wrong.length > 0) {
    complain(screen, wrong);
    return EXIT.failed;
  }
  const until = Date.now();
  const from = command.since === null ? 0 : momentOf(command.since, until);
  const services = takeMetrics({ root, services: selected.value }, { from, until });
  const { uptimeMs } = systemFacts(root);
  if (screen.answers === 'json') printJson<'metrics'>(screen, metricsToJson(plan.name, services, uptimeMs));
  else if (command.format === 'prometheus') screen.out(...prometheusText(plan.name, services, uptimeMs));
  else {
    const style = { paint: screen.paintOut, words, now: until, bars: screen.isWatched ? 'drawn' : 'left-out' } as const;
    screen.out(...metricsReport(services, style), '', describeMachineUptime(uptimeMs));
  }
  return EXIT.done;
}
