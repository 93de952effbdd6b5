import { serviceEnvironment } from '../../plan/environment.ts';
import type { ServicePlan } from '../../plan/plan.ts';
import { askToLook } from '../../runtime/client/ask-to-look.ts';
import type { Checkout } from '../../runtime/client/checkout.ts';
import { gradeResponse } from '../../runtime/health/grade.ts';
import type { ResponseGrade } from '../../runtime/state/lifecycle.ts';
import { readRunRecord } from '../../runtime/state/run-record-file.ts';
import { type CheckOutcome, checkRun } from '../../runtime/supervisor/run/check-run.ts';
import { describeStandstill } from '../sentences/describe-standstill.ts';
import type { CheckedService } from '../sentences/health-table.ts';
import { type ServiceView, viewService } from './service-view.ts';
import { viewFully } from './view-traced.ts';

/**
 * Asks services at this moment, as their supervisor would; needs none, but has it look where it knows otherwise, so
 * that what is found here is what their status says from now on.
 */
export async function probeServices(
  services: readonly ServicePlan[],
  checkout: Checkout,
): Promise<readonly CheckedService[]> {
  const views = viewFully(checkout.root, services);
  let ports: Ports | undefined;
  const portsNow = (): Ports => {
    ports ??= portsOf(views, checkout);
    return ports;
  };
  const probed = await Promise.all(
    services.map(async (service, index) => {
      const view = views[index] ?? viewService(checkout.root, service);
      return { view, checked: await probeService(service, view, { checkout, portsNow }) };
    }),
  );
  const surprises = probed.filter(({ view, checked }) => isWatched(view) && isSurprise(view, checked));
  await askToLook(
    checkout.root,
    surprises.map(({ checked }) => checked.service),
  );
  return probed.map(({ checked }) => checked);
}

type Ports = ReadonlyMap<string, number | null>;

/** Of every service of the plan, be it asked or not. */
function portsOf(views: readonly ServiceView[], { root, plan }: Checkout): Ports {
  const known = new Map(views.map(({ status, port }) => [status.service, port]));
  const portOf = (service: ServicePlan) => known.get(service.name) ?? viewService(root, service).port;
  return new Map(plan.services.map((service) => [service.name, portOf(service)]));
}

function isWatched({ supervised, stopped }: ServiceView): boolean {
  return supervised && !stopped.includes('supervisor');
}

function isSurprise({ state }: ServiceView, { outcome }: CheckedService): boolean {
  if (outcome.kind === 'passed') return state === 'unhealthy';
  return (outcome.kind === 'failed' || outcome.kind === 'stolen') && state === 'ready';
}

interface Probing {
  readonly checkout: Checkout;
  readonly portsNow: () => Ports;
}

async function probeService(
  service: ServicePlan,
  view: ServiceView,
  { checkout, portsNow }: Probing,
): Promise<CheckedService> {
  const { root, plan, environment } = checkout;
  const { state, url, port } = view;
  const record = readRunRecord(root, service.name);
  if (view.pid === null || !record.ok) {
    // Of what runs without a record it is not known how to ask.
    const outcome = { kind: view.pid === null ? 'down' : 'unknown' } as const;
    return { service: service.name, state, url, grade: null, outcome };
  }
  const { id: runId } = record.value;
  const subject = {
    record: { ...record.value, port, url },
    // Most probes need none, and each is made of every service's port.
    get environment() {
      return serviceEnvironment({ plan, root, service, ports: portsNow(), shellEnvironment: environment, runId });
    },
  };
  if (port === null && view.stopped.includes('service')) {
    // Nothing can be asked of it, and what merely lives would pass.
    const seen = { kind: 'error', message: describeStandstill('its process', view.pid) } as const;
    return { service: service.name, state, url, grade: null, outcome: { kind: 'failed', seen, responseMs: null } };
  }
  const outcome = await checkRun(service, subject, new AbortController().signal);
  return { service: service.name, state, url, outcome, grade: gradeOf(outcome, service) };
}

function gradeOf(outcome: CheckOutcome, service: ServicePlan): ResponseGrade | null {
  if (outcome.kind !== 'passed' || outcome.responseMs === null) return null;
  return gradeResponse(outcome.responseMs, service.health);
}
