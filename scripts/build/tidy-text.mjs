import { parse } from '@babel/parser';
import { withoutIdleModules } from './idle-modules.mjs';

/** What every run of a file that names them needs: to load them at once costs nothing. */
const ALWAYS_LOADED = [
  { module: 'node:fs', name: 'import_node_fs' },
  { module: 'node:path', name: 'import_node_path' },
  { module: './base.cjs', name: 'in_base' },
  { module: './common.cjs', name: 'in_common' },
  { module: './run-start.cjs', name: 'in_start' },
];

/**
 * A bundled text for readers, and smaller: without what bundlers leave for each other, strict but once, each module named
 * but once and by its path below `src/`, with tabs.
 */
export function tidyText(text) {
  const tidy = text
    .replaceAll('/* @__PURE__ */ ', '')
    .replace(/^ +"use strict";\n/gm, '')
    .replace(/^( +)"src\/[^"]+\.ts"\(\) \{/gm, '$1_() {');
  return withFlatModules(withoutIdleModules(ALWAYS_LOADED.reduce(requiredOnce, withTabs(tidy))))
    .replace(/^\n?\/\/ src\/(.+)\.ts$/gm, '// $1')
    .replace(/\(0, ((?:import_node_\w+|in_base|in_common|in_start)\.\w+)\)/g, '$1') // None of them asks whose method it is.
    .replace(/\bimport_node_/g, 'node_')
    .replace(/(?<=^\t+(?:init_\w+\(\); )*init_\w+\(\);)\n\t+(?=init_\w+\(\);$)/gm, ' ') // What a module needs, on one line.
    .replace(/\breturn void 0;/g, 'return;');
}

const MODULE = /^(var init_\w+ = __esm\()\{\n\t(?:_|"[^"]+")\(\) \{\n([\s\S]*?)\n\t\}\n\}\);$/gm;
const NAMED = '(0, fn[__getOwnPropNames(fn)[0]])(fn = 0)';

/** What a module does when it is first needed as a function, in place of an object that has one, named for its file. */
function withFlatModules(text) {
  if (!text.includes(NAMED)) return text;
  const flat = text.replace(MODULE, (_, start, body) => `${start}() => {\n${withTabLess(body)}\n});`);
  if (flat.includes('__esm({')) throw new Error('the bundle has a module of another form than expected');
  return flat.replace(NAMED, '(0, fn)(fn = 0)');
}

/** Where a text begins on one line and ends on another one, its tabs are its own. */
function withTabLess(body) {
  const isOpen = (line) => line.split('`').length % 2 === 0;
  const lines = body.split('\n');
  return (lines.some(isOpen) ? lines : lines.map((line) => line.replace(/^\t/, ''))).join('\n');
}

/** `import_node_fs`, `import_node_fs2` … of one module each become one of the whole file. */
function requiredOnce(text, { module, name }) {
  const assignment = new RegExp(`^(?:var |\\t+)?(import_\\w+) = require\\("${module}"\\);\\n`, 'gm');
  const names = [...text.matchAll(assignment)].map(([, each]) => each);
  if (names.length === 0) return text;
  const any = `(?:${[...new Set(names)].join('|')})`;
  const once = text
    .replace(assignment, '')
    .replace(/^var import_.*;$/gm, (line) =>
      line.replace(new RegExp(`\\b${any}(?:, |(?=;))`, 'g'), '').replace(/, ;$/, ';'),
    )
    .replace(/^var ;\n/gm, '')
    .replace(new RegExp(`\\b${any}\\b`, 'g'), name);
  return once.replace(/^"use strict";\n/, (strict) => `${strict}var ${name} = require("${module}");\n`);
}

/**
 * Two blanks are a tab, but for the lines inside a template literal, whose blanks are its own. Lines of comments go, except
 * the names of the modules.
 */
export function withTabs(text) {
  const { tokens, comments } = parse(text, {
    sourceType: 'unambiguous',
    allowReturnOutsideFunction: true,
    tokens: true,
  });
  const lines = text.split('\n');
  const dropped = new Set();
  for (const { loc, value } of comments) {
    const isAlone = lines[loc.start.line - 1]?.slice(0, loc.start.column).trim() === '';
    if (!isAlone || value.startsWith(' src/')) continue;
    for (let line = loc.start.line; line <= loc.end.line; line++) dropped.add(line);
  }
  const literal = new Set();
  const isComment = ({ type }) => type === 'CommentBlock' || type === 'CommentLine';
  for (const { loc } of tokens.filter((token) => !isComment(token)))
    for (let line = loc.start.line + 1; line <= loc.end.line; line++) literal.add(line);
  const indented = lines.map((line, index) =>
    literal.has(index + 1) ? line : line.replace(/^(?: {2})+/, (blanks) => '\t'.repeat(blanks.length / 2)),
  );
  return indented.filter((_, index) => !dropped.has(index + 1)).join('\n');
}
