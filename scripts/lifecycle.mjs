// Draws the lifecycle table in ARCHITECTURE.md from the code: `node scripts/lifecycle.mjs`. A test holds the two equal.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const document = join(dirname(here), 'ARCHITECTURE.md');
const { outputFiles } = await build({
  entryPoints: [join(here, 'lifecycle/render-table.ts')],
  bundle: true,
  platform: 'node',
  format: 'esm',
  write: false,
});
const { renderTable } = await import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);
const text = readFileSync(document, 'utf8');
const drawn = text.replace(/(?<=<!-- lifecycle -->\n).*?(?=\n<!-- \/lifecycle -->)/s, () => renderTable());
writeFileSync(document, drawn);
