/** The lines of a shell script, indented as they are: comments left out, lines that go on joined. */
export function shellLines(code: string): readonly string[] {
  return (
    code
      // First: a comment goes on to no other line.
      .replace(/^[ \t]*#.*$/gm, '')
      .replace(/\\\n/g, ' ')
      .split('\n')
      .map((line) => line.trimEnd())
      .filter((line) => line !== '')
  );
}
