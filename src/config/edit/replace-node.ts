import { isAlias, isMap, isNode, isSeq, parseDocument } from 'yaml';
import type { ConfigPath } from '../source.ts';

/**
 * The text with what stands at `path` replaced, letter for letter; `undefined`: nothing stands there, or a block of
 * several lines, which is no matter of letters.
 */
export function replaceNode(text: string, path: ConfigPath, rendered: string): string | undefined {
  const document = parseDocument(text, { merge: true, prettyErrors: false, logLevel: 'error' });
  const node = document.getIn(path, true);
  if (!isNode(node) || isAlias(node)) return undefined;
  const [from, to] = node.range ?? [0, 0];
  const isCollection = isMap(node) || isSeq(node);
  const isInBrackets = isCollection && node.flow === true;
  const isOnOneLine = !isCollection && !text.slice(from, to).includes('\n');
  return from !== to && (isInBrackets || isOnOneLine) ? text.slice(0, from) + rendered + text.slice(to) : undefined;
}
