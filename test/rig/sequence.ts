import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Their tests wait for processes, for seconds or a minute: begun last, one of these would be waited for by itself. */
const SLOW = [/\/test\/windows\//, /\/test\/(?:e2e|faults|build)\//];

/** Slow files first, so that the many short ones fill what time is left. */
export class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const rank = ({ moduleId }: TestSpecification): number => {
      const found = SLOW.findIndex((pattern) => pattern.test(moduleId));
      return found === -1 ? SLOW.length : found;
    };
    return sorted.toSorted((one, other) => rank(one) - rank(other));
  }
}
