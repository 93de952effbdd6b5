import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { SlowFirst } from './test/rig/sequence.ts';

export default defineConfig({
  test: {
    globalSetup: ['test/rig/run-folder.ts'],
    pool: 'forks',
    // A worker for each file costs as much as most files: what a test changes of its process it puts back.
    isolate: false,
    include: ['test/**/*.test.ts'],
    sequence: { sequencer: SlowFirst },
    // Most tests wait for processes of their own, and leave a core idle meanwhile.
    maxWorkers: availableParallelism() * 2 + 1,
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // Every test gets an environment as a user's shell has it: no CI, no colours asked for, no proxy, no devgen of its own.
    env: { CI: '', NO_COLOR: '', FORCE_COLOR: '', NODE_EXTRA_CA_CERTS: '' },
  },
});
