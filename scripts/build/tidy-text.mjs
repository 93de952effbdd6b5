/**
 * A bundled text for readers, and smaller: without the notes that bundlers leave for each other, and what a file takes from
 * another and gives on one line instead of one for each name.
 */
export function tidyText(text) {
  return text
    .replaceAll('/* @__PURE__ */ ', '')
    .replace(/^(import|export) \{\n((?: {2}.*\n)+)\}/gm, (_, verb, names) => {
      return `${verb} { ${names.trim().replace(/\n\s+/g, ' ')} }`;
    });
}
