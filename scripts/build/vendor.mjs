// Bundles the packages that the runtime needs, each into one minified file, reduced to what is used.
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { bundling } from './bundling.mjs';
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
  '../convert/add.js': 'scripts/vendor/replace/execa-unused.mjs',
  '../ipc/array.js': 'scripts/vendor/replace/execa-unused.mjs',
  '../ipc/buffer-messages.js': 'scripts/vendor/replace/execa-unused.mjs',
  '../ipc/graceful.js': 'scripts/vendor/replace/execa-unused.mjs',
  '../ipc/ipc-input.js': 'scripts/vendor/replace/execa-unused.mjs',
  '../ipc/methods.js': 'scripts/vendor/replace/execa-unused.mjs',
  '../pipe/setup.js': 'scripts/vendor/replace/execa-unused.mjs',
  '../verbose/complete.js': 'scripts/vendor/replace/execa-unused.mjs',
  '../verbose/info.js': 'scripts/vendor/replace/execa-unused.mjs',
  '../verbose/output.js': 'scripts/vendor/replace/execa-unused.mjs',
  '../verbose/start.js': 'scripts/vendor/replace/execa-unused.mjs',
  '../verbose/values.js': 'scripts/vendor/replace/execa-unused.mjs',
  './template.js': 'scripts/vendor/replace/execa-unused.mjs',
  'human-signals': 'scripts/vendor/replace/human-signals.mjs',
  // picomatch is asked what matches, not what a pattern consists of.
  './scan': 'scripts/vendor/replace/nothing.cjs',
  // A config is YAML 1.2.
  './yaml-1.1/binary.js': 'scripts/vendor/replace/yaml-1.1.mjs',
  './yaml-1.1/omap.js': 'scripts/vendor/replace/yaml-1.1.mjs',
  './yaml-1.1/pairs.js': 'scripts/vendor/replace/yaml-1.1.mjs',
  './yaml-1.1/schema.js': 'scripts/vendor/replace/yaml-1.1.mjs',
  './yaml-1.1/set.js': 'scripts/vendor/replace/yaml-1.1.mjs',
  './yaml-1.1/timestamp.js': 'scripts/vendor/replace/yaml-1.1.mjs',
  // yargs only takes arguments apart: help and mistakes are told in devgen's own words.
  '../lib/platform-shims/esm.mjs': 'scripts/vendor/replace/nothing.cjs',
  // cosmiconfig: only its search is used; devgen reads what it finds by itself.
  'import-fresh': 'scripts/vendor/replace/nothing.cjs',
  'js-yaml': 'scripts/vendor/replace/nothing.cjs',
  'parse-json': 'scripts/vendor/replace/nothing.cjs',
  typescript: 'scripts/vendor/replace/nothing.cjs',
};

/** File name in `vendor/` of the package that an import names. */
export function vendorFile(specifier) {
  const [scope, name] = specifier.split('/');
  return `${scope.startsWith('@') ? `${scope.slice(1)}-${name}` : scope}.cjs`;
}

/** One file a package: `scripts/vendor/NAME.mjs` says what of it is used. */
export async function buildVendor(packages) {
  if (packages.size === 0) return { files: new Map(), inputs: [] };
  const names = [...new Set([...packages].map(vendorFile))].sort();
  for (const name of names) {
    if (existsSync(join(projectRoot, sourceOf(name)))) continue;
    throw new Error(`the runtime imports a package without ${sourceOf(name)}, which exports what is used of it`);
  }
  const result = await build({
    ...bundling,
    entryPoints: Object.fromEntries(names.map((name) => [basename(name, '.cjs'), sourceOf(name)])),
    minify: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20.19',
    mainFields: ['module', 'main'],
    outExtension: { '.js': '.cjs' },
    define: { 'import.meta.url': 'devgenFileUrl' },
    charset: 'utf8',
    plugins: [replaced()],
  });
  const inputs = Object.values(result.metafile.outputs).flatMap((file) =>
    Object.entries(file.inputs)
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([input]) => input),
  );
  return { files: new Map(result.outputFiles.map(({ path, text }) => [basename(path), withFileUrl(text)])), inputs };
}

/** CommonJS has no `import.meta`. */
function withFileUrl(text) {
  if (!text.includes('devgenFileUrl')) return text;
  return text.replace(/^"use strict";/, "$&const devgenFileUrl=require('node:url').pathToFileURL(__filename).href;");
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
