import { serviceEnvironment } from '../../plan/environment.ts';
import type { ServicePlan } from '../../plan/plan.ts';
import type { Checkout } from '../../runtime/client/checkout.ts';
import { gradeResponse } from '../../runtime/health/grade.ts';
import type { ResponseGrade } from '../../runtime/state/lifecycle.ts';
import { readRunRecord } from '../../runtime/state/run-record-file.ts';
import { type CheckOutcome, checkRun } from '../../runtime/supervisor/run/check-run.ts';
import type { CheckedService } from '../sentences/health-table.ts';
import { viewService } from './service-view.ts';

/** Asks a service at this moment, as its supervisor would; needs none. */
export async function probeService(service: ServicePlan, checkout: Checkout): Promise<CheckedService> {
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
    environment: serviceEnvironment({ plan, root, service, ports, shellEnvironment: environment, runId: run.id }),
  };
  const outcome = await checkRun(service, subject, new AbortController().signal);
  return { service: service.name, ...rest, outcome, grade: gradeOf(outcome, service) };
}

function gradeOf(outcome: CheckOutcome, service: ServicePlan): ResponseGrade | null {
  if (outcome.kind === 'stolen' || outcome.responseMs === null) return null;
  return gradeResponse(outcome.responseMs, service.health);
}
