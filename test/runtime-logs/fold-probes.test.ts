import { expect, it } from 'vitest';
import { compileProbe } from '../../src/plan/probe-plan.ts';
import { foldProbes } from '../../src/runtime/logs/fold-probes.ts';
import { servicePlan } from '../plan/service-plan.ts';

const LINES = [
  'INFO:     127.0.0.1:50812 - "GET /api/up HTTP/1.1" 200 OK',
  '127.0.0.1 - - [28/Nov/2026 21:00:00] "GET /api/up HTTP/1.1" 200 -',
  '\u001b[0mGET /api/up \u001b[32m200\u001b[0m 1.2 ms - 15',
  ' GET /api/up 200 in 12ms',
  'Started GET "/api/up" for 127.0.0.1 at 2026-11-28 21:00:00 +0000',
  '[Sat Nov 28 21:00:00 2026] 127.0.0.1:50812 [200]: GET /api/up',
  '[GIN] 2026/11/28 - 21:00:00 | 200 |      26.5µs |       127.0.0.1 | GET      "/api/up"',
  'GET http://localhost:8000/api/up 200',
];
const OTHERS = [
  'GET /api/upload 200',
  'GET /api/up/1 200',
  'GET /api/up?user=1 200',
  'POST /api/up 200',
  'GET /v2/api/up 200',
  'listening at /api/up',
];

function viewOf(health: Parameters<typeof compileProbe>[0]) {
  let now = 1000;
  const { health: plan, ...service } = servicePlan();
  const probed = { ...service, health: { ...plan, probe: compileProbe(health, 'any-answer') } };
  const fold = foldProbes([probed], () => now);
  return {
    pass: (ms: number) => {
      now += ms;
    },
    probe: () => fold.probed('backend'),
    fateOf: (text: string) => fold.fateOf({ service: 'backend', text }),
  };
}

it.each(LINES)('a probe folds %j, after it was noted once', (line) => {
  const view = viewOf({ http: '/api/up' });
  const fates = [1, 2, 3].map(() => {
    view.probe();
    return view.fateOf(line);
  });
  expect(fates).toEqual(['noted', 'folded', 'folded']);
});

it.each(OTHERS)('a probe does not fold %j', (line) => {
  const view = viewOf({ http: '/api/up' });
  view.probe();
  expect(view.fateOf(line)).toBe('shown');
});

it('of one probe one line is folded: the next one is of another client', () => {
  const view = viewOf({});
  view.probe();
  expect(['GET / 200', 'GET / 200'].map(view.fateOf)).toEqual(['noted', 'shown']);
});

it('long after a probe nothing is folded', () => {
  const view = viewOf({});
  view.probe();
  view.pass(5000);
  expect(view.fateOf('GET / 200')).toBe('shown');
});

it('what a probe finds wrong is shown', () => {
  const view = viewOf({});
  view.probe();
  expect(view.fateOf('"GET / HTTP/1.1" 500 Internal Server Error')).toBe('shown');
});
