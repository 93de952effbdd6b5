import { basename, relative } from 'node:path';
import { projectRoot } from './project.mjs';
import { tidyText } from './tidy-text.mjs';

/**
 * Texts of a split build by their path in its outdir, with the hashes taken out of the file names, so that a new
 * version shows in a user's repository as changed lines and not as files that come and go.
 */
export function nameChunks({ outputFiles, metafile }) {
  const outputs = outputFiles.map(({ path, text }) => ({
    path: relative(projectRoot, path).replaceAll('\\', '/'),
    text,
  }));
  const taken = new Set(outputs.map(({ path }) => path));
  const renames = new Map();
  for (const { path } of [...outputs].sort((left, right) =>
    order(left, metafile).localeCompare(order(right, metafile)),
  )) {
    const match = /^(.*\/)([^/]+)-[0-9A-Z]{8}(\.m?js)$/.exec(path);
    if (match === null) continue;
    const [, folder, , extension] = match;
    renames.set(path, uniqueName(folder, stem(path, metafile), extension, taken));
  }
  return new Map(
    outputs.map(({ path, text }) => [inDist(renames.get(path) ?? path), tidyText(renameImports(text, renames))]),
  );
}

/** Sorted by what is inside: the hashes themselves say nothing. */
function order({ path }, metafile) {
  return Object.keys(metafile.outputs[path].inputs).sort().join(' ');
}

/** The module that gave the chunk most of its bytes. */
function stem(path, metafile) {
  const { inputs } = metafile.outputs[path];
  const [largest] = Object.keys(inputs).sort(
    (left, right) => inputs[right].bytesInOutput - inputs[left].bytesInOutput || left.localeCompare(right),
  );
  return largest === undefined ? 'shared' : basename(largest).replace(/\.ts$/, '');
}

function uniqueName(folder, name, extension, taken) {
  for (let number = 1; ; number++) {
    const candidate = `${folder}${name}${number === 1 ? '' : `-${number}`}${extension}`;
    if (taken.has(candidate)) continue;
    taken.add(candidate);
    return candidate;
  }
}

function renameImports(text, renames) {
  let renamed = text;
  for (const [from, to] of renames) renamed = renamed.replaceAll(basename(from), basename(to));
  return renamed;
}

function inDist(path) {
  return path.replace(/^dist\//, '');
}
