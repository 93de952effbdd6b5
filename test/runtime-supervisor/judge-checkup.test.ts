import { describe, expect, it } from 'vitest';
import { type Checkup, judgeCheckup } from '../../src/runtime/supervisor/run/judge-checkup.ts';
import { servicePlan } from '../plan/service-plan.ts';

const PLAN = servicePlan();

function checkup(over: Partial<Checkup> = {}): Checkup {
  return { outcome: { kind: 'passed', responseMs: 12.4 }, failures: 0, criticals: 0, ...over };
}

const SILENT = { kind: 'failed', seen: { kind: 'no-answer', address: '127.0.0.1' } } as const;
const STOLEN = { kind: 'stolen', port: 8000, holders: [] } as const;

describe('a look at a ready run', () => {
  it.each([
    ['a passed probe', checkup(), { kind: 'well' }],
    ['a first failed probe', checkup({ outcome: SILENT, failures: 1 }), { kind: 'wait' }],
    ['two critical times in a row', checkup({ criticals: 2 }), { kind: 'well' }],
    [
      'as many failed probes as the threshold',
      checkup({ outcome: SILENT, failures: 3 }),
      { kind: 'unhealthy', failure: { reason: 'unhealthy', failures: 3, seen: SILENT.seen } },
    ],
    [
      'a port that was stolen just now',
      checkup({ outcome: STOLEN, failures: 1 }),
      { kind: 'unhealthy', failure: { reason: 'port-stolen', port: 8000, holders: [] } },
    ],
    [
      'as many critical times as the threshold',
      checkup({ outcome: { kind: 'passed', responseMs: 2500.4 }, criticals: 3 }),
      { kind: 'unhealthy', failure: { reason: 'too-slow', responseMs: 2500, times: 3 } },
    ],
  ])('with %s', (_, found, consequence) => {
    expect(judgeCheckup(found, PLAN)).toEqual(consequence);
  });
});
