import { expect, test } from 'vitest';
import { callingAgent } from '../../src/cli/caller/calling-agent.ts';

test.each([
  [{}, null],
  [{ CLAUDECODE: '1' }, 'claude'],
  [{ CLAUDECODE: '' }, null],
  [{ CODEX_THREAD_ID: 'x', CURSOR_AGENT: '1' }, 'codex'],
  [{ AI_AGENT: ' My-Agent@2 ', CLAUDECODE: '1' }, 'my-agent@2'],
])('the agent in %o is %s', (environment, agent) => {
  expect(callingAgent(environment)).toBe(agent);
});
