import type { ServerProgram } from '../server-program.ts';

const BACKEND = { role: 'server', kind: 'backend', portFlags: ['--port', '-p'] } as const;
const WORKER = { role: 'worker', kind: 'worker', port: null } as const;
const PORT = '--port $PORT';

/** Ruby servers and job runners. */
export const RUBY_PROGRAMS: readonly ServerProgram[] = [
  {
    names: ['rails'],
    verbs: ['server', 's'],
    framework: 'rails',
    port: 3000,
    portVariable: 'PORT',
    portArguments: '-p $PORT',
    ...BACKEND,
  },
  {
    names: ['shakapacker-dev-server', 'webpacker-dev-server'],
    framework: 'shakapacker',
    port: 3035,
    ...BACKEND,
    kind: 'frontend',
    portFlags: [],
  },
  { names: ['rackup', 'shotgun'], framework: 'rack', port: 9292, portArguments: '-p $PORT', ...BACKEND },
  { names: ['puma'], framework: 'rack', port: 9292, portArguments: '-p $PORT', ...BACKEND },
  { names: ['thin'], verbs: ['start'], framework: 'rack', port: 3000, portArguments: '-p $PORT', ...BACKEND },
  { names: ['unicorn', 'passenger', 'falcon'], framework: 'rack', port: 8080, ...BACKEND, role: 'production' },
  { names: ['hanami'], verbs: ['dev', 'server'], framework: 'hanami', port: 2300, portArguments: PORT, ...BACKEND },
  {
    names: ['jekyll'],
    verbs: ['serve', 's', 'server'],
    framework: 'jekyll',
    port: 4000,
    portArguments: PORT,
    ...BACKEND,
    kind: 'frontend',
    portFlags: ['--port', '-P'],
  },
  {
    names: ['middleman'],
    verbs: ['', 'server'],
    framework: 'middleman',
    port: 4567,
    portArguments: PORT,
    ...BACKEND,
    kind: 'frontend',
  },
  {
    names: ['bridgetown'],
    verbs: ['start', 'dev'],
    framework: 'bridgetown',
    port: 4000,
    portArguments: PORT,
    ...BACKEND,
    kind: 'frontend',
  },
  {
    names: [
      'sidekiq',
      'resque',
      'good_job',
      'delayed_job',
      'jobs',
      'solid_queue',
      'shakapacker',
      'webpack',
      'tailwindcss:watch',
    ],
    framework: 'queue',
    ...WORKER,
  },
];
