/** The members of one object or array, as they stand in a JSON text that may have comments. */
export interface JsonList {
  readonly text: string;
  /** The same text with its comments blanked. */
  readonly clean: string;
  /** Behind the opening bracket. */
  readonly open: number;
  /** At the closing bracket. */
  readonly close: number;
  readonly items: readonly JsonItem[];
}

export interface JsonItem {
  /** `null`: a member of an array. */
  readonly name: string | null;
  readonly value: unknown;
  readonly start: number;
  readonly end: number;
  /** Whether devgen wrote it. */
  readonly isOwn: boolean;
}

type Range = readonly [from: number, to: number];

/** The text with these members behind the last one, in its indentation; a comment behind that one stays with it. */
export function addItems(list: JsonList, items: readonly string[]): string {
  const { text, clean } = list;
  const last = list.items.at(-1);
  if (last === undefined) {
    const gap = gapWithin(text.slice(list.open, list.close));
    return text.slice(0, list.open) + joined(items, gap, gap === '' ? ' ' : gap) + text.slice(list.open);
  }
  const gap = gapBefore(list, list.items.length - 1);
  const comma = commaBehind(list, list.items.length - 1);
  const behind = comma === -1 ? last.end : comma + 1;
  const rest = gap.includes('\n') ? (/^[ \t]*(?=\r?\n)/.exec(clean.slice(behind))?.[0].length ?? 0) : 0;
  const before = text.slice(0, last.end) + (comma === -1 ? ',' : '') + text.slice(last.end, behind + rest);
  return before + joined(items, gap, gap) + (comma === -1 ? '' : ',') + text.slice(behind + rest);
}

/** The text without the members that are devgen's: the inverse of `addItems`, byte by byte. */
export function dropItems(list: JsonList): string {
  const cuts: Range[] = [];
  for (const [index, item] of list.items.entries()) {
    if (!item.isOwn) continue;
    cuts.push([item.start - gapBefore(list, index).length, item.end]);
    const comma = commaBehind(list, index);
    if (comma !== -1) cuts.push([comma, comma + 1]);
  }
  const lastIndex = list.items.length - 1;
  if (list.items[lastIndex]?.isOwn && commaBehind(list, lastIndex) === -1) {
    const lastForeign = list.items.findLastIndex((item) => !item.isOwn);
    const comma = commaBehind(list, lastForeign);
    if (comma !== -1) cuts.push([comma, comma + 1]);
  }
  cuts.sort(([one], [other]) => other - one);
  return cuts.reduce((text, [from, to]) => text.slice(0, from) + text.slice(to), list.text);
}

/** Items of several lines are indented with two blanks a level, or a tab where the list has tabs. */
function joined(items: readonly string[], gap: string, gapBetween: string): string {
  const unit = gap.includes('\t') ? '\t' : '  ';
  const laidOut = items.map((item) =>
    item.replace(/\n( *)/g, (_, blanks: string) => (gap.includes('\n') ? gap + unit.repeat(blanks.length / 2) : ' ')),
  );
  return gap + laidOut.join(`,${gapBetween}`);
}

/** The newline and the indentation before an item, or the blanks when it does not begin its line. */
function gapBefore({ text, open, items }: JsonList, index: number): string {
  const from = items[index - 1]?.end ?? open;
  return /(?:\r?\n)?[ \t]*$/.exec(text.slice(from, items[index]?.start))?.[0] ?? '';
}

/** What goes before the first item of an empty list whose brackets have this between them. */
function gapWithin(inside: string): string {
  const lineBreak = /\r?\n[ \t]*$/.exec(inside)?.[0];
  return lineBreak === undefined ? '' : `${lineBreak}${lineBreak.includes('\t') ? '\t' : '  '}`;
}

/** Where the comma behind an item stands; -1: there is none, or no such item. */
function commaBehind({ clean, close, items }: JsonList, index: number): number {
  const item = items[index];
  if (item === undefined) return -1;
  const comma = clean.slice(item.end, items[index + 1]?.start ?? close).indexOf(',');
  return comma === -1 ? -1 : item.end + comma;
}
