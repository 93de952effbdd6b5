import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { CommandWords } from '../../src/generate/emit/command-words.ts';
import { type GenerateOptions, generateProject } from '../../src/generate/generate.ts';
import type { ProjectOutline, ServiceOutline } from '../../src/generate/project-names.ts';
import type { GenerateReport } from '../../src/generate/report.ts';
import { EMIT_NAMES, type EmitOptions } from '../../src/manifest/emitted-files.ts';
import { servicePlan } from '../plan/service-plan.ts';
import { repository } from '../rig/project.ts';
import { temporaryFolder } from '../rig/temporary-folder.ts';

export const TEMPLATES = join(repository, 'templates');

/** Says how it was called, a word in brackets for each argument. */
export const ECHO_LAUNCHER =
  '#!/bin/sh\nline=dev\nfor word; do line="$line [$word]"; done\nprintf "%s\\n" "$line"\nexit $STUB_EXIT\n';

/** A repository of a user's, a folder with a space in its name, and a stand-in for the built runtime beside it. */
export interface Fixture {
  readonly root: string;
  readonly runtimeSource: string;
  write(path: string, text: string | Buffer, mode?: number): void;
  read(path: string): string;
  /** Every file with its content (latin1) and whether it is executable. */
  files(): Record<string, string>;
  generate(options?: Partial<GenerateOptions>): Promise<GenerateReport>;
}

/** A service as the plan has it, where nothing else was said. */
export function service(name: string, more: Partial<ServiceOutline> = {}): ServiceOutline {
  return servicePlan({ name, command: `run ${name}`, port: { kind: 'none' }, ...more });
}

export const NAMES: ProjectOutline = {
  aliasPrefix: 'bot',
  configFile: 'devgen.config.yaml',
  services: [
    service('backend', {
      command: '.venv/bin/python -m uvicorn server:app --reload --port $PORT',
      cwd: 'backend',
      port: { kind: 'wanted', expression: '$API_PORT', fallbackSpan: 10 },
      env: { CORS_ORIGIN: '$FRONTEND_URL', MODE: 'dev' },
      waitFor: ['tcp:127.0.0.1:5432'],
      health: { ...servicePlan().health, probe: { kind: 'http', target: '/api/status', expect: [] } },
    }),
    service('frontend', {
      command: 'npx vite --port $PORT --strictPort',
      port: { kind: 'wanted', expression: '5173', fallbackSpan: 10 },
      env: { VITE_API_URL: '$BACKEND_URL/api' },
      dependsOn: ['backend'],
    }),
  ],
  tasks: [
    { name: 'test', description: 'run the tests' },
    { name: 'db-migrate', description: '' },
  ],
};

/** The commands that completion is tried with. */
const COMMANDS: readonly CommandWords[] = [
  {
    name: 'up',
    summary: 'start services: and stay attached',
    positional: { kind: 'service' },
    options: [
      { name: 'detach', short: 'd', value: null, summary: 'return as soon as everything is ready' },
      { name: 'port', short: null, value: 'PORT', summary: 'the port to use this time' },
    ],
  },
  { name: 'stop', summary: 'stop services', positional: { kind: 'service' }, options: [] },
  { name: 'status', summary: 'what runs', positional: { kind: 'service' }, options: [] },
  {
    name: 'logs',
    summary: 'what the services wrote',
    positional: { kind: 'service' },
    options: [{ name: 'follow', short: 'f', value: null, summary: 'keep printing' }],
  },
  { name: 'run', summary: 'run a task', positional: { kind: 'task' }, options: [] },
  { name: 'clean', summary: 'remove old logs', positional: null, options: [] },
  { name: 'help', summary: 'this text', positional: { kind: 'command' }, options: [] },
];

/** Everything that can be generated, wherever it is. */
export const EVERYTHING: EmitOptions = Object.fromEntries(EMIT_NAMES.map((name) => [name, true]));

export const NOTHING_MORE: EmitOptions = Object.fromEntries(EMIT_NAMES.map((name) => [name, false]));

export const NOW = new Date('2026-05-04T10:20:30.456Z');

export function createFixture(files: Readonly<Record<string, string>> = {}): Fixture {
  const folder = temporaryFolder();
  const root = join(folder, 'my project');
  const runtimeSource = join(folder, 'runtime');
  mkdirSync(join(root, '.git'), { recursive: true });
  put(join(runtimeSource, 'front.cjs'), 'console.log(process.argv.slice(2).join(" "));\n');
  put(join(runtimeSource, 'vendor/yaml.cjs'), 'export const yaml = 1;\n');
  const fixture: Fixture = {
    root,
    runtimeSource,
    write: (path, text, mode) => put(join(root, path), text, mode),
    read: (path) => readFileSync(join(root, path), 'latin1'),
    files: () => contentsOf(root),
    generate: (options = {}) => generateProject({ ...optionsFor(fixture), ...options }),
  };
  for (const [path, text] of Object.entries(files)) fixture.write(path, text);
  return fixture;
}

/** Files without the copies that devgen made. */
export function withoutBackups(files: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).filter(([path]) => !path.startsWith('.devgen/backups/')));
}

/** What was not left alone, as `kind path`. */
export function changesOf(report: GenerateReport): string[] {
  return report.actions.flatMap(({ kind, path }) => (kind === 'unchanged' ? [] : [`${kind} ${path}`]));
}

/** Of a first `generate`, unless a test says otherwise. */
export function optionsFor({ root, runtimeSource }: Fixture): GenerateOptions {
  return {
    root,
    plan: NAMES,
    commands: COMMANDS,
    proxies: [],
    emit: {},
    launcher: 'dev',
    seed: null,
    outputSchema: '{}\n',
    runtimeSource,
    templates: TEMPLATES,
    mode: 'write',
    force: 'refuse',
    version: '1.2.3',
    now: NOW,
  };
}

function put(file: string, text: string | Buffer, mode?: number): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  if (mode !== undefined) chmodSync(file, mode);
}

function contentsOf(root: string): Record<string, string> {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => relative(root, join(entry.parentPath, entry.name))).sort();
  return Object.fromEntries(
    paths.map((path) => {
      const mark = (statSync(join(root, path)).mode & 0o100) === 0 ? '' : ' *';
      return [path + mark, readFileSync(join(root, path), 'latin1')];
    }),
  );
}
