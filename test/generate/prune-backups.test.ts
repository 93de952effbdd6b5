import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { backUp } from '../../src/generate/engine/back-up.ts';
import { pruneBackups } from '../../src/generate/engine/prune-backups.ts';
import { listBackups } from '../../src/generate/restore.ts';
import { createFixture } from './project-fixture.ts';

const AT = '2026-05-04T10-20-30';

test('of the copies of one file the newest are kept, and every backup of anything else', () => {
  const { root } = createFixture({ 'devgen.config.yaml': 'a', dev: 'b' });
  const copy = (...paths: readonly string[]) =>
    backUp(
      root,
      paths.map((path) => ({ path, content: Buffer.from(path === 'dev' ? 'b' : 'a') })),
      new Date('2026-05-04T10:20:30Z'),
    );
  copy('devgen.config.yaml');
  copy('devgen.config.yaml', 'dev');
  copy('dev');
  for (let count = 0; count < 3; count++) copy('devgen.config.yaml');

  pruneBackups(root, 'devgen.config.yaml', 2);

  const kept = ['-6', '-5', '-3', '-2'].map((count) => `${AT}${count}`);
  expect(listBackups(root).map(({ date }) => date)).toEqual(kept);
  const names = [...kept, ...kept.map((date) => `${date}.sha256`), '.gitignore'];
  expect(readdirSync(join(root, '.devgen/backups')).toSorted()).toEqual(names.toSorted());
});
