import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { SlowFirst } from './test/rig/sequence.ts';

/** Tests of what is built, which runs in processes of its own: these need not be kept apart, and a worker each costs a second. */
const programs = ['build', 'e2e', 'faults', 'generate', 'windows'].map((room) => `test/${room}/**/*.test.ts`);

export default defineConfig({
  test: {
    globalSetup: ['test/rig/run-folder.ts'],
    pool: 'forks',
    sequence: { sequencer: SlowFirst },
    // Most tests wait for processes of their own, and leave a core idle meanwhile.
    maxWorkers: availableParallelism() * 2 + 1,
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // Every test gets an environment as a user's shell has it: no CI, no colours asked for, no proxy, no devgen of its own.
    env: { CI: '', NO_COLOR: '', FORCE_COLOR: '', NODE_EXTRA_CA_CERTS: '' },
    projects: [
      { extends: true, test: { name: 'programs', include: programs, isolate: false } },
      { extends: true, test: { name: 'rooms', include: ['test/**/*.test.ts'], exclude: programs, isolate: false } },
    ],
  },
});
