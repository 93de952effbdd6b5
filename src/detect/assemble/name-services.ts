import { RESERVED_NAMES } from '../../config/reserved-names.ts';
import type { Candidate } from '../candidate.ts';
import { baseName } from '../repository/paths.ts';

/** Directory names that say nothing about what lies in them. */
const EMPTY_NAMES = new Set(['.', 'src', 'app', 'code', 'project']);

/** One name each, unique among them: the repository's own label, the directory, or what the service is. */
export function nameServices(candidates: readonly Candidate[]): readonly string[] {
  const taken = new Set<string>();
  return candidates.map((candidate) => {
    const wishes = [...ownNames(candidate), candidate.kind === 'fullstack' ? 'web' : candidate.kind, cleanName(candidate.framework)];
    const isFree = (name: string): boolean => /^[a-z]/.test(name) && !taken.has(name) && !RESERVED_NAMES.has(name);
    const free = wishes.find(isFree) ?? numbered(wishes.find((name) => /^[a-z]/.test(name)) ?? 'service', taken);
    taken.add(free);
    return free;
  });
}

function ownNames(candidate: Candidate): readonly string[] {
  const directory = baseName(candidate.home);
  const byDirectory = EMPTY_NAMES.has(directory) ? [] : [cleanName(directory)];
  const byLabel = candidate.label === null ? [] : [cleanName(candidate.label.replace(/^(dev|start|serve|watch)[:_-]|[:_-](dev|start|serve|watch)$/g, ''))];
  return [...byDirectory, ...byLabel];
}

function cleanName(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9-]+/g, '-').replace(/^-+|-+$/g, '');
}

function numbered(name: string, taken: ReadonlySet<string>): string {
  let number = 2;
  while (taken.has(`${name}-${number}`)) number++;
  return `${name}-${number}`;
}
