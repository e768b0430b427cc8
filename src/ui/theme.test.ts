import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Color,
  converter,
  differenceCiede2000,
  filterDeficiencyDeuter,
  filterDeficiencyProt,
  filterDeficiencyTrit,
  parse,
  wcagContrast,
} from 'culori';
import { describe, expect, test } from 'vitest';
import { styleOf } from './compare/comparedRuns.ts';
import { paletteSize } from './latentColour.ts';

const css = readFileSync(join(import.meta.dirname, 'theme.css'), 'utf8');
const [light, dark] = css
  .split(':root[data-mantine-color-scheme="dark"] {')
  .map(
    (part) =>
      new Map([...part.matchAll(/^ {2}(--[\w-]+): (#\w+);/gm)].map(([, name, colour]) => [name, colour])),
  );
const latents = Array.from({ length: paletteSize }, (_, latent) => `--latent-${latent}`);

const linear = converter('lrgb');
const rgb = converter('rgb');
type Sight = (colour: Color) => Color;

/** A simulation that works on light rather than on the numbers of the screen, as some programs have it. */
function onLight(filter: Sight): Sight {
  return (colour) => rgb({ ...rgb(filter({ ...linear(colour), mode: 'rgb' })), mode: 'lrgb' });
}
/**
 * Eyes that see everything, and the three kinds that lack a cone, as Machado et al. 2009 simulate them, in both
 * ways.
 */
const deficiencies: [string, Sight][] = [
  ['protanopia', filterDeficiencyProt(1)],
  ['deuteranopia', filterDeficiencyDeuter(1)],
  ['tritanopia', filterDeficiencyTrit(1)],
];
const sights: [string, Sight][] = [
  ['normal vision', (colour) => colour],
  ...deficiencies,
  ...deficiencies.map(([name, filter]): [string, Sight] => [`${name}, on light`, onLight(filter)]),
];
const difference = differenceCiede2000();

function seen(hex: string, sight: Sight): Color {
  const colour = parse(hex);
  if (!colour) throw new Error(`${hex} is no colour`);
  return sight(colour);
}
const distance = (a: string, b: string, sight: Sight) => difference(seen(a, sight), seen(b, sight));

/** The least distance of any two colours. */
function leastDistance(colours: readonly string[], sight: Sight): number {
  return Math.min(...colours.flatMap((a, i) => colours.slice(0, i).map((b) => distance(a, b, sight))));
}

describe.each([
  ['light', light],
  ['dark', dark],
])('the colours of the %s page', (_, theme) => {
  const colour = (name: string) => theme.get(name) ?? '';
  const palette = latents.map(colour);

  // Reached: light 14.5 and 17.5, dark 14.5 and 18.3 (CIEDE2000; about 2 is just noticeable).
  test.each(sights)('latents and runs are told apart: %s', (_name, sight) => {
    expect(leastDistance(palette, sight)).toBeGreaterThan(14);
    expect(leastDistance(palette.slice(0, 5), sight)).toBeGreaterThan(17);
    expect(leastDistance(palette.slice(5), sight)).toBeGreaterThan(17);
  });

  test.each(sights)('any two of 30 runs differ by 17, or in their dash: %s', (_name, sight) => {
    const styles = Array.from({ length: 30 }, (_place, place) => styleOf(place));
    const drawn = styles.map((style) => ({
      ...style,
      hex: colour(style.colour.replace(/var\((.*)\)/, '$1')),
    }));
    for (const [i, a] of drawn.entries())
      for (const b of drawn.slice(0, i))
        if (a.dash === b.dash) expect(distance(a.hex, b.hex, sight)).toBeGreaterThan(17);
  });

  // Reached: 48 and 52 for the sides, 19 and 32 for the objectives.
  test.each(sights)('both sides, and both objectives of the scatter: %s', (_name, sight) => {
    expect(distance(colour('--side-a'), colour('--side-b'), sight)).toBeGreaterThan(45);
    expect(distance(colour('--gamma'), colour('--latent-0'), sight)).toBeGreaterThan(18);
  });

  test('gamma has its colour for itself', () => {
    for (const hex of palette) expect(distance(hex, colour('--gamma'), (same) => same)).toBeGreaterThan(18);
  });

  test('every colour of a graphic stands out from what it lies on, at 3:1 at least', () => {
    for (const name of [...latents, '--side-a', '--side-b', '--gamma', '--curve'])
      for (const ground of ['--panel', '--page'])
        expect(wcagContrast(colour(name), colour(ground)), `${name} on ${ground}`).toBeGreaterThanOrEqual(3);
  });
});
