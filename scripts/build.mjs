// Builds `dist/`: the `devgen` bin and the runtime that `devgen generate` copies into a user's repository.
// `node scripts/build.mjs [--out FOLDER] [--verbose]`
// The same sources give the same bytes: no version, time or absolute path is written.
import { chmodSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { stampBuildId } from './build/build-id.mjs';
import { buildBin, buildFront, buildRuntime } from './build/entries.mjs';
import { collectLicences } from './build/licences.mjs';
import { buildPage } from './build/page.mjs';
import { projectRoot } from './build/project.mjs';
import { replaceFolder } from './build/replace-folder.mjs';
import { buildVendor } from './build/vendor.mjs';

/** The vendored runtime is committed by its users: a dependency that grows must be noticed here. */
const MAX_RUNTIME_BYTES = 1.6 * 1024 * 1024;
/** What there is for `./dev ui` alone: the files of the page, and in the runtime what serves them. */
const MAX_PAGE_BYTES = 120 * 1024;
const PAGE = 'runtime/ui/';
const SERVER = /^\/\/ (?:cli\/ui\/|cli\/commands\/ui$).*\n(?:(?!\/\/ ).*\n)*/gm;

const { values: options } = parseArgs({
  options: {
    out: { type: 'string', default: join(projectRoot, 'dist') },
    verbose: { type: 'boolean', default: false },
  },
});
const out = resolve(options.out);
const startedAt = performance.now();
const files = await buildFiles();
if (files === undefined) process.exit(1);

replaceFolder(out, files);
chmodSync(join(out, 'devgen.cjs'), 0o755);

const serverBytes = byteLength(files.get('runtime/main.cjs').match(SERVER).join(''));
const pageBytes = bytesOf((path) => path.startsWith(PAGE)) + serverBytes;
const runtimeBytes = bytesOf((path) => path.startsWith('runtime/')) - pageBytes;
report();
limit('dist/runtime without the page', runtimeBytes, MAX_RUNTIME_BYTES);
limit('the page in dist/runtime', pageBytes, MAX_PAGE_BYTES);

function bytesOf(isMeant) {
  return [...files].reduce((total, [path, text]) => total + (isMeant(path) ? byteLength(text) : 0), 0);
}

function limit(what, bytes, most) {
  if (bytes <= most) return;
  console.error(`error: ${what} has ${bytes} bytes, more than the ${most} that users may be given`);
  process.exitCode = 1;
}

/** Every text of `dist/` by its path there; `undefined` when the sources do not build, which esbuild has explained. */
async function buildFiles() {
  try {
    const runtime = await buildRuntime();
    const parts = [buildFront(), buildBin(), buildVendor(runtime.packages), buildPage()];
    const [front, bin, vendor, page] = await Promise.all(parts);
    return stampBuildId(
      new Map([
        ...prefixed('runtime', front),
        ...prefixed('runtime', runtime.files),
        ...prefixed('runtime/vendor', vendor.files),
        ...prefixed('runtime/ui', page.files),
        ['runtime/LICENSES.txt', collectLicences([...vendor.inputs, ...page.inputs])],
        ...prefixed('', bin),
      ]),
    );
  } catch (error) {
    if (Array.isArray(error.errors)) return undefined;
    throw error;
  }
}

function prefixed(folder, texts) {
  return [...texts].map(([path, text]) => [folder === '' ? path : `${folder}/${path}`, text]);
}

function report() {
  if (options.verbose) {
    for (const [path, text] of files) console.log(`${String(byteLength(text)).padStart(8)}  dist/${path}`);
  }
  const took = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`built dist/ in ${took} s: ${files.size} files, runtime ${kib(runtimeBytes)}, page ${kib(pageBytes)}`);
}

function kib(bytes) {
  return `${Math.round(bytes / 1024)} KiB`;
}

function byteLength(text) {
  return Buffer.byteLength(text);
}
