import type { Candidate } from '../candidate.ts';
import { isInside } from '../repository/paths.ts';

/** Merges candidates for the same service; the order of first mention is kept. */
export function mergeCandidates(candidates: readonly Candidate[]): readonly Candidate[] {
  const groups: Candidate[][] = [];
  for (const candidate of candidates) {
    const group = groups.find((members) => members.some((member) => isSame(member, candidate)));
    if (group === undefined) groups.push([candidate]);
    else group.push(candidate);
  }
  return groups.flatMap((group) => (group.length === 0 ? [] : [mergeGroup(group)]));
}

/**
 * Whether two candidates are one service: the same entry file, or the same side of the same directory in one
 * ecosystem.
 */
function isSame(a: Candidate, b: Candidate): boolean {
  if (a.ecosystem !== b.ecosystem || (a.kind === 'worker') !== (b.kind === 'worker')) return false;
  if (a.entry !== null && b.entry !== null && a.entry === b.entry) return true;
  if (isScriptOf(a, b) || isScriptOf(b, a)) return true;
  if (a.entry !== null && b.entry !== null) return false;
  if (a.home !== b.home) return false;
  return side(a) === side(b);
}

/** `python backend/run.py` in a script starts the application whose directory the file lies in. */
function isScriptOf(script: Candidate, application: Candidate): boolean {
  if (script.framework !== 'python' || application.framework === 'python' || script.entry === null) return false;
  return application.kind === 'backend' && isInside(script.entry, application.home);
}

function side(candidate: Candidate): string {
  return candidate.kind === 'fullstack' ? 'frontend' : candidate.kind;
}

const BASES = ['named', 'inferred', 'fallback'];

function mergeGroup(group: readonly Candidate[]): Candidate {
  const ranked = [...group].sort(
    (a, b) => b.confidence - a.confidence || BASES.indexOf(a.basis) - BASES.indexOf(b.basis),
  );
  const [best] = ranked;
  if (best === undefined) throw new Error('a group of candidates is never empty');
  const port = [...ranked].sort((a, b) => b.portRank - a.portRank)[0] ?? best;
  const usesBestPort = best.portRank >= port.portRank;
  const healthy =
    ranked.find((candidate) => candidate.healthSource === 'declared') ??
    ranked.find((candidate) => candidate.health !== null) ??
    best;
  const others = ranked.filter((candidate) => candidate.developerCommand !== best.developerCommand);
  return {
    ...best,
    label: ranked.find((candidate) => candidate.label !== null)?.label ?? null,
    port: usesBestPort ? best.port : port.port,
    portSource: usesBestPort ? best.portSource : port.portSource,
    portRank: usesBestPort ? best.portRank : port.portRank,
    health: healthy.health,
    healthSource: healthy.healthSource,
    docs: ranked.find((candidate) => candidate.docs !== null)?.docs ?? null,
    evidence: unique(ranked.flatMap((candidate) => candidate.evidence)),
    alternatives: [
      ...best.alternatives,
      ...others.map((other) => ({ command: other.developerCommand, why: `run in \`${other.cwd}\`` })),
    ],
  };
}

function unique(evidence: Candidate['evidence']): Candidate['evidence'] {
  const seen = new Set<string>();
  return evidence.filter((item) => {
    const key = JSON.stringify(item);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
