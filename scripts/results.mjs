/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 * @typedef {{ name: string, ok: boolean, seconds: number, note: string, counts?: Counts }} StageResult
 * @typedef {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number,
 *   testResults: { status: string, assertionResults: { status: string }[] }[] }} VitestReport
 * @typedef {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number },
 *   errors: unknown[] }} PlaywrightReport
 */

/**
 * Counts of vitest's JSON report. A file that fails before its tests run counts as one failure.
 * @param {VitestReport} report
 * @returns {Counts}
 */
export function vitestCounts(report) {
  const brokenFiles = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/**
 * Counts of Playwright's JSON report. A test that passes only when tried again has failed.
 * @param {PlaywrightReport} report
 * @returns {Counts}
 */
export function playwrightCounts({ stats, errors }) {
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
  };
}

/**
 * A line for each stage, and the closing line. A stage that fails without a failing test (lint, a build, a crash)
 * counts as one failure, so that the closing line never says "0 failed" of a failed run.
 * @param {readonly StageResult[]} stages
 * @returns {{ lines: string[], closing: string, ok: boolean }}
 */
export function summarise(stages) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  const lines = stages.map(({ name, ok, seconds, note, counts }) => {
    const failed = counts?.failed ?? 0;
    total.passed += counts?.passed ?? 0;
    total.skipped += counts?.skipped ?? 0;
    total.failed += ok ? failed : Math.max(1, failed);
    const verdict = ok && failed === 0 ? 'passed' : 'FAILED';
    return `${name.padEnd(12)} ${verdict}  ${seconds.toFixed(1).padStart(7)} s  ${note}`.trimEnd();
  });
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
  return {
    lines,
    closing: `${total.passed} passed, ${total.failed} failed${skipped}`,
    ok: total.failed === 0,
  };
}

/**
 * @param {Counts} counts
 * @returns {string} for a stage's line
 */
export function countsNote({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
