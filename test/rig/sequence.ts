import { readFileSync } from 'node:fs';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Their tests wait for processes, for seconds or a minute: begun last, one of these would be waited for by itself. */
const SLOW = /\/test\/(?:windows|e2e|faults|build)\//;

/** Slow files first, by what time they say that their tests may take; many short ones fill what time is left. */
export class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const ranks = new Map(sorted.map(({ moduleId }) => [moduleId, SLOW.test(moduleId) ? 1 + limitsIn(moduleId) : 0]));
    const rank = ({ moduleId }: TestSpecification): number => ranks.get(moduleId) ?? 0;
    return sorted.toSorted((one, other) => rank(other) - rank(one));
  }
}

/** The sum of the limits that are written in a file, in ms. */
function limitsIn(file: string): number {
  const written = readFileSync(file, 'utf8').match(/\b\d+_000\b/g) ?? [];
  return written.reduce((sum, limit) => sum + Number(limit.replace('_', '')), 0);
}
