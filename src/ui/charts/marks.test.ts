import { describe, expect, test } from 'vitest';
import type { LiveKey } from '../../config/schema.ts';
import { visibleMarks } from './marks.ts';

const change = (step: number, to: number, key: LiveKey = 'gamma') => ({ step, key, from: 0, to });
const shown = (marks: ReturnType<typeof visibleMarks>) => marks.map(({ change: { step, to } }) => [step, to]);

describe('marks of changes', () => {
  test('stand at their step', () => {
    const [mark] = visibleMarks([change(501, 20)], 1, 1001, 400);
    expect(mark).toMatchObject({ x: 200, labelled: true, flipped: false });
  });

  test('a drag leaves its last value, other settings keep theirs', () => {
    const marks = visibleMarks(
      [change(500, 11), change(501, 12), change(502, 13), change(502, 2, 'beta')],
      1,
      1000,
      400,
    );
    expect(shown(marks)).toEqual(
      expect.arrayContaining([
        [502, 13],
        [502, 2],
      ]),
    );
    expect(marks).toHaveLength(2);
  });

  test('a label that does not fit on the right stands on the left', () => {
    const marks = visibleMarks([change(300, 1), change(350, 2), change(600, 3)], 1, 1001, 400);
    expect(marks.map(({ labelled, flipped }) => [labelled, flipped])).toEqual([
      [true, true],
      [true, false],
      [true, false],
    ]);
  });

  test('a label with room on neither side is left out', () => {
    const marks = visibleMarks([change(20, 1), change(60, 2), change(110, 3)], 1, 1001, 400);
    expect(marks.map((mark) => mark.labelled)).toEqual([false, false, true]);
  });

  test('the way of a drag is faint, where it ended is not', () => {
    const marks = visibleMarks([change(500, 1), change(520, 2), change(540, 3)], 1, 1001, 400);
    expect(marks.map((mark) => mark.faint)).toEqual([true, true, false]);
  });

  test('near the right edge a label stands on the left', () => {
    expect(visibleMarks([change(1000, 1)], 1, 1000, 400)[0]).toMatchObject({ x: 400, flipped: true });
  });

  test('a change that has yet to act stands at the edge, one outside is not drawn', () => {
    expect(shown(visibleMarks([change(3, 1), change(101, 2), change(300, 3)], 10, 100, 400))).toEqual([
      [101, 2],
    ]);
  });
});
