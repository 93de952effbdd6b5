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
  return {
    files: files.set('page.js', withTabs(files.get('page.js').replaceAll('/* @__PURE__ */ ', ''))),
    inputs: Object.keys(preact.metafile.inputs),
  };
}

function preactBeside() {
  return {
    name: 'preact-beside',
    setup({ onResolve }) {
      onResolve({ filter: /^preact(?:\/|$)/ }, () => ({ path: './preact.js', external: true }));
    },
  };
}
