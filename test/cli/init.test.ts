import { expect, it } from 'vitest';
import { serviceOptions } from '../../src/cli/init/ask-setup.ts';
import { emitSettings } from '../../src/cli/init/emit-choices.ts';
import { keepServices } from '../../src/cli/init/keep-services.ts';
import { describeNextSteps } from '../../src/cli/sentences/describe-next-steps.ts';
import type { DetectedService } from '../../src/detect/detection.ts';
import { planOf } from '../plan/plans.ts';
import { WORDS } from './fixtures.ts';

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
  docs: null,
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
  const step = (name: string, ...names: readonly string[]) =>
    ({ kind: 'copy', name, from: 'x', to: 'y', services: names, evidence: [] }) as const;
  const setup = [step('both', 'api-v2', 'web'), step('alone', 'api-v2')];
  const migrations = [{ service: 'api-v2', command: 'x', database: 'local', evidence: [] }] as const;
  expect(keepServices({ services, setup, migrations, notes: ['first.'] }, ['auth', 'web'])).toEqual({
    setup: [setup[0]],
    migrations: [],
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

const NOTHING = { left: [], missing: [] };

it('what to do next begins with what no setup step can do, in order', () => {
  const services = { backend: { command: 'x' } };
  const plan = planOf({ services, setup: { env: { copy: '.env.example', to: '.env' } } });
  const left = [
    { kind: 'get-tool', tool: 'uv', pinned: { version: '0.5', file: 'mise.toml' }, step: 'api' },
    { kind: 'fill-in', variables: ['KEY', 'TOKEN'], file: '.env', example: '.env.example', step: 'env' },
    { kind: 'fill-in', variables: ['ID'], file: 'web/.env', example: null, step: 'web-env' },
  ] as const;
  expect(describeNextSteps(plan, { left, missing: [] }, WORDS)).toEqual([
    '',
    'next:',
    '  install uv 0.5 (mise.toml asks for it): `pipx install uv` brings it; docs.astral.sh/uv tells of other ways.',
    '  fill in KEY, TOKEN in .env, which `./dev setup env` copies from .env.example',
    '  fill in ID in web/.env',
    '  ./dev',
    '',
    './dev sets everything up and starts it; ./dev help shows the rest. Commit the generated files.',
  ]);
  expect(describeNextSteps(plan, NOTHING, WORDS)).toEqual([
    '',
    'next: ./dev sets everything up and starts it; ./dev help shows the rest. Commit the generated files.',
  ]);
  expect(describeNextSteps(planOf({ services }), NOTHING, WORDS)).toEqual([
    '',
    'next: ./dev starts everything; ./dev help shows the rest. Commit the generated files.',
  ]);
  expect(describeNextSteps(planOf({ services: {} }), NOTHING, WORDS)).toEqual([
    '',
    'next: describe your dev servers in devgen.config.yaml, then run ./dev',
  ]);
});

it('few services are a plain list', () => {
  expect(groupsOf('apps/a', 'apps/b', 'services/c')).toEqual([undefined, undefined, undefined]);
});

it('many services stand below their folders, as deep as these differ', () => {
  const web = ['apps/a', 'apps/b', 'apps/c', 'apps/d'];
  expect(groupsOf(...web, 'services/e', 'services/f', 'services/g', '.')).toEqual([
    ...['apps/', 'apps/', 'apps/', 'apps/'],
    ...['services/', 'services/', 'services/', './'],
  ]);
  const nested = [...web, ...web].map((folder, index) => `src/${index < 4 ? 'x' : 'y'}/${folder}`);
  expect(new Set(groupsOf(...nested))).toEqual(new Set(['src/x/', 'src/y/']));
});

it('folders that tell nothing apart are no headings', () => {
  expect(new Set(groupsOf(...'abcdefghi'.split('')))).toEqual(new Set([undefined]));
  expect(new Set(groupsOf(...'abcdefghi'.split('').map(() => '.')))).toEqual(new Set([undefined]));
});

function groupsOf(...folders: readonly string[]): readonly (string | undefined)[] {
  const services = folders.map((cwd, index) => ({ ...SERVICE, name: `s${index}`, cwd }));
  return serviceOptions(services).map(({ group }) => group);
}
