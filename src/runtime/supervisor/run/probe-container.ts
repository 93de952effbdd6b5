import type { HealthPlan } from '../../../plan/plan.ts';
import type { ContainerState } from '../../containers/container-state.ts';
import { judgeContainer } from '../../containers/judge-container.ts';
import { inspectContainers } from '../../containers/list-containers.ts';
import { imageProbe } from '../../health/image-probes.ts';
import { type ProbeResult, probeOnce } from '../../health/probe.ts';
import type { ImageFacts } from '../../health/probe-image.ts';
import type { UpContainer } from '../../state/container-run.ts';
import { type ProbeSubject, probeTargetOf } from './probe-target.ts';

export interface ContainerProbe {
  readonly health: Pick<HealthPlan, 'probe' | 'timeoutMs'>;
  readonly subject: ProbeSubject;
  readonly container: UpContainer;
  readonly signal: AbortSignal;
}

/** Asks the engine for the state of a run's container, and then what serves in it. Never rejects. */
export async function probeContainer({ health, subject, container, signal }: ContainerProbe): Promise<ProbeResult> {
  const { record, environment } = subject;
  const context = { cwd: record.cwd, environment: environment.exported, signal };
  const states = await inspectContainers(container.engine, [container.id], context);
  if (states === null) return notReady(`\`${container.engine}\` does not answer`);
  const [state = null] = states;
  const verdict = judgeContainer(state, record.port);
  if (verdict.kind === 'not-ready') return { passed: false, responseMs: null, seen: verdict.seen };
  const image = state === null || verdict.port === null ? null : factsOf(container, state, verdict.port.container);
  if (health.probe.kind === 'image' && state?.health === 'starting' && !isKnown(image)) {
    return notReady('the health check of its container has not passed yet');
  }
  const result = await probeOnce(health, probeTargetOf(subject, { port: record.port, addresses: [], image }, signal));
  // Its processes are not ours to look for.
  return result.passed || result.seen.kind !== 'nothing-listens' ? result : notReady('nothing in it listens yet');
}

function factsOf({ engine, id }: UpContainer, { image }: ContainerState, port: number): ImageFacts {
  return { image, port, exec: [engine, 'exec', id] };
}

function isKnown(image: ImageFacts | null): boolean {
  return image !== null && imageProbe(image.image, image.port) !== undefined;
}

function notReady(message: string): ProbeResult {
  return { passed: false, responseMs: null, seen: { kind: 'error', message } };
}
