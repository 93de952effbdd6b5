import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { configSchema } from '../../src/config/config.ts';
import type { Detection } from '../../src/detect/detection.ts';
import type { ConfigProposal } from '../../src/generate/config/config-proposal.ts';
import { renderConfig } from '../../src/generate/config/render-config.ts';
import { repository } from '../rig/project.ts';

const NAMES = { project: 'zyron: ai', aliases: 'bot', launcher: 'dev', emit: {} };

const FOUND: Detection = {
  setup: [
    {
      kind: 'copy',
      name: 'env',
      from: '.env.example',
      to: '.env',
      services: ['backend'],
      evidence: [{ file: '.env.example', line: null, says: 'is the example of .env' }],
    },
    {
      kind: 'run',
      name: 'backend-uv',
      run: 'uv sync',
      cwd: 'backend',
      inputs: ['backend/uv.lock', 'backend/pyproject.toml'],
      outputs: ['backend/.venv'],
      services: ['backend'],
      evidence: [{ file: 'backend/uv.lock', line: null, says: 'uv installs the packages' }],
    },
  ],
  migrations: [
    { service: 'backend', command: 'alembic upgrade head', database: 'local', evidence: [] },
    { service: 'frontend', command: 'npx prisma migrate deploy', database: 'unknown', evidence: [] },
  ],
  notes: ['`docker-compose.yml` starts a database,\nwhich is not a dev server.'],
  services: [
    {
      name: 'backend',
      cwd: 'backend',
      command: '.venv/bin/python -m uvicorn server:app --reload --port $PORT',
      container: null,
      developerCommand: 'uvicorn server:app --reload',
      port: 8000,
      portSource: 'backend/.env.example:3',
      health: '/api/status',
      healthSource: 'declared',
      docs: null,
      kind: 'backend',
      framework: 'FastAPI',
      confidence: 0.95,
      evidence: [
        { file: 'backend/requirements.txt', line: 2, says: 'depends on fastapi' },
        { file: 'backend/server.py', line: null, says: 'makes the application' },
      ],
      env: { CORS_ORIGIN: '$FRONTEND_URL', MODE: '# not a comment' },
      dependsOn: [],
      alternatives: [{ command: 'make serve', why: 'Makefile:12 does the same' }],
      wiring: [],
    },
    {
      name: 'frontend',
      cwd: '.',
      command: "npm run dev -- --title 'a: b' --port $PORT",
      container: null,
      developerCommand: 'npm run dev',
      port: 5173,
      portSource: '',
      health: null,
      healthSource: null,
      docs: null,
      kind: 'frontend',
      framework: 'Vite',
      confidence: 0.4,
      evidence: [],
      env: {},
      dependsOn: ['backend'],
      alternatives: [],
      wiring: [
        {
          file: 'src/api.ts',
          line: 7,
          says: 'has http://localhost:8000 written into it',
          suggestion: 'read import.meta.env.VITE_API_URL instead',
        },
      ],
    },
  ],
};

const DETECTED = { ...FOUND, guesses: [] };

test('a detection becomes a config with its reasons and alternatives in the comments', async () => {
  const text = renderConfig(DETECTED, NAMES);
  await expect(text).toMatchFileSnapshot(join(repository, 'test/golden/generate/devgen.config.yaml'));
});

test('what is written is a valid config with the proposed values', () => {
  const config = configSchema.parse(parse(renderConfig(DETECTED, NAMES)));
  expect(config.name).toBe('zyron: ai');
  expect(config.services?.frontend).toEqual({
    command: "npm run dev -- --title 'a: b' --port $PORT",
    port: 5173,
    dependsOn: ['backend'],
  });
  expect(config.services?.backend?.before).toBe('alembic upgrade head');
  expect(Object.keys(config.setup ?? {})).toEqual(['env', 'backend-uv']);
  expect(config.setup).toMatchObject({
    env: { copy: '.env.example', to: '.env' },
    'backend-uv': { run: 'uv sync', cwd: 'backend', outputs: ['backend/.venv'] },
  });
  expect(config.services?.backend?.env).toEqual({ CORS_ORIGIN: '$FRONTEND_URL', MODE: '# not a comment' });
});

test('no comment can break out of its line', () => {
  const [service] = DETECTED.services;
  if (service === undefined) throw new Error('no service');
  const evil = 'x\nevil: yes\r\n# y';
  const file = 'a: }, b # c';
  const proposal: ConfigProposal = {
    notes: [evil],
    guesses: [],
    migrations: [{ service: service.name, command: evil, database: 'unknown' }],
    setup: [
      { kind: 'run', name: 'a', run: evil, cwd: '.', inputs: [file], outputs: [], evidence: service.evidence },
      { kind: 'copy', name: 'b', from: file, to: 'c', evidence: [{ file: evil, line: null, says: evil }] },
    ],
    services: [
      {
        ...service,
        framework: evil,
        portSource: evil,
        evidence: [{ file: evil, line: 1, says: evil }],
        alternatives: [{ command: evil, why: evil }],
      },
    ],
  };
  const written = parse(renderConfig(proposal, NAMES)) as Readonly<Record<string, unknown>>;
  expect(Object.keys(written)).toEqual(['name', 'aliases', 'services', 'setup']);
  expect(written.setup).toEqual({ a: { run: evil, inputs: [file] }, b: { copy: file, to: 'c' } });
});

test('a guess is a comment, which is a service once its marks are taken off', () => {
  const [backend, frontend] = DETECTED.services;
  if (backend === undefined || frontend === undefined) throw new Error('no services');
  const proposal = { ...DETECTED, services: [backend], guesses: [frontend], setup: [], migrations: [], notes: [] };
  const text = renderConfig(proposal, NAMES);
  expect(Object.keys(parse(text).services)).toEqual(['backend']);
  const [before = '', guess = ''] = text.split('\n\n#');
  const taken = parse(`${before}\n${`#${guess}`.replace(/^# /gm, '')}`);
  expect(taken.services.frontend.command).toBe(frontend.command);
});

test('where nothing was found, the config shows how a service is written', () => {
  const text = renderConfig({ services: [], guesses: [], setup: [], migrations: [], notes: [] }, NAMES);
  expect(configSchema.parse(parse(text)).services).toEqual({});
  expect(text).toContain('#   backend:\n#     command: npm run dev -- --port $PORT\n');
});
