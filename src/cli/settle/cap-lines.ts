/** The lines, or as many as fit into `mostBytes` with `rest` behind them. */
export function capLines(lines: readonly string[], mostBytes: number, rest: string): readonly string[] {
  if (bytesOf(lines) <= mostBytes) return lines;
  const kept = [...lines];
  while (kept.length > 0 && bytesOf([...kept, rest]) > mostBytes) kept.pop();
  return [...kept, rest];
}

function bytesOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);
}
