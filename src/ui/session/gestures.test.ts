import { beforeEach, describe, expect, test } from 'vitest';
import { Gestures } from './gestures.ts';

/** A window that a person is at, with a clock of its own. */
class FakeWindow extends EventTarget {
  now = 0;

  send(type: string, fields: Record<string, unknown> = {}): void {
    this.now += 20;
    const event = new Event(type);
    const all = { isPrimary: true, target: this, ...fields, timeStamp: this.now };
    for (const [name, value] of Object.entries(all)) Object.defineProperty(event, name, { value });
    this.dispatchEvent(event);
  }

  press(key: string, target: EventTarget = this): void {
    this.send('keydown', { key, target });
  }
}

let window: FakeWindow;
let gestures: Gestures;
beforeEach(() => {
  window = new FakeWindow();
  gestures = new Gestures(window, 0);
});
/** The numbers after each input. */
const numbersAfter = (inputs: readonly (() => void)[]) =>
  inputs.map((input) => {
    input();
    return gestures.current;
  });
const distinct = (numbers: readonly number[]) => new Set(numbers).size;
const [slider, box] = [new EventTarget(), new EventTarget()];

describe('one gesture', () => {
  test('is a drag from the pointer’s coming on, with Escape and a second finger', () => {
    const numbers = numbersAfter([
      () => window.send('pointerdown'),
      () => window.send('pointermove'),
      () => window.press('Escape'),
      () => window.send('pointerdown', { isPrimary: false }),
      () => window.send('pointerup'),
    ]);
    expect(distinct(numbers)).toBe(1);
  });

  test('is a run of arrow keys in one control, held or pressed, there and back', () => {
    const keys = ['ArrowUp', 'ArrowUp', 'PageUp', 'ArrowDown', 'End', 'Home'];
    expect(distinct(numbersAfter(keys.map((key) => () => window.press(key, slider))))).toBe(1);
  });
});

test('is a key that is held, however slowly it repeats', () => {
  window.press('ArrowUp', slider);
  window.now += 5000;
  window.send('keydown', { key: 'ArrowUp', target: slider, repeat: true });
  expect(gestures.current).toBe(1);
});

describe('another gesture', () => {
  test.each<[string, () => void]>([
    ['the next pointer', () => window.send('pointerdown')],
    [
      'a key after a while',
      () => {
        window.now += 1500;
        window.press('ArrowUp', slider);
      },
    ],
    ['a key in another control', () => window.press('ArrowUp', box)],
    ['a number that is entered', () => window.press('Enter', slider)],
  ])('begins with %s', (_, input) => {
    window.press('ArrowUp', slider);
    const before = gestures.current;
    input();
    expect(gestures.current).toBe(before + 1);
  });

  test('begins with a key after a pointer, and after other keys', () => {
    const numbers = numbersAfter([
      () => window.press('ArrowUp', slider),
      () => window.send('pointerdown'),
      () => window.send('pointerup'),
      () => window.press('ArrowUp', slider),
      () => window.press('Tab', slider),
      () => window.press('ArrowUp', slider),
    ]);
    expect(numbers).toEqual([1, 2, 2, 3, 4, 5]);
  });
});
