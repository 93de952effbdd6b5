// What several entries of the runtime need, built once: `base.cjs` and `common.cjs`.
import { join, relative } from 'node:path';
import { projectRoot } from './project.mjs';

/** Our own files that every output of the builds holds, sorted: all that they import statically is among them. */
export function sharedInputs(...metafiles) {
  const outputs = metafiles.flatMap((each) => Object.values(each.outputs));
  const [first, ...others] = outputs.map(({ inputs }) => inputs);
  const isShared = (file) => file.startsWith('src/') && others.every((inputs) => Object.hasOwn(inputs, file));
  return new Set(Object.keys(first).filter(isShared).sort());
}

/** Our own files that one needs before anything of it runs, itself included. */
export function staticInputs({ inputs }, file, known = new Set()) {
  if (known.has(file) || !file.startsWith('src/')) return [];
  known.add(file);
  const imports = inputs[file].imports.filter(({ kind, external }) => kind === 'import-statement' && external !== true);
  return [file, ...imports.flatMap(({ path }) => staticInputs({ inputs }, path, known))];
}

/** An entry that exports all that these files do. No two of them export one name: the architecture test sees to that. */
export function exportsOf(files, name) {
  const lines = [...files].map((file) => `export * from ${JSON.stringify(`./${file}`)};`);
  return { contents: ["'use strict';", ...lines].join('\n'), resolveDir: projectRoot, sourcefile: `${name}.ts` };
}

/** Every import of one of these files becomes one of the built file `name`. */
export function inShared(files, name) {
  return {
    name: `in-${name}`,
    setup({ onResolve }) {
      onResolve({ filter: /^\.\.?\// }, ({ path, resolveDir, kind }) => {
        if (kind === 'entry-point' || !files.has(relative(projectRoot, join(resolveDir, path)))) return undefined;
        return { path: `./${name}.cjs`, external: true, sideEffects: false };
      });
    },
  };
}

const COLUMNS = 110;

/** The text of a shared file with its exports named once, behind all of it: none of them changes later. */
export function exportedAtOnce(text, name) {
  const all = `${name.replace('-', '_')}_exports`;
  const exported = new RegExp(`^var ${all} = \\{\\};\\n__export\\(${all}, \\{\\n([\\s\\S]*?)\\n\\}\\);\\n`, 'm');
  const getters = [...exported.exec(text)[1].matchAll(/^\t(\w+): \(\) => (\w+),?$/gm)];
  // What is not exported may have the name of what is: then one of them has another one here.
  const entries = getters.map(([, name, local]) => (name === local ? name : `${name}: ${local}`));
  const lines = ['\t'];
  for (const entry of entries) {
    const longer = `${lines.at(-1)} ${entry},`;
    if (longer.length > COLUMNS) lines.push(`\t${entry},`);
    else lines[lines.length - 1] = longer;
  }
  const rest = text.replace(exported, '').replace(`module.exports = __toCommonJS(${all});\n`, '');
  return `${rest}module.exports = {\n${lines.map((line) => line.replace(/^\t /, '\t')).join('\n')}\n};\n`;
}
