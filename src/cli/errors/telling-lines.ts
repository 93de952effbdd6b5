const FOREIGN = /node_modules|node:internal|site-packages|dist-packages|\/lib\/python|"<frozen /;

/** An error without calls within other people's code, which tell least; in Python the code of a call is below it. */
export function tellingLines(lines: readonly string[]): readonly string[] {
  let isForeign = false;
  return lines.filter((line) => {
    if (/^\s+(?:File "|at )/.test(line)) isForeign = FOREIGN.test(line);
    else if (/^\S/.test(line)) isForeign = false;
    return !isForeign;
  });
}
