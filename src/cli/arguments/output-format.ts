/** `json`: stdout has one document, or one a line when following, and nothing else. */
export type OutputFormat = 'text' | 'json';

/** What an argv asks for, whatever else is wrong with it; behind `--` it is an argument of the task. */
export function formatAskedFor(argv: readonly string[]): OutputFormat {
  const end = argv.indexOf('--');
  const words = end < 0 ? argv : argv.slice(0, end);
  return ['--json', '--json=true'].includes(words.findLast((word) => /^--json(=|$)/.test(word)) ?? '')
    ? 'json'
    : 'text';
}
