import { expect, test } from 'vitest';
import { vaeColumns } from '../../src/families/vae/columns.ts';
import { History } from '../../src/history/history.ts';
import { columnNames } from '../../src/model/columns.ts';
import { duration, RunReporter } from './reporter.ts';

function reporterOn(terminal: { isTTY: boolean; columns?: number }, steps: number) {
  const written: string[] = [];
  return { written, reporter: new RunReporter({ ...terminal, write: (text) => written.push(text) }, steps) };
}

function historyOf(steps: number): History {
  const history = new History(columnNames(vaeColumns({ objective: 'factorVae', latents: 1 })));
  const row = [20.5, 9.25, Number.NaN, 0.69, 0.5, 10, 1, 9.25];
  const rows = Float32Array.from({ length: steps * row.length }, (_, at) => row[at % row.length]);
  history.append({ firstStep: 1, rows });
  return history;
}

test.each([
  [0, '0:00'],
  [59.6, '1:00'],
  [750, '12:30'],
  [3723, '1:02:03'],
  [-1, '0:00'],
])('%d seconds are %s', (seconds, text) => {
  expect(duration(seconds)).toBe(text);
});

test('without a terminal a line is printed now and then, not at every block', () => {
  const { written, reporter } = reporterOn({ isTTY: false }, 100);
  reporter.progress(historyOf(25), 5);
  reporter.progress(historyOf(26), 5);
  reporter.evaluating(0.5);
  reporter.note('Done.');
  expect(written).toEqual(['25/100  5.00 steps/s, 0:15 left  recon 20.50  KL 9.25\n', 'Done.\n']);
});

test('on a terminal a bar stays in its line, cut to its width, and gives way to what stays', () => {
  const { written, reporter } = reporterOn({ isTTY: true, columns: 30 }, 100);
  reporter.progress(historyOf(50), 5);
  reporter.note('Done.');
  expect(written).toEqual(['\r\u001b[K████████░░░░░░░░ 50/100  5.00', '\r\u001b[KDone.\n']);
});
