import { RESERVED_NAMES } from '../../config/reserved-names.ts';
import type { Candidate } from '../candidate.ts';
import { baseName, parentOf } from '../repository/paths.ts';

/** Directory names that say nothing about what lies in them: then the directory above names it. */
const EMPTY_NAMES = new Set(['src', 'app', 'code', 'project']);
/** Directories that only hold others. */
const HOLDERS = new Set(['.', 'apps', 'packages', 'services', 'projects']);

/**
 * One name each, unique and allowed: the directory's, the repository's own label, or what the service is. Services
 * named by
 * their directory choose first, so that `apps/web` is `web`.
 */
export function nameServices(candidates: readonly Candidate[]): readonly string[] {
  const names = new Map<Candidate, string>();
  const taken = new Set<string>();
  const ranked = [...candidates].sort((a, b) => Number(directoryName(b) !== null) - Number(directoryName(a) !== null));
  for (const candidate of ranked) {
    const name = chooseName(candidate, taken);
    taken.add(name);
    names.set(candidate, name);
  }
  return candidates.map((candidate) => names.get(candidate) ?? candidate.kind);
}

function chooseName(candidate: Candidate, taken: ReadonlySet<string>): string {
  const kind = candidate.kind === 'fullstack' ? 'web' : candidate.kind;
  const wishes = [directoryName(candidate), labelName(candidate), kind, cleanName(candidate.framework)].filter(
    (name): name is string => name !== null && /^[a-z]/.test(name),
  );
  const free = wishes.find((name) => !taken.has(name) && !RESERVED_NAMES.has(name));
  return free ?? numbered(wishes[0] ?? 'service', taken);
}

function directoryName(candidate: Candidate): string | null {
  const { home } = candidate;
  const name = baseName(home);
  const above = parentOf(home);
  if (home === '.') return null;
  return cleanName(EMPTY_NAMES.has(name) && !HOLDERS.has(baseName(above)) ? baseName(above) : name);
}

function labelName(candidate: Candidate): string | null {
  if (candidate.label === null) return null;
  return cleanName(candidate.label.replace(/^(dev|start|serve|watch)[:_-]|[:_-](dev|start|serve|watch)$/g, ''));
}

function cleanName(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-')
    .replace(/^-+|-+$/g, '');
}

function numbered(name: string, taken: ReadonlySet<string>): string {
  let number = 2;
  while (taken.has(`${name}-${number}`)) number++;
  return `${name}-${number}`;
}
