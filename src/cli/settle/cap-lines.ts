/** The lines, or as many as fit into `mostBytes` with `rest` behind them; of the first one at least its beginning. */
export function capLines(lines: readonly string[], mostBytes: number, rest: string): readonly string[] {
  if (bytesOf(lines) <= mostBytes) return lines;
  const kept = [...lines];
  while (kept.length > 1 && bytesOf([...kept, rest]) > mostBytes) kept.pop();
  const [first = '', ...others] = kept;
  return [cutToBytes(first, mostBytes - bytesOf([...others, rest]) - 1), ...others, rest];
}

function cutToBytes(text: string, mostBytes: number): string {
  if (Buffer.byteLength(text) <= mostBytes) return text;
  // A character whose bytes are cut through becomes one that says so.
  const cut = Buffer.from(text).subarray(0, Math.max(0, mostBytes)).toString();
  return cut.replace(/\ufffd+$/, '');
}

function bytesOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);
}
