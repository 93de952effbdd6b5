import { join } from 'node:path';
import { expect, test } from 'vitest';
import { repository } from '../rig/project.ts';
import { filesBelow } from '../rig/source-files.ts';
import { createFixture, EVERYTHING } from './project-fixture.ts';

const FOLDER = 'test/golden/generate';
const PACKAGE =
  '{\n  "scripts": {\n    "dev": "vite"\n  },\n  "devDependencies": {\n    "prettier": "^3.0.0"\n  }\n}\n';

/** The runtime is a stand-in here, and the schema follows the config, which has tests of its own. */
const ELSEWHERE = /^\.devgen\/(runtime|backups)\/|schema\.json$/;

test('everything is generated as the golden files have it, and nothing else', async () => {
  const project = createFixture({ 'package.json': PACKAGE });
  await project.generate({ emit: EVERYTHING });
  const generated = Object.keys(project.files()).map((path) => path.replace(/ \*$/, ''));
  const paths = generated.filter((path) => !ELSEWHERE.test(path));
  for (const path of paths) {
    // The manifest would change with the schema.
    const text = project.read(path).replace(/("\.devgen\/schema\.json",\n.*\n *"sha256": ")[0-9a-f]+/, '$1HASH');
    await expect
      .soft(Buffer.from(text, 'latin1').toString(), path)
      .toMatchFileSnapshot(join(repository, goldenFile(path)));
  }
  const golden = filesBelow(FOLDER, ['']).filter((file) => !file.endsWith('devgen.config.yaml'));
  expect(golden.filter((file) => !paths.map(goldenFile).includes(file))).toEqual([]);
});

function goldenFile(path: string): string {
  return `${FOLDER}/${path.replace(/^\./, 'dot-').replace('/.', '/dot-')}`;
}
