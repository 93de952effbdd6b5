import { countWhile, type ErrorRow, type PrintedError, placeIn, type SourcePlace, sourcePlace } from '../error-row.ts';

const VITE = /\[vite\] (?:\(.*?\) )?(?:Internal server error|Pre-transform error): (?<message>.*)$/;
const VITE_FILE = /^\s+File: (?<file>[^?]+?)(?:\?.*?)?:(?<line>\d+):(?<column>\d+)$/;
const isIndented = (line: string): boolean => /^\s+\S|^\s*$/.test(line);

const vite: ErrorRow = {
  tool: 'vite',
  read: (lines, from) => {
    const message = VITE.exec(lines[from] ?? '')?.groups?.message;
    if (message === undefined) return undefined;
    const lineCount = 1 + countWhile(lines, from + 1, isIndented);
    const places = firstPlace(lines.slice(from + 1, from + lineCount), VITE_FILE);
    return { kind: kindOf(message), message, places, lineCount };
  },
};

/** `[PARSE_ERROR] text`, its place in the frame of the excerpt below. Source: rolldown's and oxc's diagnostics. */
const rolldown: ErrorRow = {
  tool: 'rolldown',
  read: (lines, from) => {
    const { kind, message } = /^\[(?<kind>[A-Z_]+_ERROR)\] (?<message>.*)$/.exec(lines[from] ?? '')?.groups ?? {};
    if (kind === undefined || message === undefined) return undefined;
    const lineCount = 1 + countWhile(lines, from + 1, isFrameOrIndented);
    const frame = /[\u256d\u250c][\u2500-]+\[ (?<file>.+?):(?<line>\d+):(?<column>\d+) \]/;
    return { kind, message, places: firstPlace(lines.slice(from + 1, from + lineCount), frame), lineCount };
  },
};

function isFrameOrIndented(line: string): boolean {
  return isIndented(line) || /^[\u2500\u2502\u2570\u256d]/.test(line);
}

const webpack: ErrorRow = {
  tool: 'webpack',
  read: (lines, from) => {
    const groups = /^ERROR in (?<file>\S+)(?: (?<line>\d+):(?<column>\d+)\S*)?$/.exec(lines[from] ?? '')?.groups;
    const message = lines[from + 1];
    if (groups === undefined || message === undefined || message === '') return undefined;
    const places = [sourcePlace(groups.file ?? '', groups.line, groups.column)];
    return { ...named(message), places, lineCount: 2 + countWhile(lines, from + 2, (line) => line !== '') };
  },
};

/** Source: Next.js prints build errors as `⨯ ./FILE:LINE:COLUMN` with the message below, and thrown ones as a stack. */
const next: ErrorRow = {
  tool: 'next',
  read: (lines, from) => {
    const rest = /^\s*\u2a2f (?<rest>.*)$/.exec(lines[from] ?? '')?.groups?.rest;
    if (rest === undefined) return undefined;
    const file = /^(?<file>\.{0,2}\/\S+?)(?::(?<line>\d+):(?<column>\d+))?$/.exec(rest)?.groups;
    if (file === undefined) return thrown(rest, lines, from);
    const message = lines[from + 1];
    if (message === undefined) return undefined;
    const places = [sourcePlace(file.file ?? '', file.line, file.column)];
    return { ...named(message), places, lineCount: 2 + countWhile(lines, from + 2, (line) => line !== '') };
  },
};

function thrown(header: string, lines: readonly string[], from: number): PrintedError {
  const lineCount = 1 + countWhile(lines, from + 1, (line) => /^\s+at |^[>\s]+\d* \||^\s+\|/.test(line));
  const frame = /^\s+at .*?\(?(?<file>[^()\s]+):(?<line>\d+):(?<column>\d+)\)?$/;
  return { ...named(header), places: firstPlace(lines.slice(from + 1, from + lineCount), frame), lineCount };
}

function firstPlace(lines: readonly string[], pattern: RegExp): readonly SourcePlace[] {
  return lines.flatMap((line) => placeIn(line, pattern)).slice(0, 1);
}

/** `Module not found: Error: text` and `TypeError: text` name their kind themselves. */
function named(text: string): { readonly kind: string; readonly message: string } {
  const { kind, message } = /^(?<kind>[A-Z]\w*Error|Error): (?<message>.*)$/.exec(text)?.groups ?? {};
  if (message === undefined || kind === undefined) return { kind: kindOf(text), message: text };
  return { kind: kind === 'Error' ? kindOf(message) : kind, message };
}

function kindOf(message: string): string {
  return /^(?:Failed to resolve|Module not found|Can't resolve|Could not resolve)/.test(message)
    ? 'ModuleNotFoundError'
    : 'Error';
}

export const BUNDLER_ROWS: readonly ErrorRow[] = [vite, rolldown, webpack, next];
