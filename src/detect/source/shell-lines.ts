/** The lines of a shell script, indented as they are: comments left out, lines that go on joined. */
export function shellLines(code: string): readonly string[] {
  return code
    .replace(/\\\n/g, ' ')
    .replace(/^\s*#.*$/gm, '')
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '');
}
