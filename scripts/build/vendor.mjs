// Bundles the packages that the runtime needs, each into one minified file, reduced to what is used.
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { projectRoot } from './project.mjs';

/** Parts of packages that devgen never reaches, and what stands in for them. */
const replacements = {
  // wait-on uses little of its packages: one question of axios, eight functions of lodash, a fifth of RxJS.
  axios: 'scripts/vendor/replace/axios.mjs',
  debug: 'scripts/vendor/replace/nothing.cjs',
  joi: 'scripts/vendor/replace/joi.cjs',
  'lodash/fp': 'scripts/vendor/replace/lodash-fp.mjs',
  rxjs: 'scripts/vendor/replace/rxjs.mjs',
  'rxjs/operators': 'scripts/vendor/replace/rxjs.mjs',
  // execa is never asked to tell what it does, nor to wait synchronously.
  './main-sync.js': 'scripts/vendor/replace/nothing.cjs',
  figures: 'scripts/vendor/replace/nothing.cjs',
  'pretty-ms': 'scripts/vendor/replace/nothing.cjs',
  yoctocolors: 'scripts/vendor/replace/nothing.cjs',
  // yargs only parses: help and mistakes are told in devgen's own words.
  cliui: 'scripts/vendor/replace/cliui.mjs',
  'string-width': 'scripts/vendor/replace/string-width.mjs',
  './completion.js': 'scripts/vendor/replace/yargs-completion.mjs',
  // cosmiconfig: only its search is used; devgen reads what it finds by itself.
  'import-fresh': 'scripts/vendor/replace/nothing.cjs',
  'js-yaml': 'scripts/vendor/replace/nothing.cjs',
  'parse-json': 'scripts/vendor/replace/nothing.cjs',
  typescript: 'scripts/vendor/replace/nothing.cjs',
};

/** File name in `vendor/` of the package that an import names. */
export function vendorFile(specifier) {
  // Between a command and its service: CommonJS starts 10 ms faster.
  if (specifier === 'execa') return 'execa.cjs';
  const [scope, name] = specifier.split('/');
  return `${scope.startsWith('@') ? `${scope.slice(1)}-${name}` : scope}.mjs`;
}

/** One file a package: `scripts/vendor/NAME.mjs` says what of it is used. */
export async function buildVendor(packages) {
  if (packages.size === 0) return { files: new Map(), inputs: [] };
  const names = [...new Set([...packages].map(vendorFile))].sort();
  for (const name of names) {
    if (existsSync(join(projectRoot, sourceOf(name)))) continue;
    throw new Error(`the runtime imports a package without ${sourceOf(name)}, which exports what is used of it`);
  }
  const [modules, scripts] = await Promise.all([
    bundle(
      names.filter((name) => name.endsWith('.mjs')),
      // CommonJS packages inside an ES module call `require` for Node's own modules.
      {
        format: 'esm',
        outExtension: { '.js': '.mjs' },
        banner: {
          js: "import { createRequire as devgenRequire } from 'node:module'; const require = devgenRequire(import.meta.url);",
        },
      },
    ),
    bundle(
      names.filter((name) => name.endsWith('.cjs')),
      { format: 'cjs', outExtension: { '.js': '.cjs' } },
    ),
  ]);
  return { files: new Map([...modules.files, ...scripts.files]), inputs: [...modules.inputs, ...scripts.inputs] };
}

async function bundle(names, output) {
  const result = await build({
    ...output,
    absWorkingDir: projectRoot,
    entryPoints: Object.fromEntries(names.map((name) => [name.replace(/\.[cm]js$/, ''), sourceOf(name)])),
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node20.19',
    mainFields: ['module', 'main'],
    charset: 'utf8',
    legalComments: 'none',
    outdir: 'dist',
    write: false,
    metafile: true,
    logLevel: 'warning',
    plugins: [replaced()],
  });
  const inputs = Object.values(result.metafile.outputs).flatMap((file) =>
    Object.entries(file.inputs)
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([input]) => input),
  );
  return { files: new Map(result.outputFiles.map(({ path, text }) => [basename(path), text])), inputs };
}

/** What says what of the package is used. */
function sourceOf(name) {
  return `scripts/vendor/${name.replace(/\.cjs$/, '.mjs')}`;
}

function replaced() {
  return {
    name: 'replaced',
    setup({ onResolve }) {
      onResolve({ filter: /^[^/]/ }, ({ path, kind }) => {
        if (kind === 'entry-point' || !Object.hasOwn(replacements, path)) return undefined;
        return { path: join(projectRoot, replacements[path]) };
      });
    },
  };
}
