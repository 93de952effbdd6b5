import { parse } from '@babel/parser';

/**
 * A bundled text for readers, and smaller: without the notes that bundlers leave for each other, with tabs, and with what a
 * file takes from another and gives on one line instead of one for each name.
 */
export function tidyText(text) {
  return withTabs(
    text.replaceAll('/* @__PURE__ */ ', '').replace(/^(import|export) \{\n((?: {2}.*\n)+)\}/gm, (_, verb, names) => {
      return `${verb} { ${names.trim().replace(/\n\s+/g, ' ')} }`;
    }),
  );
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
