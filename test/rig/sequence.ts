import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Their tests wait for processes, for seconds: begun last, one of these would be waited for by itself. */
const SLOW = /\/test\/(?:e2e|faults|build)\//;

/** Slow files first, so that the many short ones fill what time is left. */
export class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isSlow = ({ moduleId }: TestSpecification): boolean => SLOW.test(moduleId);
    return [...sorted.filter(isSlow), ...sorted.filter((file) => !isSlow(file))];
  }
}
