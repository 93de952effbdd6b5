export type PlistValue = string | number | boolean | readonly PlistValue[] | PlistDictionary;

export interface PlistDictionary {
  readonly [key: string]: PlistValue;
}

/** A property list as XML. Source: plist(5). `comment`: lines at its head. */
export function renderPlist(value: PlistDictionary, comment: readonly string[]): string {
  // Two hyphens would end the comment.
  const lines = comment.map((line) => line.replaceAll('--', '- -'));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">',
    `<!--\n${lines.join('\n')}\n-->`,
    '<plist version="1.0">',
    ...linesOf(value),
    '</plist>\n',
  ].join('\n');
}

function linesOf(value: PlistValue): readonly string[] {
  if (typeof value === 'string') return [`<string>${escaped(value)}</string>`];
  if (typeof value === 'number') return [`<integer>${value}</integer>`];
  if (typeof value === 'boolean') return [value ? '<true/>' : '<false/>'];
  if (isList(value)) return ['<array>', ...indented(value.flatMap(linesOf)), '</array>'];
  const members = Object.entries(value).flatMap(([key, member]) => [`<key>${escaped(key)}</key>`, ...linesOf(member)]);
  return ['<dict>', ...indented(members), '</dict>'];
}

function isList(value: readonly PlistValue[] | PlistDictionary): value is readonly PlistValue[] {
  return Array.isArray(value);
}

/** Only the first line of a text: the others are part of it. */
function indented(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`);
}

/**
 * A carriage return would be read as a line feed, and control characters below it XML cannot hold at all.
 * Source: XML 1.0, 2.11 End-of-Line Handling, 2.2 Characters.
 */
function escaped(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is about.
  const possible = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '');
  const marked = possible.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return marked.replace(/[\r\u007f-\u009f]/g, (character) => `&#${character.charCodeAt(0)};`);
}
