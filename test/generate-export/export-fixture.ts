import type { EnvFilePaths } from '../../src/config/env-files.ts';
import type { ServiceConfig } from '../../src/config/service-schema.ts';
import type { ExportFormat } from '../../src/generate/export/export-format.ts';
import { type Exported, exportPlan } from '../../src/generate/export/export-plan.ts';
import { compileService } from '../../src/plan/compile-service.ts';
import { expandInstances, instancesByName } from '../../src/plan/expand-instances.ts';
import type { Plan } from '../../src/plan/plan.ts';

export interface Sample {
  readonly services: Readonly<Record<string, ServiceConfig>>;
  readonly dotenv?: Readonly<Record<string, string>>;
  readonly ownDotenv?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly envFiles?: EnvFilePaths;
  readonly root?: string;
}

export const NO_FILES: EnvFilePaths = { root: [], services: {} };

/** A project with everything that a service can say. */
export const EVERYTHING: Sample = {
  services: {
    backend: {
      command: '.venv/bin/python -m uvicorn server:app --port $PORT',
      cwd: 'backend',
      port: 8000,
      health: { http: '/api/status', period: 5000, timeout: 2000, startTimeout: 30_000 },
      restart: {
        policy: 'on-failure',
        maxRestarts: 3,
        window: 60_000,
        backoff: { initial: 2000 },
        maxMemory: 536870912,
      },
      stop: { signal: 'SIGINT', grace: 15_000 },
      nice: 5,
      before: 'alembic upgrade head',
      env: {
        CORS_ORIGIN: '$FRONTEND_URL',
        DATABASE_URL: dollars('postgres://app:§{DB_PASSWORD}@localhost/app'),
        PATH: './bin:$PATH',
        LOG_LEVEL: dollars('§{LOG_LEVEL:-info}'),
      },
    },
    frontend: {
      command: 'npm run dev -- --port $PORT --strictPort',
      cwd: 'frontend',
      port: 5173,
      dependsOn: ['backend'],
      env: { VITE_API_URL: '$BACKEND_URL' },
    },
    worker: {
      command: 'cd jobs && node worker.mjs # never idle',
      restart: { policy: 'always', onUnhealthy: true },
      health: { command: 'test -f /tmp/alive' },
      waitFor: ['tcp:127.0.0.1:5432'],
      dependsOn: ['backend'],
    },
  },
  ownDotenv: { backend: { DB_PASSWORD: 'hunter2' } },
  envFiles: { root: [], services: { backend: ['backend/.env'] } },
};

/** Written with `§` for the dollar sign, which would look like a template's. */
export function dollars(text: string): string {
  return text.replaceAll('§', '$');
}

/** Fails the test when a port is none. */
export function exported(format: ExportFormat, sample: Sample): Exported {
  const outcome = exportPlan(format, {
    plan: planOf(sample),
    root: sample.root ?? '/srv/shop',
    envFiles: sample.envFiles ?? NO_FILES,
  });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
  return outcome.value;
}

/** The file whose path ends so. */
export function fileOf({ files }: Exported, end: string): string {
  const found = files.find(({ path }) => path.endsWith(end));
  if (found === undefined) throw new Error(`no ${end} among ${files.map(({ path }) => path).join(', ')}`);
  return found.text;
}

export function planOf({ services, dotenv = {}, ownDotenv = {} }: Sample): Plan {
  const compiled = Object.entries(services).map(([name, config]) => {
    const own = { paths: [], variables: ownDotenv[name] ?? {} };
    return compileService(name, config, { root: dotenv, services: { [name]: own } });
  });
  return {
    schemaVersion: 1,
    name: 'Shop',
    aliasPrefix: 'shop',
    configFile: 'devgen.config.yaml',
    services: expandInstances(compiled, instancesByName(services)),
    tasks: [],
    setup: [],
    dotenv,
    digests: {},
    logs: { maxBytes: 1, keepFiles: 1, maxAgeMs: 86_400_000 },
    hooks: { webhook: null, command: null, desktop: false },
    idleStopMs: null,
    worktree: { copy: [], label: null },
    worktreePorts: 'slots',
  };
}

/** Values that some format or shell takes for more than text. */
export const ODD_VALUES: readonly string[] = [
  '',
  ' two  words ',
  '$HOME §{X} $$ $(id) `id` $',
  '%h %% 100% %',
  `"double" 'single' \\ back\\nslash \\`,
  'line one\nline two\n\n  indented\n',
  'tab\tand\rreturn',
  'ünïcödé 😀 €\u2028',
  'yes',
  '0123',
  '1:30',
  '~',
  '- item',
  'key: value # comment',
  '{{ .Values }} {a} [b]',
  '<&>\'"]]>',
  '#leading; trailing\\',
  'control \u009b2J \u007f',
  '=*?[a]!&|<>()^',
].map(dollars);

/** A template that stands for this text. */
export function template(value: string): string {
  return value.replaceAll('$', '$$$$');
}
