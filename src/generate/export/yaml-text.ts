import { Document, isScalar, visit } from 'yaml';

/**
 * YAML that every reader takes for the same: values that one of version 1.1 would read as something else than text are
 * quoted, and texts of several lines stand as they are. `comment`: lines at its head.
 */
export function renderYaml(documents: readonly object[], comment: readonly string[]): string {
  const head = comment.map((line) => `# ${line}\n`).join('');
  return head + documents.map(renderDocument).join('---\n');
}

function renderDocument(value: object): string {
  const document = new Document(value, { schema: 'yaml-1.1', aliasDuplicateObjects: false });
  visit(document, {
    Scalar: (key, node) => {
      if (key === 'key' || !isScalar(node) || typeof node.value !== 'string') return;
      // Only what is printable and has no blanks at the ends of lines is safe as a block.
      const isBlock =
        /\n/.test(node.value) && /^[^\s\p{C}]/u.test(node.value) && !/[^\n\P{C}]|[ \t](\n|$)|\n$/u.test(node.value);
      node.type = isBlock ? 'BLOCK_LITERAL' : PLAIN.test(node.value) ? 'PLAIN' : 'QUOTE_DOUBLE';
    },
  });
  // Such characters stand in double quotes only, where the library leaves them as they are.
  return document.toString({ lineWidth: 0 }).replace(/[\u007f-\u009f]/g, (character) => {
    return `\\x${character.charCodeAt(0).toString(16)}`;
  });
}

/** What looks like a text to people too; the schema still quotes those that mean something, as `yes`. */
const PLAIN = /^[A-Za-z/.][A-Za-z0-9 _./:@-]*$/;
