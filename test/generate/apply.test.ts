import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { apply } from '../../src/generate/engine/apply.ts';
import type { Step } from '../../src/generate/engine/step.ts';
import { createFixture, NOW, withoutBackups } from './project-fixture.ts';

const update = (path: string, before: string, content: string): Step => {
  return {
    kind: 'update',
    path,
    before: Buffer.from(before),
    content: Buffer.from(content),
    mode: 0o644,
    keepCopy: true,
  };
};
const create = (path: string): Step => ({ kind: 'create', path, content: Buffer.from('new\n'), mode: 0o644 });
const remove = (path: string, before: string): Step => {
  return { kind: 'remove', path, before: Buffer.from(before), mode: 0o755, keepCopy: false };
};

/** Longer than a name may be once a temporary file's ending is added. */
const UNWRITABLE = 'x'.repeat(250);

test('when one file cannot be written, those before it are put back', () => {
  const project = createFixture({ a: 'a\n' });
  project.write('folder/b', 'b\n', 0o755);
  const before = project.files();
  const steps = [
    update('a', 'a\n', 'changed\n'),
    create('new/folder/c'),
    remove('folder/b', 'b\n'),
    create(UNWRITABLE),
  ];
  const outcome = apply(project.root, steps, NOW);
  expect(outcome).toMatchObject({ ok: false, error: [{ code: 'generate/write-failed' }] });
  const files = project.files();
  expect(files['.devgen/backups/2026-05-04T10-20-30/a']).toBe('a\n');
  expect(withoutBackups(files)).toEqual(before);
  expect(readdirSync(project.root)).not.toContain('new');
});

test('a file that was changed since it was looked at stops everything', () => {
  const project = createFixture({ a: 'a\n', b: 'b\n' });
  const steps = [update('a', 'a\n', 'changed\n'), update('b', 'other\n', 'changed\n'), create('c')];
  writeFileSync(join(project.root, 'c'), 'there already\n');
  const before = project.files();
  expect(apply(project.root, steps, NOW)).toMatchObject({
    ok: false,
    error: [
      { code: 'generate/changed-meanwhile', place: { file: 'b' } },
      { code: 'generate/changed-meanwhile', place: { file: 'c' } },
    ],
  });
  expect(project.files()).toEqual(before);
});

test('copies of the same second go to folders of their own', () => {
  const project = createFixture({ a: '1\n' });
  const first = apply(project.root, [update('a', '1\n', '2\n')], NOW);
  const second = apply(project.root, [update('a', '2\n', '3\n')], NOW);
  expect([first, second].map((outcome) => outcome.ok && outcome.value.backup)).toEqual([
    '.devgen/backups/2026-05-04T10-20-30',
    '.devgen/backups/2026-05-04T10-20-30-2',
  ]);
  expect(project.read('.devgen/backups/2026-05-04T10-20-30-2/a')).toBe('2\n');
});
