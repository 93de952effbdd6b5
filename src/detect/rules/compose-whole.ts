import type { Candidate, Rule } from '../candidate.ts';
import { type ComposeService, composeServices } from '../manifests/compose.ts';
import { containerCandidate } from './compose.ts';

/**
 * A repository that runs only as a whole in compose is one service: what it builds, publishes and needs all others for.
 * Compose starts with it whatever it depends on.
 */
export const composeWholeRule: Rule = (repository) => {
  const all = composeServices(repository);
  const built = all.filter(({ context, ports }) => context !== null && ports.length > 0);
  const top = built.find(({ name }) => !all.some(({ dependsOn }) => dependsOn.includes(name))) ?? built[0];
  return top === undefined ? [] : [wholeCandidate(top)];
};

function wholeCandidate(service: ComposeService): Candidate {
  return containerCandidate(service, {
    framework: 'compose',
    kind: 'fullstack',
    mapping: service.ports[0],
    confidence: 0.6,
    says: `\`${service.name}\` is built from \`${service.context}\`, and runs only in compose`,
  });
}
