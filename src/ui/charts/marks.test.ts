import { describe, expect, test } from 'vitest';
import type { LiveKey } from '../../config/schema.ts';
import { visibleMarks } from './marks.ts';

const move = (firstStep: number, to: number, key: LiveKey = 'gamma', lastStep = firstStep) => ({
  key,
  from: 0,
  to,
  firstStep,
  lastStep,
});
const shown = (marks: ReturnType<typeof visibleMarks>) =>
  marks.map(({ move }) => [move.firstStep, 'to' in move ? move.to : move.player]);

describe('marks of moves', () => {
  test('stand at their step', () => {
    const [mark] = visibleMarks([move(501, 20)], 1, 1001, 400);
    expect(mark).toMatchObject({ x: 200, from: 200, to: 200, labelled: true, flipped: false });
  });

  test('of a drag reach from its first step to its last, and are labelled behind that', () => {
    const [mark, later] = visibleMarks([move(101, 20, 'gamma', 201), move(301, 5)], 1, 1001, 400);
    expect(mark).toMatchObject({ x: 40, from: 40, to: 80, flipped: true, labelled: false });
    expect(later).toMatchObject({ x: 120, labelled: true });
    const [alone] = visibleMarks([move(101, 20, 'gamma', 201)], 1, 1001, 400);
    expect(alone).toMatchObject({ flipped: false, labelled: true });
  });

  test('of a drag that began out of sight have no line, but the rest of their stretch', () => {
    const [mark] = visibleMarks([move(50, 20, 'gamma', 201)], 101, 1101, 400);
    expect(mark).toMatchObject({ x: null, from: 0, to: 40 });
  });

  test('of one setting that coincide are one, the last; other settings keep theirs', () => {
    const marks = visibleMarks(
      [move(500, 11), move(501, 12), move(502, 13), move(502, 2, 'beta')],
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
    const marks = visibleMarks([move(400, 1), move(450, 2), move(700, 3)], 1, 1001, 400);
    expect(marks.map(({ labelled, flipped }) => [labelled, flipped])).toEqual([
      [true, true],
      [true, false],
      [true, false],
    ]);
  });

  test('a label with room on neither side is left out', () => {
    const marks = visibleMarks([move(20, 1), move(60, 2), move(110, 3)], 1, 1001, 400);
    expect(marks.map((mark) => mark.labelled)).toEqual([false, false, true]);
  });

  test('near the right edge a label stands on the left', () => {
    expect(visibleMarks([move(1000, 1)], 1, 1000, 400)[0]).toMatchObject({ x: 400, flipped: true });
  });

  test('a change that has yet to act stands at the edge, one outside is not drawn', () => {
    expect(shown(visibleMarks([move(3, 1), move(101, 2), move(300, 3)], 10, 100, 400))).toEqual([[101, 2]]);
  });

  test('steps of one player are marked beside them, the later ones first', () => {
    const alone = { player: 'vae', firstStep: 400, lastStep: 500 } as const;
    const marks = visibleMarks([move(300, 3), alone], 1, 1001, 400);
    expect(shown(marks)).toEqual([
      [300, 3],
      [400, 'vae'],
    ]);
    expect(marks[1]).toMatchObject({ row: 1, labelled: true });
    expect(marks[1].to - marks[1].from).toBeCloseTo(40);
  });
});
