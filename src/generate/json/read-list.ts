import { getNodeValue, type Node, type ParseError, parseTree, visit } from 'jsonc-parser';
import type { JsonItem, JsonList } from './json-list.ts';

/** A byte order mark, its bytes read as latin1. */
const BYTE_ORDER_MARK = /^\u00ef\u00bb\u00bf/;

/** Which list is meant, and what of it is devgen's. */
export interface ListRule {
  /** The member of the root that is the list; `null`: the root itself is. */
  readonly key: string | null;
  readonly type: 'object' | 'array';
  /** Whether there may be comments and trailing commas. */
  readonly dialect: 'json' | 'with-comments';
  isOwn(value: unknown): boolean;
}

/** The members of the list, with their places in the text; `undefined`: the text is not JSON, or has no such list. */
export function readList(text: string, { key, type, dialect, isOwn }: ListRule): JsonList | undefined {
  const errors: ParseError[] = [];
  // Blanks of the same length: what has an offset in one of these has it in the others.
  const json = text.replace(BYTE_ORDER_MARK, '   ');
  const clean = blankComments(json);
  const isStrict = dialect === 'json';
  const root = parseTree(json, errors, { allowTrailingComma: !isStrict, disallowComments: isStrict });
  if (root === undefined || errors.length > 0) return undefined;
  const list = key === null ? root : membersOf(root).find(({ name }) => name === key)?.value;
  if (list?.type !== type) return undefined;
  const items = (list.children ?? []).map((node) => itemOf(node, isOwn));
  return { text, clean, open: list.offset + 1, close: list.offset + list.length - 1, items };
}

function blankComments(text: string): string {
  const comments: [from: number, length: number][] = [];
  visit(text, { onComment: (from, length) => comments.push([from, length]) });
  return comments.reduce(
    (clean, [from, length]) => clean.slice(0, from) + ' '.repeat(length) + clean.slice(from + length),
    text,
  );
}

function itemOf(node: Node, isOwn: ListRule['isOwn']): JsonItem {
  const [key, member] = node.type === 'property' ? (node.children ?? []) : [undefined, node];
  const value: unknown = member === undefined ? undefined : getNodeValue(member);
  const name = key === undefined ? null : String(key.value);
  return { name, value, start: node.offset, end: node.offset + node.length, isOwn: isOwn(value) };
}

function membersOf({ type, children }: Node): { name: unknown; value: Node | undefined }[] {
  if (type !== 'object') return [];
  return (children ?? []).map((property) => ({ name: property.children?.[0]?.value, value: property.children?.[1] }));
}
