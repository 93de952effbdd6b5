import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { repository } from '../rig/project.ts';
import { codeOnly, readSourceFiles } from '../rig/source-files.ts';

const vendor = join(repository, 'dist/runtime/vendor');

for (const file of readdirSync(vendor)) {
  test(`vendor/${file} has everything that the runtime takes from it`, () => {
    const exported = Object.keys(createRequire(import.meta.url)(join(vendor, file)) as object);
    expect(exported).toEqual(expect.arrayContaining(namesUsed(file.replace('.cjs', ''))));
  });
}

/** Of `config/` only the generator writes the JSON Schema. */
const GENERATOR = /^(detect|generate)\/|^config\/json-schema\.ts$/;

/** Names that the runtime's rooms import from the package, or take of its namespace. */
function namesUsed(name: string): string[] {
  const imports = new RegExp(`^import\\s+(?!type\\b)([^;]*?)\\s+from\\s+'${name}(?:/[^']*)?';`, 'gms');
  return readSourceFiles()
    .filter(({ path }) => !GENERATOR.test(path))
    .flatMap(({ text }) => [...text.matchAll(imports)].flatMap(([, clause = '']) => namesIn(clause, text)));
}

function namesIn(clause: string, text: string): string[] {
  const namespace = /^\* as (\w+)$/.exec(clause)?.[1];
  if (namespace !== undefined) {
    const uses = codeOnly(text).matchAll(new RegExp(`\\b${namespace}\\.([a-z]\\w*)\\(`, 'g'));
    return [...uses].map(([, used = '']) => used);
  }
  if (!clause.startsWith('{')) return ['default'];
  const names = clause.slice(1, -1).split(',');
  return names.map((each) => each.trim()).filter((each) => each !== '' && !each.startsWith('type '));
}
