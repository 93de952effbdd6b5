import type { Candidate, Rule } from '../candidate.ts';
import { type ComposeService, composeServices } from '../manifests/compose.ts';
import type { Repository } from '../repository/repository.ts';
import { containerCandidate } from './compose.ts';

/** Names of what answers the application's users. */
const MAIN = /^(?:web|app|site|www|api|server|backend|frontend)$/;

/**
 * A repository that runs only as a whole in compose: what it builds, publishes and nothing else there depends on.
 * Compose starts with each whatever it depends on; what no such service asks for is named.
 */
export const composeWholeRule: Rule = (repository) => {
  const all = composeServices(repository);
  const isAsked = ({ name }: ComposeService): boolean => all.some(({ dependsOn }) => dependsOn.includes(name));
  // What is built once may run as several services, of which most are for jobs.
  const images = all.flatMap(({ context, image }) => (context === null || image === null ? [] : image));
  const isBuilt = ({ name, context, image }: ComposeService): boolean =>
    context !== null || (MAIN.test(name) && image !== null && images.includes(image));
  const built = all.filter((service) => isBuilt(service) && service.ports.length > 0);
  const tops = built.filter((service) => !isAsked(service));
  const chosen = tops.length > 0 ? tops : built.slice(0, 1);
  if (chosen.length > 0)
    noteLeftOut(
      repository,
      all.filter((service) => !isAsked(service) && !chosen.includes(service)),
    );
  return chosen.map(wholeCandidate);
};

/** What publishes nothing cannot be awaited, so it is left to compose and to the person. */
function noteLeftOut(repository: Repository, services: readonly ComposeService[]): void {
  for (const { name, file, context } of services)
    if (context !== null)
      repository.note(`\`${name}\` of \`${file}\` publishes no port, and nothing that does depends on it: left out.`);
}

function wholeCandidate(service: ComposeService): Candidate {
  return containerCandidate(service, {
    framework: 'compose',
    kind: 'fullstack',
    mapping: service.ports[0],
    confidence: 0.6,
    says: `\`${service.name}\` is built from \`${service.context ?? service.image}\`, and runs only in compose`,
  });
}
