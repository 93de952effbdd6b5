/** Counts vitest's JSON report, and names every test that was skipped and every file that could not be run. */
export function countResults({ testResults }, exitCode) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const problems = [];
  for (const { name, status, assertionResults, message } of testResults) {
    for (const test of assertionResults) {
      const outcome = test.status === 'passed' || test.status === 'failed' ? test.status : 'skipped';
      counts[outcome] += 1;
      if (outcome === 'skipped') problems.push(`skipped: ${test.fullName}`);
    }
    if (status === 'failed' && assertionResults.every((test) => test.status !== 'failed')) {
      counts.failed += 1;
      problems.push(`failed: ${name}: ${message}`);
    }
  }
  if (exitCode !== 0 && counts.failed === 0) {
    counts.failed += 1;
    problems.push(`failed: vitest ended with exit code ${exitCode}`);
  }
  return { ...counts, problems };
}
