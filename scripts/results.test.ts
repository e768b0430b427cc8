import { describe, expect, test } from 'vitest';
import { playwrightCounts, summarise, vitestCounts } from './results.mjs';

const stage = { name: 'unit', ok: true, seconds: 1.25, note: '' };

describe('summarise', () => {
  test('adds the tests of all stages; the closing line is plain', () => {
    const { closing, ok } = summarise([
      { ...stage, name: 'lint' },
      { ...stage, counts: { passed: 40, failed: 0, skipped: 0 } },
      { ...stage, name: 'browser', counts: { passed: 12, failed: 0, skipped: 1 } },
    ]);
    expect(closing).toBe('52 passed, 0 failed, 1 skipped');
    expect(ok).toBe(true);
  });

  test('a failing test fails the run, and is counted once', () => {
    const { closing, ok, lines } = summarise([
      { ...stage, ok: false, counts: { passed: 3, failed: 2, skipped: 0 } },
    ]);
    expect(closing).toBe('3 passed, 2 failed');
    expect(ok).toBe(false);
    expect(lines[0]).toContain('FAILED');
  });

  test('a stage that fails without a failing test counts as one failure', () => {
    const { closing, ok } = summarise([
      { ...stage, name: 'lint', ok: false },
      { ...stage, counts: { passed: 3, failed: 0, skipped: 0 } },
    ]);
    expect(closing).toBe('3 passed, 1 failed');
    expect(ok).toBe(false);
  });
});

test('vitest: a file that breaks before its tests run is a failure', () => {
  const passed = { status: 'passed', assertionResults: [{ status: 'passed' }] };
  const broken = { status: 'failed', assertionResults: [] };
  const failed = { status: 'failed', assertionResults: [{ status: 'failed' }] };
  const report = { numPassedTests: 1, numFailedTests: 1, numPendingTests: 2, numTodoTests: 0 };
  expect(vitestCounts({ ...report, testResults: [passed, broken, failed] })).toEqual({
    passed: 1,
    failed: 2,
    skipped: 2,
  });
});

test('Playwright: a flaky test and an error outside the tests are failures', () => {
  const stats = { expected: 5, unexpected: 1, flaky: 1, skipped: 3 };
  expect(playwrightCounts({ stats, errors: [{}] })).toEqual({ passed: 5, failed: 3, skipped: 3 });
});
