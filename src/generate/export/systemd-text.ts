import { cleanText } from '../../base/clean-text.ts';

/** A value in double quotes for a unit file. Source: systemd.syntax(7), QUOTING; systemd.unit(5), SPECIFIERS. */
export function unitQuoted(value: string): string {
  const escaped = value.replace(/[\\"\n\t\r%]/g, (character) => ESCAPES[character] ?? character);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is about.
  const printable = escaped.replace(/[\u0000-\u001f\u007f-\u009f]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  return `"${printable}"`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '"': '\\"',
  '\n': '\\n',
  '\t': '\\t',
  '\r': '\\r',
  '%': '%%',
};

/** A command line for a shell, with dollar signs doubled. Source: systemd.service(5), COMMAND LINES. */
export function unitShell(statements: readonly string[]): string {
  const isSimple = !statements.some((statement) => /[#\n]/.test(statement));
  return `/bin/sh -c ${unitQuoted(statements.join(isSimple ? '; ' : '\n')).replaceAll('$', '$$$$')}`;
}

/** A path, which stands without quotes: specifiers are all that is expanded in it, and a line feed would end it. */
export function unitPath(path: string): string {
  return cleanText(path, 'plain').replaceAll('\n', '').replaceAll('%', '%%');
}

/** A time span. Source: systemd.time(7), PARSING TIME SPANS. */
export function unitTime(ms: number): string {
  return ms % 1000 === 0 ? `${ms / 1000}s` : `${ms}ms`;
}
