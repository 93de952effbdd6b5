import { chmodSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { findConfig } from '../../src/config/find-config.ts';
import { show } from './show.ts';
import { temporaryDirectory, writeIn } from './temporary-directory.ts';

const CONFIG = 'services: { web: { command: x } }\n';

describe('findConfig', () => {
  test.each([
    'devgen.config.yaml',
    'devgen.config.yml',
    'devgen.config.json',
    'devgen.config.js',
    'devgen.config.mjs',
    'devgen.config.ts',
    '.devgenrc',
    '.devgenrc.json',
    '.devgenrc.yaml',
    '.project.config',
  ])('finds %s', async (file) => {
    const root = temporaryDirectory({ [file]: CONFIG });
    expect(await findConfig(root)).toMatchObject({ ok: true, value: { root, file, text: CONFIG } });
  });

  test('finds the key `devgen` of package.json, and passes over a package.json without it', async () => {
    const root = temporaryDirectory({
      'package.json': '{"devgen": {}}',
      'app/package.json': '{"devDependencies": {"devgen": "1"}}',
    });
    expect(await findConfig(join(root, 'app'))).toMatchObject({ ok: true, value: { root, file: 'package.json' } });
  });

  test('climbs to the git root and not beyond it', async () => {
    const root = temporaryDirectory({ 'devgen.config.yaml': CONFIG, 'inner/deep/x': '' });
    expect(await findConfig(join(root, 'inner/deep'))).toMatchObject({ ok: true, value: { root } });
    mkdirSync(join(root, 'inner/.git'));
    expect(await findConfig(join(root, 'inner/deep'))).toMatchObject({
      ok: false,
      error: [{ code: 'config/not-found' }],
    });
  });

  test('takes the nearest of several configs on the way up', async () => {
    const root = temporaryDirectory({ 'devgen.config.yaml': CONFIG, 'inner/.devgenrc': CONFIG });
    expect(await findConfig(join(root, 'inner'))).toMatchObject({ ok: true, value: { file: '.devgenrc' } });
  });

  test('never takes a config from a directory that all users share', async () => {
    const shared = realpathSync(mkdtempSync(join(tmpdir(), 'shared-')));
    onTestFinished(() => rmSync(shared, { recursive: true }));
    writeIn(shared, 'devgen.config.mjs', 'export default {}');
    writeIn(shared, 'mine/x', '');
    chmodSync(shared, 0o1777);
    expect(await findConfig(join(shared, 'mine'))).toMatchObject({ ok: false, error: [{ code: 'config/not-found' }] });
  });

  test('refuses several configs in one directory, and names them all', async () => {
    const root = temporaryDirectory({
      'devgen.config.yaml': CONFIG,
      '.devgenrc.json': '{}',
      'package.json': '{"devgen": {}}',
    });
    const found = await findConfig(root);
    expect(show(found.ok ? [] : found.error)).toBe(
      `devgen.config.yaml config/several
  several configs in one directory: \`devgen.config.yaml\`, \`.devgenrc.json\`, \`package.json\` (key \`devgen\`)
  = Keep one of them and delete the others.`,
    );
  });

  test('says so when there is none', async () => {
    const root = temporaryDirectory();
    const found = await findConfig(root);
    expect(show(found.ok ? [] : found.error)).toBe(`- config/not-found
  no devgen config in \`${root}\` or above it
  = Run \`npx devgen init\` to write \`devgen.config.yaml\`.`);
  });

  test('says so when a config cannot be read, instead of taking another or none', async () => {
    const root = temporaryDirectory({ 'devgen.config.yaml': CONFIG });
    chmodSync(join(root, 'devgen.config.yaml'), 0o000);
    const found = await asUnprivileged(() => findConfig(root), root);
    expect(show(found.ok ? [] : found.error)).toBe(`devgen.config.yaml config/unreadable
  cannot read \`devgen.config.yaml\`: EACCES
  = Let your user read it: \`chmod u+r devgen.config.yaml\`.`);
  });

  test('says so when a config is a link to nothing', async () => {
    const root = temporaryDirectory();
    symlinkSync('gone.yaml', join(root, 'devgen.config.yaml'));
    const found = await findConfig(root);
    expect(show(found.ok ? [] : found.error)).toBe(`devgen.config.yaml config/unreadable
  cannot read \`devgen.config.yaml\`: it is a link to a file that does not exist
  = Mend or delete it.`);
  });

  test('executes nothing and writes nothing while it searches', async () => {
    const marker = '__devgenMetaConfigRan';
    const root = temporaryDirectory({
      'devgen.config.mjs': `globalThis.${marker} = 'config'; export default {}`,
      '.config/config.js': `globalThis.${marker} = 'meta'; module.exports = {}`,
      '.config/config.cjs': `globalThis.${marker} = 'meta'; module.exports = {}`,
    });
    const before = process.cwd();
    process.chdir(root);
    onTestFinished(() => process.chdir(before));
    expect(await findConfig(root)).toMatchObject({ ok: true, value: { file: 'devgen.config.mjs' } });
    expect(Object.hasOwn(globalThis, marker)).toBe(false);
    expect(readdirSync(root).sort()).toEqual(['.config', '.git', 'devgen.config.mjs']);
  });
});

/** Root may read everything; then another user has to try. */
async function asUnprivileged<Value>(action: () => Promise<Value>, root: string): Promise<Value> {
  if (process.getuid?.() !== 0) return action();
  chmodSync(root, 0o755);
  process.seteuid?.(65534);
  try {
    return await action();
  } finally {
    process.seteuid?.(0);
  }
}
