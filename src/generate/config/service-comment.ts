import type { ProposalEvidence, ProposedService } from './config-proposal.ts';

/** Below this a service is marked as a guess. */
const SURE = 0.5;

/** Why a service is proposed and what else it could be, a line each. */
export function renderServiceComment(service: ProposedService): string[] {
  const reasons = service.evidence.map(({ says, ...where }) => `${placeOf(where)} ${says}`);
  const lines = [reasons.length === 0 ? service.framework : `${service.framework}: ${reasons.join('; ')}`];
  if (service.confidence < SURE) lines.push('Only a guess: please check it.');
  lines.push(...service.alternatives.map(({ command, why }) => `Or: ${command} (${why})`));
  lines.push(...service.wiring.map(({ says, suggestion, ...where }) => `${placeOf(where)} ${says}: ${suggestion}`));
  return lines;
}

function placeOf({ file, line }: Omit<ProposalEvidence, 'says'>): string {
  return line === null ? file : `${file}:${line}`;
}
