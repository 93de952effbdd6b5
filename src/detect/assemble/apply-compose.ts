import { type Candidate, isServer } from '../candidate.ts';
import { flagValue, portNumber } from '../commands/flags.ts';
import { readCommand } from '../commands/read-command.ts';
import { type ComposeService, composeServices } from '../manifests/compose.ts';
import { type ImageHealth, imageHealth } from '../manifests/image-health.ts';
import { baseName, joinPath } from '../repository/paths.ts';
import type { Repository } from '../repository/repository.ts';
import { ownComposeService } from './own-compose-service.ts';

/**
 * What a compose file or Dockerfile says of a server that was found already: the port that its development command
 * names, and the path of its health check. Both count only where the sources themselves say nothing.
 */
export function applyCompose(repository: Repository, candidate: Candidate, all: readonly Candidate[]): Candidate {
  if (!isServer(candidate)) return candidate;
  const isShared = all.some((other) => other !== candidate && other.home === candidate.home && isServer(other));
  // Of two servers of one folder it could be either.
  const service = isShared ? undefined : ownComposeService(repository, candidate, all);
  const known =
    service === undefined ? withPublishedPort(repository, candidate) : withPort(repository, candidate, service);
  return withHealth(known, { service, image: imageCheck(repository, candidate, all) });
}

/**
 * The port of a ready-made image that is called like the candidate's directory, where nothing else says one: several
 * services of a framework cannot all have its default.
 */
function withPublishedPort(repository: Repository, candidate: Candidate): Candidate {
  const name = baseName(candidate.home);
  const service = composeServices(repository).find(
    ({ context, image }) => context === null && baseName((image ?? '').replace(/:[^/]*$/, '')) === name,
  );
  const [port] = service?.ports ?? [];
  if (service === undefined || port === undefined || candidate.portRank > 1 || port.host !== port.container)
    return candidate;
  const evidence = { file: service.file, line: service.line, says: `publishes ${port.host}` };
  return {
    ...candidate,
    port: port.host,
    portSource: service.file,
    portRank: 2,
    evidence: [...candidate.evidence, evidence],
  };
}

function withPort(repository: Repository, candidate: Candidate, service: ComposeService | undefined): Candidate {
  if (service?.command == null || candidate.portRank > 1) return candidate;
  const launches = readCommand(repository, {
    text: service.command,
    cwd: candidate.cwd,
    file: service.file,
    line: service.line,
  });
  const server = launches.find((launch) => launch.role === 'server' && launch.ecosystem === candidate.ecosystem);
  const address =
    server?.program?.framework === 'django'
      ? server.words.slice(2).find((word) => /\d{4,5}$/.test(word))
      : flagValue(server?.words ?? [], server?.program?.portFlags ?? []);
  const port = portNumber(address?.replace(/^.*:/, ''));
  if (port === null) return candidate;
  const host = service.ports.find(({ container }) => container === port)?.host ?? port;
  return {
    ...candidate,
    port: host,
    portSource: service.file,
    portRank: 2,
    evidence: [...candidate.evidence, { file: service.file, line: service.line, says: `runs \`${service.command}\`` }],
  };
}

/** Where the image of a whole repository is described. */
const ROOT_IMAGES = ['Dockerfile', 'docker/Dockerfile'];

/** The health check of the image that is made of a candidate: its own, or the root's where only it can be meant. */
function imageCheck(repository: Repository, candidate: Candidate, all: readonly Candidate[]): ImageHealth | undefined {
  const own = imageHealth(repository, joinPath(candidate.home, 'Dockerfile'));
  const beside = all.filter((other) => other.home === candidate.home && isServer(other));
  if (own !== undefined) return beside.length === 1 || isOnlyOne(candidate, beside, own) ? own : undefined;
  const root = ROOT_IMAGES.map((file) => imageHealth(repository, file)).find((found) => found !== undefined);
  return isOnlyOne(candidate, all, root) ? root : undefined;
}

function isOnlyOne(candidate: Candidate, all: readonly Candidate[], check: ImageHealth | undefined): boolean {
  // Beside a back end, a framework that could be both is the front end.
  const kind = all.some((other) => other.kind === 'backend') ? 'backend' : 'fullstack';
  const fitting = all.filter((other) => other.kind === kind && isAsked(other, check));
  return fitting.length === 1 && fitting[0] === candidate;
}

function isAsked({ port }: Candidate, check: ImageHealth | undefined): boolean {
  return check !== undefined && (check.port === null || check.port === port);
}

interface HealthChecks {
  readonly service: ComposeService | undefined;
  readonly image: ImageHealth | undefined;
}

function withHealth(candidate: Candidate, { service, image }: HealthChecks): Candidate {
  if (candidate.healthSource === 'declared') return candidate;
  const checks = [
    { text: service?.healthCommand ?? null, file: service?.file ?? '', line: service?.line ?? null },
    { text: image?.text ?? null, file: image?.file ?? '', line: image?.line ?? null },
  ];
  for (const { text, file, line } of checks) {
    const path = /https?:\/\/[^/\s"'`]+(\/[^\s"'`|;)?#]+)/.exec(text ?? '')?.[1];
    if (path === undefined || (path === '/' && candidate.health !== null)) continue;
    return {
      ...candidate,
      health: path,
      healthSource: 'declared',
      evidence: [...candidate.evidence, { file, line, says: `checks the health of \`${path}\`` }],
    };
  }
  return candidate;
}
