import { type ChangedPart, changedParts } from '../../plan/changed-parts.ts';
import type { ServicePlan } from '../../plan/plan.ts';
import { fileOwner } from '../../platform/file-owner.ts';
import type { ProcessIdentity } from '../../platform/process-identity.ts';
import { type JudgedStatus, judgeStatus } from '../../runtime/state/judge-status.ts';
import { pathsOf } from '../../runtime/state/paths.ts';
import { type Life, presentIn } from '../../runtime/state/present.ts';
import type { ServiceStatus } from '../../runtime/state/service-status.ts';
import type { Unread } from '../../runtime/state/state-file.ts';
import { readStatus } from '../../runtime/state/status-file.ts';

/** One service as the commands that only read see it. */
export interface ServiceView extends JudgedStatus {
  /** `absent`: it never ran here. */
  readonly file: 'read' | Unread;
  /** Whose the file is; `null`: it could be read, or there is none. */
  readonly owner: string | null;
  /** Whether the config has it. */
  readonly isListed: boolean;
  /** Path or URL of its documentation, as the config says it now; `null`: it does not. */
  readonly docs: string | null;
  /** What of its configuration changed since it was started. */
  readonly changed: readonly ChangedPart[];
}

/** As much of a service as there is to tell when it has no status. */
export type ShownService = Pick<ServicePlan, 'name' | 'command' | 'cwd'> & {
  readonly isListed?: false;
  readonly docs?: string | null;
  /** Of now; absent: what changed is not asked. */
  readonly fingerprint?: string | undefined;
};

/** The services' status files, held against the process table: their supervisor, mostly one, is looked up once. */
export function viewServices(root: string, services: readonly ShownService[]): readonly ServiceView[] {
  const present = presentIn(root);
  const known = new Map<string, Life>();
  const lifeOfSupervisor = (identity: ProcessIdentity): Life => {
    const key = JSON.stringify(identity);
    const life = known.get(key) ?? present.lifeOfSupervisor(identity);
    known.set(key, life);
    return life;
  };
  return services.map((service) => viewService(root, service, { ...present, lifeOfSupervisor }));
}

/** The service's status file, held against the tables of processes and sockets. */
export function viewService(root: string, service: ShownService, present = presentIn(root)): ServiceView {
  const { isListed = true, docs = null, fingerprint } = service;
  const status = readStatus(root, service.name);
  if (status.ok) {
    const judged = judgeStatus(status.value, present);
    const changed = judged.pid === null ? [] : changedParts(status.value.fingerprint, fingerprint);
    return { ...judged, file: 'read', owner: null, isListed, docs, changed };
  }
  const file = status.error;
  const never = { ...judgeStatus(neverStarted(service), present), changed: [] };
  if (file === 'absent') return { ...never, file, owner: null, isListed, docs };
  return { ...never, state: 'unknown', docs, file, owner: fileOwner(pathsOf(root).status(service.name)), isListed };
}

/** Whether anything of it is alive or about to be; of what cannot be known, not. */
export function isUp(view: ServiceView): boolean {
  return view.pid !== null || (view.supervised && view.status.wanted === 'up' && view.state !== 'failed');
}

function neverStarted(service: ShownService): ServiceStatus {
  return {
    schemaVersion: 1,
    service: service.name,
    state: 'down',
    wanted: 'down',
    pid: null,
    identity: null,
    run: null,
    command: service.command,
    cwd: service.cwd,
    port: null,
    wantedPort: null,
    sockets: [],
    url: null,
    fingerprint: null,
    startedAt: null,
    readyAt: null,
    startupMs: null,
    restarts: 0,
    lastExit: null,
    lastRestart: null,
    failure: null,
    health: { verdict: 'unknown', checkedAt: null, responseMs: null, grade: null, failures: 0 },
    lastHealthyAt: null,
    log: `logs/${service.name}.log`,
    supervisor: null,
  };
}
