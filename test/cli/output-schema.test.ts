import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { outputJsonSchema } from '../../src/cli/documents/output-schema.ts';
import { SCHEMA_VERSION } from '../../src/cli/output/print-json.ts';
import { repository } from '../rig/project.ts';

/*
 * A document that is another one needs a new SCHEMA_VERSION, and with it a file of its own here; so long as none of a
 * version has been released, that one is replaced: with `.devgen/output.schema.json`, as `generate` writes it.
 */
test('what --json prints is as this version of the schema has promised it', () => {
  const file = join(repository, `test/golden/output.schema.v${SCHEMA_VERSION}.json`);
  const [promised, now] = [readFileSync(file, 'utf8'), outputJsonSchema()].map((text) => JSON.parse(text).definitions);
  const names = Object.keys({ ...promised, ...now });
  expect(names.filter((name) => JSON.stringify(promised[name]) !== JSON.stringify(now[name]))).toEqual([]);
});
