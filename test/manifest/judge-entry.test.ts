import { expect, test } from 'vitest';
import type { DiskEntry } from '../../src/manifest/disk-entry.ts';
import type { FileKind } from '../../src/manifest/file-kind.ts';
import { judgeEntry } from '../../src/manifest/judge-entry.ts';
import { entryOf, type ManifestEntry } from '../../src/manifest/manifest.ts';

const BLOCK = 'all:\n# >>> devgen >>>\n-include .devgen/devgen.mk\n# <<< devgen <<<\n';

function entry(kind: FileKind, path: string, content: string, mode: ManifestEntry['mode'] = '644'): ManifestEntry {
  return entryOf({ path, kind, mode, created: true, end: 'closed', content: Buffer.from(content) });
}

function file(content: string, executable = false): DiskEntry {
  return { kind: 'file', content: Buffer.from(content), mode: executable ? 0o755 : 0o644, executable };
}

const script = entry('file', 'dev', '#!/bin/sh\nexit\n', '755');
const schema = entry('file', '.devgen/schema.json', '{\n  "a": 1\n}\n');
const part = entry('block', 'Makefile', '-include .devgen/devgen.mk\n');
const seed = entry('seed', 'devgen.config.yaml', 'name: x\n');

test.each<[string, ManifestEntry, DiskEntry, string]>([
  ['what is as it was written', script, file('#!/bin/sh\nexit\n', true), 'as-written'],
  ['what an editor trimmed or ended', script, file('#!/bin/sh\nexit  \n\n', true), 'as-written'],
  ['what was edited', script, file('#!/bin/sh\nexit 1\n', true), 'edited'],
  ['a script that is not executable', script, file('#!/bin/sh\nexit\n'), 'not-runnable'],
  ['a script with carriage returns', script, file('#!/bin/sh\r\nexit\r\n', true), 'not-runnable'],
  ['JSON that a formatter laid out', schema, file('{"a":1}'), 'as-written'],
  ['JSON that says something else', schema, file('{"a":2}'), 'edited'],
  ['what is not there', schema, { kind: 'missing' }, 'missing'],
  ['a link', schema, { kind: 'blocked', reason: 'symlink' }, 'blocked'],
  ['a part in a file that the user changes', part, file(`${BLOCK}mine:\r\n`), 'as-written'],
  ['a part that was edited', part, file(BLOCK.replace('-include', 'include')), 'edited'],
  ['a part that is gone', part, file('all:\n'), 'missing'],
  ['a part without its last line', part, file(BLOCK.slice(0, -20)), 'edited'],
  ['a config, whatever is in it', seed, file('name: y\n'), 'as-written'],
  ['a config that is gone', seed, { kind: 'missing' }, 'as-written'],
])('%s', (_what, written, disk, state) => {
  expect(judgeEntry(written, disk)).toBe(state);
});
