import { isScalar, parseDocument } from 'yaml';
import type { ConfigPath } from '../source.ts';

/** The comment on the line of a value, without its `#`; `undefined`: there is none, or the text is no YAML. */
export function commentBehind(text: string, path: ConfigPath): string | undefined {
  const node = parseDocument(text, { merge: true, prettyErrors: false, logLevel: 'silent' }).getIn(path, true);
  return isScalar(node) ? (node.comment ?? undefined) : undefined;
}
