// Builds the page that `./dev ui` shows: our own part to be read, Preact beside it, minified.
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { bundling } from './bundling.mjs';
import { projectRoot } from './project.mjs';
import { withTabs } from './tidy-text.mjs';

const shared = {
  ...bundling,
  platform: 'browser',
  format: 'esm',
  target: ['chrome111', 'firefox115', 'safari16.4'],
};

/** What of Preact is used. */
const PREACT = `
export { Fragment, render } from 'preact';
export { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
export { jsx, jsxs } from 'preact/jsx-runtime';
`;

/** Texts that are sent as they are. */
const AS_THEY_ARE = ['page.html', 'icon.svg'];

/** Each file of the page by its name, and what of other packages is in them. */
export async function buildPage() {
  const own = { ...shared, jsx: 'automatic', jsxImportSource: 'preact', plugins: [preactBeside()] };
  const [code, style, preact] = await Promise.all([
    build({ ...own, entryPoints: { page: 'src/ui/main.tsx' } }),
    build({ ...shared, entryPoints: { page: 'src/ui/style/page.css' } }),
    build({
      ...shared,
      minify: true,
      stdin: { contents: PREACT, resolveDir: projectRoot },
      outfile: 'dist/preact.js',
      outdir: undefined,
    }),
  ]);
  const texts = [code, style, preact].flatMap(({ outputFiles }) =>
    outputFiles.map(({ path, text }) => [basename(path), text]),
  );
  const asTheyAre = AS_THEY_ARE.map((name) => [name, readFileSync(join(projectRoot, 'src/ui', name), 'utf8')]);
  const files = new Map([...texts, ...asTheyAre]);
  files.set('page.js', tidyCode(files.get('page.js')));
  files.set('page.css', tidyStyle(files.get('page.css')));
  return {
    files,
    inputs: Object.keys(preact.metafile.inputs),
  };
}

function tidyCode(text) {
  return withTabs(importedOnce(text.replaceAll('/* @__PURE__ */ ', ''))).replace(
    /^\n?\/\/ src\/ui\/(.+)\.tsx?$/gm,
    '// $1',
  );
}

/** What the modules of the page import of Preact, each under a name of its own, is imported once. */
function importedOnce(text) {
  const statement = /^import \{ (.+) \} from "\.\/preact\.js";\n/gm;
  const imports = [...text.matchAll(statement)].flatMap(([, names]) => names.split(', '));
  const names = imports.map((each) => each.split(' as '));
  const declared = names.find(([name]) => new RegExp(`\\b(?:var|let|const|function|class) ${name}\\d*\\b`).test(text));
  if (declared !== undefined) throw new Error(`the page has something of its own that is called ${declared[0]}`);
  const once = names.reduce(
    (rest, [name, alias = name]) => rest.replace(new RegExp(`\\b${alias}\\b`, 'g'), name),
    text.replace(statement, ''),
  );
  const sorted = [...new Set(names.map(([name]) => name))].sort();
  return `import { ${sorted.join(', ')} } from "./preact.js";\n${once}`;
}

/** With tabs, and without comments and what ends a block anyway. */
function tidyStyle(text) {
  const bare = text.replace(/\/\*[\s\S]*?\*\/\n?/g, '').replace(/;(?=\s*\})/g, '');
  return bare.replace(/^(?: {2})+/gm, (blanks) => '\t'.repeat(blanks.length / 2));
}

function preactBeside() {
  return {
    name: 'preact-beside',
    setup({ onResolve }) {
      onResolve({ filter: /^preact(?:\/|$)/ }, () => ({ path: './preact.js', external: true }));
    },
  };
}
