import type { ServerProgram } from '../server-program.ts';

const BACKEND = { role: 'server', kind: 'backend', portFlags: ['--port', '-p'] } as const;
const PORT = '--port $PORT';

/** Servers that are programs of their own, whatever language they are written in. */
export const OTHER_PROGRAMS: readonly ServerProgram[] = [
  {
    names: ['hugo'],
    verbs: ['server', 'serve'],
    framework: 'hugo',
    port: 1313,
    portArguments: PORT,
    ...BACKEND,
    kind: 'frontend',
    servesRoot: true,
  },
  {
    names: ['zola'],
    verbs: ['serve'],
    framework: 'zola',
    port: 1111,
    portArguments: PORT,
    ...BACKEND,
    kind: 'frontend',
    servesRoot: true,
  },
  {
    names: ['trunk'],
    verbs: ['serve'],
    framework: 'trunk',
    port: 8080,
    portArguments: PORT,
    ...BACKEND,
    kind: 'frontend',
    servesRoot: true,
  },
  { names: ['dx', 'cargo-leptos'], verbs: ['serve'], framework: 'rust-web', port: 8080, ...BACKEND, kind: 'fullstack' },
  {
    names: ['mdbook'],
    verbs: ['serve'],
    framework: 'mdbook',
    port: 3000,
    portArguments: '-p $PORT',
    ...BACKEND,
    kind: 'tool',
  },
  { names: ['caddy'], verbs: ['run'], framework: 'caddy', port: null, ...BACKEND, kind: 'tool', role: 'other' },
];
