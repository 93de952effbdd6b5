import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { repository } from '../rig/project.ts';
import { run } from '../rig/run.ts';
import { filesBelow } from '../rig/source-files.ts';
import { temporaryFolder } from '../rig/temporary-folder.ts';

test('the same sources give the same bytes: those of dist/, or it has to be built again', async () => {
  const before = textsIn(join(repository, 'dist'));
  const again = await build();

  expect([...again.keys()]).toEqual([...before.keys()]);
  expect([...again].filter(([file, text]) => before.get(file) !== text).map(([file]) => file)).toEqual([]);
});

test('nothing that is built names a folder of the machine it was built on', () => {
  const built = textsIn(join(repository, 'dist'));
  expect([...built].filter(([, text]) => text.includes(repository)).map(([file]) => file)).toEqual([]);
});

test('the runtime has the licences of everything in it', () => {
  const licences = readFileSync(join(repository, 'dist/runtime/LICENSES.txt'), 'utf8');
  const vendored = filesBelow('dist/runtime/vendor', ['.cjs']).map((file) => /([^/]+)\.cjs$/.exec(file)?.[1] ?? file);
  expect(vendored.filter((name) => !new RegExp(`^${name} \\d`, 'm').test(licences))).toEqual([]);
});

async function build(): Promise<Map<string, string>> {
  const out = temporaryFolder();
  const args = ['scripts/build.mjs', '--out', out];
  const built = await run(process.execPath, args, { cwd: repository, environment: {} });
  expect(built, built.stderr).toMatchObject({ code: 0 });
  return textsIn(out);
}

function textsIn(folder: string): Map<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const files = entries.map(({ parentPath, name }) => join(parentPath, name)).sort();
  return new Map(files.map((file) => [relative(folder, file), readFileSync(file, 'utf8')]));
}
