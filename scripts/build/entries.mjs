// Bundles our own code, unminified: what lands in a user's repository is to be read there.
import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { basename, join, relative } from 'node:path';
import { build } from 'esbuild';
import { buildIdPlaceholder } from './build-id.mjs';
import { bundling } from './bundling.mjs';
import { exportedAtOnce, exportsOf, inShared, sharedInputs, staticInputs } from './common.mjs';
import { nameChunks } from './name-chunks.mjs';
import { binStart, nodeGuard } from './node-guard.mjs';
import { projectRoot } from './project.mjs';
import { tidyText } from './tidy-text.mjs';
import { vendorFile } from './vendor.mjs';
import { withoutDescriptions } from './without-descriptions.mjs';

/** One CommonJS file each, for `load.cjs` to run: that starts 30 ms faster than ES modules do. */
const runtimeEntries = {
  main: 'src/cli/main.ts',
  'run-start': 'src/cli/run-start.ts',
  supervise: 'src/runtime/supervisor/main.ts',
};

const builtFiles = new Map(Object.entries(runtimeEntries).map(([name, file]) => [file, `${name}.cjs`]));

const shared = {
  ...bundling,
  platform: 'node',
  target: 'node20.19',
  define: { DEVGEN_BUILD_ID: JSON.stringify(buildIdPlaceholder) },
};

const script = {
  format: 'cjs',
  supported: { 'dynamic-import': true },
  outExtension: { '.js': '.cjs' },
};

/**
 * The entries, all in one folder. A dynamic import of one by another stays one: what a command does not need is not
 * loaded. What both large ones need lies in `common.cjs`, once, and what a start needs of that in `base.cjs`. The rest of
 * a start is `run-start.cjs`, which `main.cjs` needs, too.
 */
export async function buildRuntime() {
  const packages = new Set();
  const plugins = [siblingEntries('.'), vendored(packages), withoutGenerator(), versionOnly()];
  const { main, supervise, ...small } = runtimeEntries;
  const [start] = Object.values(small);
  const all = { ...shared, ...script, plugins };
  const large = { ...all, entryPoints: { main, supervise } };
  const [ofLarge, ofSmall] = await Promise.all([build(large), build({ ...all, entryPoints: small })]);
  const base = sharedInputs(ofLarge.metafile, ofSmall.metafile);
  const common = new Set([...sharedInputs(ofLarge.metafile)].filter((file) => !base.has(file)));
  const starting = staticInputs(ofSmall.metafile, start).filter((file) => !base.has(file));
  const inBase = [inShared(base, 'base'), ...plugins];
  const inBoth = [inShared(common, 'common'), ...inBase];
  const inAll = [inShared(new Set(starting), 'run-start'), ...inBoth];
  const results = await Promise.all([
    build({ ...large, plugins: inAll }),
    build({
      ...all,
      stdin: exportsOf(starting, 'run-start'),
      outfile: 'dist/run-start.cjs',
      outdir: undefined,
      plugins: inBase,
    }),
    build({
      ...all,
      stdin: exportsOf(common, 'common'),
      outfile: 'dist/common.cjs',
      outdir: undefined,
      plugins: inBase,
    }),
    build({ ...all, stdin: exportsOf(base, 'base'), outfile: 'dist/base.cjs', outdir: undefined }),
  ]);
  const supervisor = "require('./load.cjs').loadSupervisor();\n";
  const files = new Map(results.flatMap((each) => [...textsOf(each)]));
  for (const name of ['base', 'common', 'run-start'])
    files.set(`${name}.cjs`, exportedAtOnce(files.get(`${name}.cjs`), name));
  return { files: files.set('supervisor.cjs', supervisor), packages };
}

/**
 * `front.cjs` is what every Node can parse: it turns one away that is too old. Any other goes on in `quick.cjs`, which
 * answers by itself what it can; `load.cjs` keeps it compiled, and everything else that is loaded.
 */
export async function buildFront() {
  const front = { ...shared, ...script, define: { ...shared.define, 'import.meta.dirname': '__dirname' } };
  const [quick, ...loaders] = await Promise.all([
    build({
      ...front,
      entryPoints: { quick: 'src/cli/front.ts' },
      plugins: [siblingEntries('.'), frontIsWhole(), noPackages(), versionOnly()],
    }),
    build({
      ...front,
      entryPoints: { load: 'src/platform/load-compiled.ts' },
      plugins: [noPackages()],
    }),
    build({ ...front, entryPoints: { keep: 'src/platform/keep-compiled.ts' }, plugins: [noPackages()] }),
  ]);
  const loader = loaders.flatMap((each) => each.outputFiles.map(({ path, text }) => [basename(path), tidyText(text)]));
  const start = "require('./load.cjs').loadCommand('quick.cjs', process.argv[2]);\n";
  return new Map([['front.cjs', `${nodeGuard()}${start}`], ...textsOf(quick), ...loader]);
}

/** `devgen.cjs`, the bin, and behind its check of Node's version `cli.js`, which finds its packages in node_modules. */
export async function buildBin() {
  const result = await build({
    ...shared,
    entryPoints: { cli: 'src/cli/bin.ts', index: 'src/index.ts' },
    format: 'esm',
    splitting: true,
    chunkNames: '[name]-[hash]',
    packages: 'external',
    plugins: [siblingEntries('./runtime'), versionOnly()],
  });
  const load = 'import("./runtime/load.cjs").then(({ run }) => run("$1"))';
  const files = [...nameChunks(result)].map(([path, text]) => [
    path,
    text.replace(/\bimport\("\.\/runtime\/(.+?)"\)/g, load),
  ]);
  return new Map([['devgen.cjs', binStart()], ['index.d.ts', moduleTypes()], ...files]);
}

/** What the module exports, for compilers: the file of its types is one itself. */
function moduleTypes() {
  const types = readFileSync(join(projectRoot, 'src/api/manager.ts'), 'utf8');
  return `${types}\nexport declare function createManager(options?: ManagerOptions): Promise<Manager>;\n`;
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

/** A dynamic import of an entry becomes one of its built file in `folder`. */
function siblingEntries(folder) {
  return {
    name: 'sibling-entries',
    setup({ onResolve }) {
      onResolve({ filter: /^\.\.?\// }, ({ path, resolveDir, kind }) => {
        const file = relative(projectRoot, join(resolveDir, path));
        if (kind !== 'dynamic-import' || !builtFiles.has(file)) return undefined;
        return { path: `${folder}/${builtFiles.get(file)}`, external: true };
      });
    },
  };
}

/** The rows of the generator's commands name modules that only the package has: the runtime turns such a command away. */
function withoutGenerator() {
  return {
    name: 'without-generator',
    setup({ onResolve }) {
      onResolve({ filter: /\/generator\/commands\// }, ({ kind }) =>
        kind === 'dynamic-import' ? { path: 'devgen', external: true } : undefined,
      );
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

/**
 * V8 offers no `import()` to what `load.cjs` runs, which therefore gives it another word for that. And what stands in
 * `vendor/` was made from ES modules: it says itself what its default export is.
 */
function textsOf(result) {
  return new Map(
    result.outputFiles.map(({ path, text }) => [
      basename(path),
      inAscii(
        tidyText(
          withoutDescriptions(text)
            .replace(/\bimport\(/g, 'devgenLoad(')
            .replace(/^0 && \(module\.exports = \{[^}]*\}\);\n/gm, '') // For ES modules, of which none imports it.
            .replace(/(require\("\.\/vendor\/.+?"\)), 1\)/g, '$1)'),
        ),
      ),
    ]),
  );
}

/** Strings are by now; a regular expression keeps what it was written with. */
function inAscii(text) {
  const [found] = /.*[^\0-\x7f].*/.exec(text) ?? [];
  if (found !== undefined)
    throw new Error(`not ASCII, and makes V8 take twice the time over the whole file: ${found.trim()}`);
  return text;
}
