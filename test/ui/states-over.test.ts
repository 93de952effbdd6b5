import { expect, test } from 'vitest';
import { statesOver } from '../../src/ui/screens/states-over.ts';

const TIMES = { from: 0, until: 1000 };

function event(at: number, kind: string, tone: 'news' | 'bad' = 'news', service = 'web') {
  return { at: new Date(at).toISOString(), service, kind, says: { tone, text: '', details: [] } };
}

test('a service is in one state after the other, and in none while it does not run', () => {
  const events = [
    event(100, 'starting'),
    event(200, 'ready'),
    event(300, 'ready', 'bad', 'api'),
    event(600, 'stopped'),
  ];
  expect(statesOver(events, 'web', TIMES)).toEqual([
    { start: 0.1, end: 0.2, tone: 'busy' },
    { start: 0.2, end: 0.6, tone: 'good' },
  ]);
});

test('what began before goes on, what has not ended lasts until now, and other news end nothing', () => {
  const events = [event(-500, 'ready'), event(400, 'port-fallback'), event(500, 'exited', 'bad')];
  expect(statesOver(events, 'web', TIMES)).toEqual([
    { start: 0, end: 0.5, tone: 'good' },
    { start: 0.5, end: 1, tone: 'bad' },
  ]);
});
