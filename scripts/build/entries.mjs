// Bundles our own code, unminified: what lands in a user's repository is to be read there.
import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { basename, join, relative } from 'node:path';
import { build } from 'esbuild';
import { buildIdPlaceholder } from './build-id.mjs';
import { nameChunks } from './name-chunks.mjs';
import { nodeGuard } from './node-guard.mjs';
import { projectRoot } from './project.mjs';
import { tidyText } from './tidy-text.mjs';
import { vendorFile } from './vendor.mjs';

/** What is loaded on demand, by the name of the built file. */
const splitEntries = {
  main: 'src/cli/main.ts',
  compile: 'src/config/compile.ts',
};

/** What stands between a command and its service: one CommonJS file each, because that starts fastest. */
const quickEntries = {
  'run-start': 'src/cli/run-start.ts',
  supervise: 'src/runtime/supervisor/main.ts',
};

const builtFiles = new Map([
  ...Object.entries(splitEntries).map(([name, file]) => [file, `${name}.mjs`]),
  ...Object.entries(quickEntries).map(([name, file]) => [file, `${name}.cjs`]),
]);

const shared = {
  absWorkingDir: projectRoot,
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  charset: 'utf8',
  legalComments: 'none',
  write: false,
  metafile: true,
  logLevel: 'warning',
  outdir: 'dist',
  define: { DEVGEN_BUILD_ID: JSON.stringify(buildIdPlaceholder) },
};

/**
 * `main.mjs`, `compile.mjs` and what they share, and the quick entries, all in one folder: a module finds its siblings
 * from wherever it was bundled. A dynamic import stays one: what a command does not need is not loaded.
 */
export async function buildRuntime() {
  const packages = new Set();
  const [split, quick] = await Promise.all([
    build({
      ...shared,
      entryPoints: splitEntries,
      format: 'esm',
      splitting: true,
      outExtension: { '.js': '.mjs' },
      chunkNames: '[name]-[hash]',
      plugins: [siblingEntries('.', Object.values(quickEntries)), vendored(packages), versionOnly()],
    }),
    build({
      ...shared,
      entryPoints: quickEntries,
      format: 'cjs',
      supported: { 'dynamic-import': true },
      outExtension: { '.js': '.cjs' },
      plugins: [siblingEntries('.', [...builtFiles.keys()]), vendored(packages), versionOnly()],
    }),
  ]);
  const files = new Map([
    ...nameChunks(split),
    ...textsOf(quick),
    ['supervisor.cjs', "require('./load.cjs').run('supervise.cjs');\n"],
  ]);
  // The ES modules import it as well, without what `load.cjs` gives it.
  if (files.get('run-start.cjs').includes('devgenLoad'))
    throw new Error('run-start.ts may not import anything on demand');
  return { files, packages };
}

/**
 * `front.cjs` is what every Node can parse: it turns one away that is too old. Any other goes on in `quick.cjs`, one small
 * CommonJS file, because that starts fastest; `load.cjs` keeps it compiled.
 */
export async function buildFront() {
  const script = {
    ...shared,
    format: 'cjs',
    supported: { 'dynamic-import': true },
    outExtension: { '.js': '.cjs' },
    define: { ...shared.define, 'import.meta.dirname': '__dirname' },
  };
  const [quick, load] = await Promise.all([
    build({
      ...script,
      entryPoints: { quick: 'src/cli/front.ts' },
      plugins: [siblingEntries('.', [...builtFiles.keys()]), frontIsWhole(), noPackages()],
    }),
    build({
      ...script,
      entryPoints: { load: 'src/platform/load-compiled.ts' },
      plugins: [noPackages()],
    }),
  ]);
  const start = "require('./load.cjs').run('quick.cjs', process.argv[2] === 'status' ? '-status' : '');\n";
  return new Map([['front.cjs', `${nodeGuard()}${start}`], ...textsOf(quick), ...textsOf(load)]);
}

/** `cli.js`: the `devgen` bin, which finds its packages in node_modules. */
export async function buildBin() {
  const entry = 'src/cli/bin.ts';
  const result = await build({
    ...shared,
    entryPoints: { cli: entry },
    format: 'esm',
    splitting: true,
    chunkNames: '[name]-[hash]',
    packages: 'external',
    plugins: [siblingEntries('./runtime', [...builtFiles.keys()]), versionOnly()],
  });
  return nameChunks(result);
}

/** Bare imports become files of `vendor/` beside the entries; the names that were met land in `packages`. */
function vendored(packages) {
  return {
    name: 'vendored',
    setup({ onResolve }) {
      onResolve({ filter: /^[^./]/ }, ({ path, kind }) => {
        if (kind === 'entry-point') return undefined;
        if (isBuiltin(path)) return builtin(path);
        packages.add(path);
        return { path: `./vendor/${vendorFile(path)}`, external: true };
      });
    },
  };
}

/** A dynamic import of one of these sources becomes an import of its built file in `folder`. */
function siblingEntries(folder, sources) {
  return {
    name: 'sibling-entries',
    setup({ onResolve }) {
      onResolve({ filter: /^\.\.?\// }, ({ path, resolveDir, kind }) => {
        const file = relative(projectRoot, join(resolveDir, path));
        if (kind !== 'dynamic-import' || !sources.includes(file)) return undefined;
        return { path: `${folder}/${builtFiles.get(file)}`, external: true };
      });
    },
  };
}

/** The front is one file: what it does not carry must be an entry. */
function frontIsWhole() {
  return {
    name: 'front-is-whole',
    setup({ onResolve }) {
      onResolve({ filter: /^\.\.?\// }, ({ path, resolveDir, kind }) => {
        if (kind !== 'dynamic-import') return undefined;
        return {
          errors: [{ text: `"${relative(projectRoot, join(resolveDir, path))}" is not an entry of the runtime` }],
        };
      });
    },
  };
}

/** Of package.json only the version is carried along. */
function versionOnly() {
  return {
    name: 'version-only',
    setup({ onLoad }) {
      onLoad({ filter: /[/\\]package\.json$/ }, ({ path }) => {
        const { version } = JSON.parse(readFileSync(path, 'utf8'));
        return { contents: JSON.stringify({ version }), loader: 'json' };
      });
    },
  };
}

function noPackages() {
  return {
    name: 'no-packages',
    setup({ onResolve }) {
      onResolve({ filter: /^[^./]/ }, ({ path, kind, importer }) => {
        if (kind === 'entry-point') return undefined;
        if (isBuiltin(path)) return builtin(path);
        return {
          errors: [{ text: `the fast front may not import "${path}" (in ${relative(projectRoot, importer)})` }],
        };
      });
    },
  };
}

/** Without side effects: a built-in that is imported but not used is not loaded. */
function builtin(path) {
  return { path, external: true, sideEffects: false };
}

function isBuiltin(path) {
  return path.startsWith('node:') || builtinModules.includes(path);
}

/** What `load.cjs` runs has its word for `import()`; for another CommonJS file that does not start the ES module loader, 10 ms. */
function textsOf(result) {
  return new Map(
    result.outputFiles.map(({ path, text }) => [
      basename(path),
      tidyText(text.replace(/\bimport\((?=")/g, 'devgenLoad(')),
    ]),
  );
}
