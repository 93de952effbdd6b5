import { countWhile, type ErrorRow, oneLineRow, placeIn, sourcePlace } from '../error-row.ts';

const RUBY_HEAD = /^(?<file>\S.*?):(?<line>\d+):in [`'].*?': (?<message>.*) \((?<kind>[A-Z][\w:]*)\)$/;
const RUBY_FROM = /^\s+(?:\d+: )?from (?<file>.+?):(?<line>\d+)(?::in .*)?$/;
const RUBY_LOAD = /^(?<file>.+?):(?<line>\d+):in [`'].*?': (?<message>cannot load such file.*) \((?<kind>LoadError)\)$/;

const ruby: ErrorRow = {
  tool: 'ruby',
  read: (lines, from) => {
    const line = lines[from] ?? '';
    const head = (RUBY_LOAD.exec(line) ?? RUBY_HEAD.exec(line))?.groups;
    if (head === undefined) return undefined;
    const { kind = '', message = '' } = head;
    const count = countWhile(lines, from + 1, (each) => RUBY_FROM.test(each));
    const callers = lines.slice(from + 1, from + 1 + count).flatMap((each) => placeIn(each, RUBY_FROM));
    return { kind, message, places: [sourcePlace(head.file ?? '', head.line), ...callers], lineCount: count + 1 };
  },
};

/** Source: Rails' log of a failed request: `KIND (message):`, an empty line, and the trace. */
const rails: ErrorRow = {
  tool: 'rails',
  read: (lines, from) => {
    const head = /^(?<kind>[A-Z]\w*(?:::[A-Z]\w*)*) \((?<message>.*)\):?$/.exec(lines[from] ?? '')?.groups;
    const place = /^(?<file>\S+\.\w+):(?<line>\d+):in /;
    const gap = countWhile(lines, from + 1, (line) => /^\s*$/.test(line));
    const count = countWhile(lines, from + 1 + gap, (line) => place.test(line));
    if (head === undefined || count === 0) return undefined;
    const places = lines.slice(from + 1 + gap, from + 1 + gap + count).flatMap((line) => placeIn(line, place));
    return { kind: head.kind ?? '', message: head.message ?? '', places, lineCount: 1 + gap + count };
  },
};

const PHP_HEAD = new RegExp(
  /^(?:\[[^\]]*\] )?(?:PHP )?(?<level>Fatal|Parse) error:\s+(?:Uncaught (?<kind>[\w\\]+): )?(?<message>.*?)/.source +
    / in (?<file>\S+?)(?: on line |:)(?<line>\d+)$/.source,
);
const PHP_REST = /^(?:Stack trace:|#\d+ .*|\s+thrown in .*)$/;

/** PHP prints it to its log and, where that is a terminal, again for the reader: the second is the same error. */
const php: ErrorRow = {
  tool: 'php',
  read: (lines, from) => {
    const head = PHP_HEAD.exec(lines[from] ?? '')?.groups;
    if (head === undefined) return undefined;
    const lineCount = 1 + countWhile(lines, from + 1, (line) => PHP_REST.test(line));
    const kind = head.kind ?? (head.level === 'Parse' ? 'ParseError' : 'Error');
    const again = PHP_HEAD.exec(lines[from + lineCount] ?? '')?.groups;
    const isTwice = again?.message === head.message && again?.line === head.line;
    return {
      kind,
      message: head.message ?? '',
      places: [sourcePlace(head.file ?? '', head.line)],
      lineCount: isTwice
        ? lineCount + 1 + countWhile(lines, from + lineCount + 1, (line) => PHP_REST.test(line))
        : lineCount,
    };
  },
};

const RUBY_SYNTAX = /^(?<file>\S.*?\.rb):(?<line>\d+): (?<message>syntax errors?.*)$/;
/** dash and bash, also as npm's `sh -c`. */
const NOT_FOUND = /^\S*sh: (?:line )?(?:\d+: )?(?<message>[^\s:]+: (?:command )?not found)$/;
const NOT_FOUND_ZSH = /^zsh:(?:\d+:)? (?<message>command not found: \S+)$/;

export const SCRIPTED_ROWS: readonly ErrorRow[] = [
  ruby,
  oneLineRow('ruby', RUBY_SYNTAX, 'SyntaxError'),
  rails,
  php,
  oneLineRow('shell', NOT_FOUND, 'command not found'),
  oneLineRow('shell', NOT_FOUND_ZSH, 'command not found'),
];
