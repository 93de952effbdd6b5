// What several entries of the runtime need, built once: `common.cjs`.
import { join, relative } from 'node:path';
import { projectRoot } from './project.mjs';

/** Our own files that every output of a build holds, sorted: all that they import statically is among them. */
export function sharedInputs({ outputs }) {
  const [first, ...others] = Object.values(outputs).map(({ inputs }) => inputs);
  const isShared = (file) => file.startsWith('src/') && others.every((inputs) => Object.hasOwn(inputs, file));
  return new Set(Object.keys(first).filter(isShared).sort());
}

/** An entry that exports all that these files do. No two of them export one name: the architecture test sees to that. */
export function exportsOf(files) {
  const lines = [...files].map((file) => `export * from ${JSON.stringify(`./${file}`)};`);
  return { contents: ["'use strict';", ...lines].join('\n'), resolveDir: projectRoot, sourcefile: 'common.ts' };
}

/** Every import of one of these files becomes one of `common.cjs`. */
export function inCommon(files) {
  return {
    name: 'in-common',
    setup({ onResolve }) {
      onResolve({ filter: /^\.\.?\// }, ({ path, resolveDir, kind }) => {
        if (kind === 'entry-point' || !files.has(relative(projectRoot, join(resolveDir, path)))) return undefined;
        return { path: './common.cjs', external: true, sideEffects: false };
      });
    },
  };
}

const EXPORTS = /^var common_exports = \{\};\n__export\(common_exports, \{\n([\s\S]*?)\n\}\);\n/m;
const COLUMNS = 110;

/** The text of `common.cjs` with its exports named once, behind all of it: none of them changes later. */
export function exportedAtOnce(text) {
  const names = [...EXPORTS.exec(text)[1].matchAll(/^\t(\w+): \(\) => \1,?$/gm)].map(([, name]) => name);
  const lines = ['\t'];
  for (const name of names) {
    const longer = `${lines.at(-1)} ${name},`;
    if (longer.length > COLUMNS) lines.push(`\t${name},`);
    else lines[lines.length - 1] = longer;
  }
  const rest = text.replace(EXPORTS, '').replace(/^module\.exports = __toCommonJS\(common_exports\);\n/m, '');
  return `${rest}module.exports = {\n${lines.map((line) => line.replace(/^\t /, '\t')).join('\n')}\n};\n`;
}
