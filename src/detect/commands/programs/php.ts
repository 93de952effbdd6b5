import type { ServerProgram } from '../server-program.ts';

const BACKEND = { role: 'server', kind: 'backend', portFlags: ['--port', '-p'] } as const;
const WORKER = { role: 'worker', kind: 'worker', port: null } as const;

/** PHP servers and queue workers. */
export const PHP_PROGRAMS: readonly ServerProgram[] = [
  { names: ['php'], flags: ['-S'], framework: 'php', port: 8000, ...BACKEND, portFlags: ['-S'] },
  {
    names: ['artisan'],
    verbs: ['serve'],
    framework: 'laravel',
    port: 8000,
    portArguments: '--port=$PORT --tries=0',
    portVariable: 'SERVER_PORT',
    ...BACKEND,
  },
  {
    names: ['artisan'],
    verbs: ['octane:start'],
    framework: 'laravel',
    port: 8000,
    portArguments: '--port=$PORT',
    ...BACKEND,
  },
  {
    names: ['artisan'],
    verbs: ['reverb:start'],
    framework: 'laravel-reverb',
    port: 8080,
    portArguments: '--port=$PORT',
    ...BACKEND,
    kind: 'worker',
  },
  {
    names: ['artisan'],
    verbs: ['queue:work', 'queue:listen', 'horizon', 'pail', 'schedule:work'],
    framework: 'queue',
    ...WORKER,
  },
  {
    names: ['symfony'],
    verbs: ['serve', 'server:start', 'local:server:start'],
    framework: 'symfony',
    port: 8000,
    portArguments: '--port=$PORT',
    ...BACKEND,
  },
];
