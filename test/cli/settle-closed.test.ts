import { expect, test } from 'vitest';
import { judge } from '../../src/cli/settle/await-settled.ts';
import { judgeStatus } from '../../src/runtime/state/judge-status.ts';
import { servicePlan } from '../plan/service-plan.ts';
import { sampleStatus } from '../runtime-state/sample-state.ts';

test('a server that answers with its error is no compiler at work, though its status still calls its port closed', () => {
  const failure = { reason: 'not-listening', port: 8001, lastLines: [], remedy: null } as const;
  const judged = judgeStatus(sampleStatus({ state: 'unhealthy', failure }), {
    lifeOfRoot: () => 'alive',
    lifeOfSupervisor: () => 'alive',
    isClosed: () => false,
    servesAlone: () => true,
  });
  const seen = {
    service: servicePlan(),
    view: { ...judged, file: 'read', owner: null, isListed: true, docs: null, changed: [] },
    output: {
      ...{ silentMs: 10, hasReacted: true, hasError: true, isReloader: true, isCompiling: false },
      reloadedAt: 1,
    },
  } as const;
  const moment = { changedMs: 6000, waitedMs: 6000, unwellMs: 900, isTouched: true };
  const answered = { at: 1, isWell: false, broken: [], hasModules: false };
  expect(judge(seen, { ...answered, isClosed: false }, moment)).toBe('over');
  expect(judge(seen, { ...answered, isClosed: true }, moment)).toBe('ask');
});
