import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { healthToJson } from '../cli/commands/health.ts';
import { waitUntilWell } from '../cli/commands/wait.ts';
import { describeClientFailure } from '../cli/sentences/describe-client-failure.ts';
import { probeServices } from '../cli/status/probe-service.ts';
import { selectNames, selectServices } from '../cli/status/select-services.ts';
import { selectShown } from '../cli/status/select-shown.ts';
import { viewFully } from '../cli/status/view-traced.ts';
import { findConfig } from '../config/find-config.ts';
import { programIn } from '../manifest/launcher.ts';
import { loadPlan } from '../plan/load-plan.ts';
import type { Checkout } from '../runtime/client/checkout.ts';
import { type ClientFailure, requestStart, requestStop, type StartOptions } from '../runtime/client/client.ts';
import { describeFailure } from '../runtime/sentences/describe-failure.ts';
import type { Failure } from '../runtime/state/lifecycle.ts';
import type { Manager, ManagerOptions, StartResult, StartServicesOptions, StopResult } from './manager.ts';
import { managerError, unwrap } from './manager-error.ts';
import { readEvents } from './read-events.ts';
import { readLogs } from './read-logs.ts';

const WAIT_MS = 60_000;

/** A manager of the project that `root` lies in; throws a `ManagerError` when there is none. */
export async function createManager(options: ManagerOptions = {}): Promise<Manager> {
  const { root: folder = process.cwd(), environment = process.env } = options;
  const root = realpathSync(unwrap(await findConfig(folder)).root);
  const runtimeDirectory = join(import.meta.dirname, 'runtime');
  /** As the config is now. */
  const checkout = async (): Promise<Checkout> => {
    return { root, plan: unwrap(await loadPlan(root)), environment, runtimeDirectory };
  };
  const start = async (mode: StartOptions['mode'], names: readonly string[], options: StartServicesOptions) => {
    return startServices(await checkout(), mode, { names, options });
  };
  return {
    root,
    services: async () => (await checkout()).plan.services.map(({ name }) => name),
    start: (names = [], options = {}) => start(options.mode ?? 'normal', names, options),
    restart: (names = [], options = {}) => start(options.mode === 'force' ? 'force' : 'restart', names, options),
    async stop(names = [], { mode = 'graceful', onEvent = () => undefined } = {}) {
      const own = await checkout();
      const stopped = await requestStop(own, { names: unwrap(selectNames(own.plan, names)), mode }, onEvent);
      if (!stopped.ok) throw unreachable(stopped.error);
      return stopped.value.services.map(
        ({ service, outcome, tookMs, failure }): StopResult => ({
          ...{ service, outcome, tookMs },
          reason: reasonOf(failure, service, root),
        }),
      );
    },
    async status(names = []) {
      const views = viewFully(root, unwrap(selectShown(await checkout(), names)));
      return views.map(({ status, state, pid, port, url }) => {
        const { service, wantedPort, startedAt, restarts } = status;
        return { service, state, pid, port, wantedPort, url, startedAt, restarts };
      });
    },
    async health(names = []) {
      const own = await checkout();
      const checked = await probeServices(unwrap(selectServices(own.plan, names)), own);
      return checked.map((each) => {
        const { service, verdict, responseMs, grade } = healthToJson(each);
        return { service, verdict, responseMs, grade };
      });
    },
    async wait(names = [], { timeoutMs = WAIT_MS } = {}) {
      const own = await checkout();
      return (await waitUntilWell(own, unwrap(selectServices(own.plan, names)), timeoutMs)).isReady;
    },
    async *logs(names = [], options = {}) {
      const services = unwrap(selectServices((await checkout()).plan, names));
      yield* readLogs(root, services, options);
    },
    async *events({ signal } = {}) {
      yield* readEvents(await checkout(), signal);
    },
  };
}

async function startServices(
  checkout: Checkout,
  mode: StartOptions['mode'],
  { names, options }: { readonly names: readonly string[]; readonly options: StartServicesOptions },
): Promise<readonly StartResult[]> {
  const { ports = {}, timeoutMs = null, signal, onEvent = () => undefined } = options;
  // This process may be much older than the request.
  const request = {
    names: unwrap(selectNames(checkout.plan, names)),
    mode,
    ports,
    timeoutMs,
    askedAt: Date.now(),
    ...(signal && { signal }),
  };
  const started = await requestStart(checkout, request, onEvent);
  if (!started.ok) throw unreachable(started.error);
  return started.value.services.map(({ service, outcome, pid, port, url, startupMs, failure }) => ({
    ...{ service, outcome, pid, port, url, startupMs },
    reason: reasonOf(failure, service, checkout.root),
  }));
}

function reasonOf(failure: Failure | null, service: string, root: string): string | null {
  return failure === null ? null : describeFailure(failure, service, { program: programIn(root), home: '' }).text;
}

function unreachable(failure: ClientFailure) {
  return managerError([describeClientFailure(failure)]);
}
