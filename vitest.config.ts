import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/rig/run-folder.ts'],
    pool: 'forks',
    // Most tests wait for processes of their own, and leave a core idle meanwhile.
    maxWorkers: availableParallelism() * 2,
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // Every test gets an environment as a user's shell has it: no CI, no colours asked for, no proxy, no devgen of its own.
    env: { CI: '', NO_COLOR: '', FORCE_COLOR: '', NODE_EXTRA_CA_CERTS: '' },
  },
});
