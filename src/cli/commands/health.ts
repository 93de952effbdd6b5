import { serviceEnvironment } from '../../plan/environment.ts';
import type { ServicePlan } from '../../plan/plan.ts';
import { gradeResponse } from '../../runtime/health/grade.ts';
import type { ResponseGrade } from '../../runtime/state/lifecycle.ts';
import { readRunRecord } from '../../runtime/state/run-record-file.ts';
import { type CheckOutcome, checkRun } from '../../runtime/supervisor/run/check-run.ts';
import type { CommandContext } from '../context/command-context.ts';
import { complain } from '../output/complain.ts';
import { EXIT, type ExitCode } from '../output/exit-code.ts';
import { printJson } from '../output/print-json.ts';
import { type CheckedService, healthTable } from '../sentences/health-table.ts';
import { selectServices } from '../status/select-services.ts';
import { viewService } from '../status/service-view.ts';

export interface HealthCommand {
  readonly kind: 'health';
  readonly names: readonly string[];
}

/** Probes services at this moment. Succeeds only if all that were asked for are well. */
export async function showHealth(command: HealthCommand, context: CommandContext): Promise<ExitCode> {
  const { checkout, screen } = context;
  const selected = selectServices(checkout.plan, command.names);
  if (!selected.ok) return complain(screen, selected.error);
  const checked = await Promise.all(selected.value.map((service) => check(service, context)));
  if (screen.answers === 'json') printJson(screen, { services: checked.map(toJson) });
  else screen.out(...healthTable(checked, screen.paintOut));
  return checked.every(({ outcome }) => outcome.kind === 'passed') ? EXIT.done : EXIT.failed;
}

async function check(service: ServicePlan, { checkout }: CommandContext): Promise<CheckedService> {
  const { root, plan, environment } = checkout;
  const view = viewService(root, service);
  const record = readRunRecord(root, service.name);
  if (view.pid === null || !record.ok) {
    return { service: service.name, state: view.state, url: null, grade: null, outcome: { kind: 'down' } };
  }
  const { run, ...rest } = { run: record.value, state: view.state, url: view.url };
  const ports = new Map(plan.services.map((each) => [each.name, viewService(root, each).port] as const));
  const subject = {
    record: { ...run, port: view.port, url: view.url },
    environment: serviceEnvironment({ plan, service, ports, shellEnvironment: environment, runId: run.id }),
  };
  const outcome = await checkRun(service, subject, new AbortController().signal);
  return { service: service.name, ...rest, outcome, grade: gradeOf(outcome, service) };
}

function gradeOf(outcome: CheckOutcome, service: ServicePlan): ResponseGrade | null {
  if (outcome.kind === 'stolen' || outcome.responseMs === null) return null;
  return gradeResponse(outcome.responseMs, service.health);
}

function toJson({ service, state, url, outcome, grade }: CheckedService) {
  return {
    service,
    state,
    url,
    verdict: outcome.kind === 'passed' ? 'healthy' : outcome.kind === 'down' ? 'down' : 'unhealthy',
    responseMs: 'responseMs' in outcome && outcome.responseMs !== null ? Math.round(outcome.responseMs) : null,
    grade,
    seen: outcome.kind === 'failed' ? outcome.seen : null,
    portStolen: outcome.kind === 'stolen',
  };
}
