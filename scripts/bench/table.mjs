/** Prints medians, minima and how many times `node -e 0` that is. */
export function printTable(rows, rounds) {
  const lines = rows.map(({ name, goal, samples, bare }) => {
    const times = [median(samples), Math.min(...samples), median(bare)].map((ms) => ms.toFixed(1));
    const ratio = median(samples) / median(bare);
    return [name, ...times, `${ratio.toFixed(2)} ×`, verdict(ratio, goal)];
  });
  const head = ['', 'median ms', 'min ms', 'node -e 0', 'ratio', 'goal'];
  const widths = head.map((_, column) => Math.max(...[head, ...lines].map((line) => line[column].length)));
  const show = (line) =>
    line.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column])));
  console.log(`Node ${process.versions.node}, ${rounds} rounds, interleaved`);
  for (const line of [head, ...lines]) console.log(show(line).join('  ').trimEnd());
}

function verdict(ratio, goal) {
  if (goal === null) return '';
  return `≤ ${goal} × ${ratio <= goal ? '✓' : '✗'}`;
}

function median(values) {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
