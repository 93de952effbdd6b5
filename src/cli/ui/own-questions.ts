/** What the page asks of the commands, as it is: their words, by the name of the question. */
const QUESTIONS: Readonly<Record<string, readonly string[]>> = {
  errors: ['errors'],
  graph: ['status', '--graph'],
  metrics: ['metrics'],
  worktrees: ['ps'],
  doctor: ['doctor'],
};

/** Those that take `--since`. */
const TIMED = new Set(['errors', 'metrics']);
const SINCE = /^\d{1,4}[smhd]$/;

/** The command that answers a question; `undefined`: there is no such question. */
export function commandFor(question: string, query: URLSearchParams): readonly string[] | undefined {
  const words = Object.hasOwn(QUESTIONS, question) ? QUESTIONS[question] : undefined;
  const since = query.get('since');
  if (words === undefined || since === null) return words;
  return TIMED.has(question) && SINCE.test(since) ? [...words, '--since', since] : undefined;
}
