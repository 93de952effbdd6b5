import { parse } from '@babel/parser';

/**
 * A bundled text for readers, and smaller: without what bundlers leave for each other, strict but once, each module named
 * but once, with tabs.
 */
export function tidyText(text) {
  const tidy = text
    .replaceAll('/* @__PURE__ */ ', '')
    .replace(/^ +"use strict";\n/gm, '')
    .replace(/^( +)"src\/[^"]+\.ts"\(\) \{/gm, '$1_() {');
  return withTabs(tidy);
}

/** But for the lines inside a template literal, whose blanks are its own. */
function withTabs(text) {
  const { tokens } = parse(text, { sourceType: 'unambiguous', allowReturnOutsideFunction: true, tokens: true });
  const literal = new Set();
  for (const { loc } of tokens) for (let line = loc.start.line + 1; line <= loc.end.line; line++) literal.add(line);
  const lines = text.split('\n');
  return lines
    .map((line, index) =>
      literal.has(index + 1) ? line : line.replace(/^(?: {2})+/, (blanks) => '\t'.repeat(blanks.length / 2)),
    )
    .join('\n');
}
