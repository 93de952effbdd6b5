import { relative } from 'node:path';

/**
 * Counts vitest's JSON report, and names every test that was skipped or failed and every file that could not be run.
 * What failed comes last, because the end of a log is what is looked at.
 */
export function countResults({ testResults }, exitCode) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const skips = [];
  const failures = [];
  for (const { name, status, assertionResults, message } of testResults) {
    const file = relative('.', name);
    for (const test of assertionResults) {
      const outcome = test.status === 'passed' || test.status === 'failed' ? test.status : 'skipped';
      counts[outcome] += 1;
      if (outcome === 'skipped') skips.push(`skipped: ${test.fullName}`);
      if (outcome === 'failed') failures.push(`failed: ${file}: ${test.fullName}: ${firstLines(test.failureMessages)}`);
    }
    if (status === 'failed' && assertionResults.every((test) => test.status !== 'failed')) {
      counts.failed += 1;
      failures.push(`failed: ${file}: ${message}`);
    }
  }
  if (exitCode !== 0 && counts.failed === 0) {
    counts.failed += 1;
    failures.push(`failed: vitest ended with exit code ${exitCode}`);
  }
  return { ...counts, problems: [...skips, ...failures] };
}

/** Without the stack: what was expected, and what came. */
function firstLines([message = '']) {
  // What vitest puts in place of the message when the time is over.
  if (message.startsWith('Error: STACK_TRACE_ERROR')) return 'timed out';
  const [said] = message.split(/\n\s+at /);
  return said.split('\n').slice(0, 12).join('\n  ');
}
