import { join } from 'node:path';
import { expect, test } from 'vitest';
import { repository } from '../rig/project.ts';
import { createFixture } from './project-fixture.ts';

const GOLDEN = join(repository, 'test/golden/generate');

test.each([
  'Makefile',
  '.gitignore',
  '.gitattributes',
  'dev',
  'dev.cmd',
  'scripts/aliases.sh',
  '.devgen/devgen.mk',
  '.devgen/.gitignore',
  '.devgen/.gitattributes',
  '.devgen/manifest.json',
])('%s is generated as the golden file has it', async (path) => {
  const project = createFixture();
  // The schema follows the config, which has tests of its own; the manifest would change with it.
  await project.generate();
  const text = project.read(path).replace(/(schema\.json",\n.*\n *"sha256": ")[0-9a-f]+/, '$1HASH');
  await expect(Buffer.from(text, 'latin1').toString()).toMatchFileSnapshot(
    join(GOLDEN, path.replace(/^\./, 'dot-').replace('/.', '/dot-')),
  );
});
