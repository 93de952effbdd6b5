import { join } from 'node:path';
import { expect, test } from 'vitest';
import { repository } from '../rig/project.ts';
import { createFixture, EVERYTHING } from './project-fixture.ts';

const GOLDEN = join(repository, 'test/golden/generate');

const PACKAGE =
  '{\n  "scripts": {\n    "dev": "vite"\n  },\n  "devDependencies": {\n    "prettier": "^3.0.0"\n  }\n}\n';

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
  '.devgen/completion/dev.bash',
  '.devgen/completion/dev.zsh',
  '.devgen/completion/dev.fish',
  '.devgen/completion/words',
  'scripts/start-backend.sh',
  'DEVELOPMENT.md',
  'AGENTS.md',
  '.vscode/tasks.json',
  'package.json',
  '.prettierignore',
])('%s is generated as the golden file has it', async (path) => {
  const project = createFixture({ 'package.json': PACKAGE });
  // The schema follows the config, which has tests of its own; the manifest would change with it.
  await project.generate({ emit: EVERYTHING });
  const text = project.read(path).replace(/(schema\.json",\n.*\n *"sha256": ")[0-9a-f]+/, '$1HASH');
  await expect(Buffer.from(text, 'latin1').toString()).toMatchFileSnapshot(
    join(GOLDEN, path.replace(/^\./, 'dot-').replace('/.', '/dot-')),
  );
});
