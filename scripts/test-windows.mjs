// Installs what the tests on Windows need (Debian, as root), and runs all of them on what is built: `make test` runs a
// part. `node scripts/test-windows.mjs [--all]`; with `--all` three times on each Node that devgen supports.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { installWindows } from './test/install-windows.mjs';

const { values: options } = parseArgs({ options: { all: { type: 'boolean', default: false } } });
const repository = fileURLToPath(new URL('..', import.meta.url));
const versions = JSON.parse(readFileSync(new URL('../test/windows/versions.json', import.meta.url), 'utf8'));
const majors = options.all ? Object.keys(versions) : ['20'];
const rounds = options.all ? 3 : 1;

installWindows(majors);
for (const major of majors) {
  for (let round = 1; round <= rounds; round++) {
    console.log(`Node ${versions[major]}, round ${round} of ${rounds}`);
    const env = { ...process.env, TEST_WINDOWS: 'all', TEST_WINDOWS_NODE: major };
    const words = ['node_modules/vitest/vitest.mjs', 'run', 'test/windows'];
    const { status } = spawnSync(process.execPath, words, { cwd: repository, env, stdio: 'inherit' });
    if (status !== 0) process.exit(status ?? 1);
  }
}
