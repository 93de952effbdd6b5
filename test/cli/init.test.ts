import { expect, it } from 'vitest';
import { emitSettings } from '../../src/cli/init/emit-choices.ts';
import { keepServices } from '../../src/cli/init/keep-services.ts';
import { describeNextSteps } from '../../src/cli/sentences/describe-next-steps.ts';
import type { DetectedService } from '../../src/detect/detection.ts';
import { planOf } from '../plan/plans.ts';

const SERVICE: DetectedService = {
  name: 'web',
  cwd: '.',
  command: 'npm run dev',
  container: null,
  developerCommand: 'npm run dev',
  port: 3000,
  portSource: '',
  health: null,
  healthSource: null,
  kind: 'backend',
  framework: 'express',
  confidence: 0.9,
  evidence: [],
  env: {},
  dependsOn: [],
  alternatives: [],
  wiring: [],
};

it('what refers to a service that is left out goes with it, and a note stays', () => {
  const web = {
    ...SERVICE,
    dependsOn: ['api-v2', 'auth'],
    env: { API: '$API_V2_URL/x', OTHER: `\${API_V2_PORT:-1}`, AUTH: '$AUTH_URL', MODE: 'api' },
  };
  const services = [{ ...SERVICE, name: 'api-v2', command: 'node api.js' }, { ...SERVICE, name: 'auth' }, web];
  expect(keepServices({ services, notes: ['first.'] }, ['auth', 'web'])).toEqual({
    services: [services[1], { ...web, dependsOn: ['auth'], env: { AUTH: '$AUTH_URL', MODE: 'api' } }],
    notes: ['first.', '`api-v2` was found too and left out: node api.js'],
  });
});

it('the config says only what differs from what is usual', () => {
  const options = [
    { value: 'makefile', label: '' },
    { value: 'vscode', label: '' },
    { value: 'guide', label: '' },
  ] as const;
  const choices = { options, usual: ['makefile', 'guide'] } as const;
  expect(emitSettings(choices, ['makefile', 'guide'])).toEqual({});
  expect(emitSettings(choices, ['vscode', 'guide'])).toEqual({ makefile: false, vscode: true });
});

it('what to do next begins with what a template needs', () => {
  const plan = planOf({ services: { backend: { command: 'x' } } });
  expect(describeNextSteps(plan, 'express-vite')).toEqual([
    '',
    'next:',
    '  npm install --prefix backend',
    '  npm install --prefix frontend',
    '  ./dev',
    '',
    './dev starts everything; ./dev help shows the rest. Commit the generated files.',
  ]);
  const usual = ['', 'next: ./dev starts everything; ./dev help shows the rest. Commit the generated files.'];
  expect(describeNextSteps(plan, null)).toEqual(usual);
  expect(describeNextSteps(plan, 'node')).toEqual(usual);
  expect(describeNextSteps(planOf({ services: {} }), null)).toEqual([
    '',
    'next: describe your dev servers in devgen.config.yaml, then run ./dev',
  ]);
});
