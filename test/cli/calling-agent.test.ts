import { expect, test } from 'vitest';
import { callerKey } from '../../src/cli/caller/caller-key.ts';
import { callingAgent } from '../../src/cli/caller/calling-agent.ts';
import { ownCaller } from '../../src/cli/caller/own-caller.ts';

test.each([
  [{}, null],
  [{ CLAUDECODE: '1' }, 'claude'],
  [{ CLAUDECODE: '' }, null],
  [{ CODEX_THREAD_ID: 'x', CURSOR_AGENT: '1' }, 'codex'],
  [{ AI_AGENT: ' My-Agent@2 ', CLAUDECODE: '1' }, 'my-agent@2'],
])('the agent in %o is %s', (environment, agent) => {
  expect(callingAgent(environment)).toBe(agent);
});

test('two sessions of one agent are two callers, and so are two clients without a name', () => {
  const named = { AI_AGENT: `Agent ${'x'.repeat(200)}` };
  const clients = [1001, 1002].flatMap((pid) => [{}, { CLAUDECODE: '1' }, named].map((each) => ownCaller(each, pid)));
  expect(new Set(clients.map(callerKey)).size).toBe(6);
  expect(callerKey(ownCaller({ CLAUDECODE: '1' }, 1001))).toBe('agent claude-1001');
});
