import { expect, test } from 'vitest';
import { patienceOf } from '../../src/cli/starting/patience.ts';
import { tellStillTrying } from '../../src/cli/starting/tell-still-trying.ts';
import { temporaryFolder } from '../rig/temporary-folder.ts';
import { planOf, rememberingScreen, servicePlan, WORDS } from './fixtures.ts';

test.each([
  ['a person at a terminal waits for the end', {}, true, null],
  ['so does CI', { CI: 'true' }, false, null],
  ['a script does not, which would be ended by its caller', {}, false, 25_000],
  ['nor does an agent, in CI and on a terminal neither', { CLAUDECODE: '1', CI: '1' }, true, 25_000],
])('%s', (_, environment, isWatched, patienceMs) => {
  const { screen, checkout } = contextOf(environment);
  expect(patienceOf({ screen: { ...screen, isWatched }, checkout })).toBe(patienceMs);
});

test('a start that is not over says what it has come to, and what waits for its end', () => {
  const [api, web] = [servicePlan('api'), servicePlan('web')];
  const context = contextOf({}, 'json');
  const said: string[] = [];
  const progress = {
    show: () => undefined,
    conclude: (name: string, { text }: { text: string }) => said.push(`${name} ${text}`),
  };
  expect(tellStillTrying({ services: [api, web], waitedMs: 25_000, progress }, context)).toBe(1);
  const { stillTrying, services } = JSON.parse(context.screen.outText());
  expect({ stillTrying, services }).toMatchObject({
    stillTrying: true,
    services: [{ service: 'api' }, { service: 'web' }],
  });
  expect(said).toEqual([
    'api still down after 25 s (log logs/api.log)',
    'web still down after 25 s (log logs/web.log)',
  ]);
});

function contextOf(environment: Readonly<Record<string, string>>, answers: 'text' | 'json' = 'text') {
  const plan = planOf(servicePlan('api'), servicePlan('web'));
  const checkout = { root: temporaryFolder(), plan, environment, runtimeDirectory: '/' };
  return { checkout, screen: rememberingScreen(answers), words: WORDS };
}
