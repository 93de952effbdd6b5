import { countWhile, type ErrorRow, placeIn, type SourcePlace, sourcePlace } from '../error-row.ts';

const JAVA_HEAD =
  /^(?:.*Exception in thread "[^"]*" |Caused by: )?(?<kind>(?:[a-z_][\w$]*\.)+[A-Z][\w$]*)(?:: (?<message>.*))?$/;
const JAVA_FRAME = /^\s+at (?:\S+\/)?(?<class>[\w.$]+)\.[\w$<>]+\((?<file>[\w$]+\.\w+):(?<line>\d+)\)$/;
const isJavaLine = (line: string): boolean => /^\s+at |^\s+\.\.\. \d+ (?:more|common frames omitted)/.test(line);

/** The cause at the end of the chain is what went wrong. */
const java: ErrorRow = {
  tool: 'java',
  read: (lines, from) => {
    const head = JAVA_HEAD.exec(lines[from] ?? '')?.groups;
    const frameCount = head === undefined ? 0 : countWhile(lines, from + 1, isJavaLine);
    if (head === undefined || !/^\s+at \S+\(.*\)$/.test(lines[from + 1] ?? '')) return undefined;
    const end = from + 1 + frameCount;
    const cause = lines[end]?.startsWith('Caused by: ') ? java.read(lines, end) : undefined;
    if (cause !== undefined) return { ...cause, lineCount: end - from + cause.lineCount };
    const places = lines.slice(from + 1, end).flatMap(javaPlace);
    return { kind: shortName(head.kind), message: head.message ?? '', places, lineCount: end - from };
  },
};

/** A frame names the class and the file without its folders, which are those of the package. */
function javaPlace(line: string): readonly SourcePlace[] {
  const { class: name = '', file, line: number } = JAVA_FRAME.exec(line)?.groups ?? {};
  if (file === undefined) return [];
  const folders = name.split('.').slice(0, -1);
  return [sourcePlace([...folders, file].join('/'), number)];
}

const NET_HEAD =
  /^(?:Unhandled exception\. )?(?<kind>(?:\w+\.)+\w*Exception)(?: \(0x[\dA-Fa-f]+\))?(?:: (?<message>.*))?$/;
const NET_PLACE = /^\s+at .* in (?<file>.+):line (?<line>\d+)$/;

const dotnet: ErrorRow = {
  tool: 'dotnet',
  read: (lines, from) => {
    const head = NET_HEAD.exec((lines[from] ?? '').trim())?.groups;
    const count = head === undefined ? 0 : countWhile(lines, from + 1, (line) => /^\s+(?:at |---)/.test(line));
    if (head === undefined || count === 0) return undefined;
    const places = lines.slice(from + 1, from + 1 + count).flatMap((line) => placeIn(line, NET_PLACE));
    return { kind: shortName(head.kind), message: head.message ?? '', places, lineCount: count + 1 };
  },
};

function shortName(qualified = ''): string {
  return qualified.slice(qualified.lastIndexOf('.') + 1);
}

export const MANAGED_ROWS: readonly ErrorRow[] = [dotnet, java];
