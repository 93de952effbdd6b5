import { type Candidate, isServer } from '../candidate.ts';
import type { DetectedService, ServiceKind } from '../detection.ts';
import type { Repository } from '../repository/repository.ts';
import { applyCompose } from './apply-compose.ts';
import { containerEnvironment } from './container-environment.ts';
import { dropAlternatives } from './drop-alternatives.ts';
import { dropOptional } from './drop-optional.ts';
import { dropWatched } from './drop-watched.ts';
import { findWiring } from './find-wiring.ts';
import { mergeCandidates } from './merge-candidates.ts';
import { nameServices } from './name-services.ts';
import { neededContainers } from './needed-containers.ts';
import { ownComposeService } from './own-compose-service.ts';
import { partPorts } from './part-ports.ts';
import type { Target } from './wiring-target.ts';

/** What is needed by others comes first. */
const ORDER: readonly ServiceKind[] = ['database', 'backend', 'fullstack', 'frontend', 'worker', 'tool'];

/**
 * Candidates made services: the same thing said twice is merged, each gets a name, and what points at what is found.
 */
export function assembleServices(repository: Repository, candidates: readonly Candidate[]): readonly DetectedService[] {
  const started = dropWatched(repository, mergeCandidates(candidates));
  const merged = dropAlternatives(repository, dropOptional(repository, started));
  const hasBackend = merged.some((candidate) => candidate.kind === 'backend');
  const complete = merged
    .map((candidate) => applyCompose(repository, candidate, merged))
    .map((candidate) =>
      candidate.kind === 'fullstack' && hasBackend ? { ...candidate, kind: 'frontend' as const } : candidate,
    )
    .sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
  const names = nameServices(complete);
  const targets: readonly Target[] = complete.flatMap((candidate, index) => {
    return candidate.port === null || !isServer(candidate)
      ? []
      : [{ name: names[index] ?? '', port: candidate.port, candidate }];
  });
  const services = complete.map((candidate, index) => {
    const service = toService(repository, candidate, { names, index, targets, complete });
    return { service, takesPort: takesPort(candidate) };
  });
  return partPorts(repository, services);
}

function takesPort({ readsPort, command, env }: Candidate): boolean {
  return readsPort || command.includes('$PORT') || Object.values(env).includes('$PORT');
}

interface Surroundings {
  readonly names: readonly string[];
  readonly index: number;
  readonly targets: readonly Target[];
  readonly complete: readonly Candidate[];
}

function toService(
  repository: Repository,
  candidate: Candidate,
  { names, index, targets, complete }: Surroundings,
): DetectedService {
  const isTarget = targets.some((target) => target.candidate === candidate);
  const found = isTarget ? findWiring(repository, candidate, targets) : { env: {}, wiring: [], dependsOn: [] };
  const containers = neededContainers(repository, candidate, complete).map((each) => {
    return { name: names[complete.indexOf(each)] ?? '', candidate: each };
  });
  const needed = containers.map(({ name }) => name);
  const own = isTarget ? ownComposeService(repository, candidate, complete) : undefined;
  const reached = isTarget ? containerEnvironment(repository, candidate, { own, containers }) : {};
  return {
    name: names[index] ?? '',
    cwd: candidate.cwd,
    command: candidate.command,
    container: candidate.container,
    developerCommand: candidate.developerCommand,
    port: candidate.port,
    portSource: candidate.portSource,
    health: candidate.health,
    healthSource: candidate.healthSource,
    docs: candidate.docs,
    kind: candidate.kind,
    framework: candidate.framework,
    confidence: candidate.confidence,
    evidence: candidate.evidence,
    env: { ...reached, ...found.env, ...candidate.env },
    dependsOn: [...needed, ...found.dependsOn.filter((name) => !needed.includes(name))],
    alternatives: candidate.alternatives,
    wiring: found.wiring,
  };
}
