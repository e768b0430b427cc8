import { expect, test } from 'vitest';
import { panelNames, readPanels, writePanels } from './panels.ts';

test('panels read back as they were written, in the page’s order', () => {
  const text = writePanels(['play', 'newrun']);
  expect(text).toBe('newrun-play');
  expect(readPanels(text)).toEqual({ kind: 'value', value: ['newrun', 'play'], asGiven: true });
  expect(readPanels(writePanels(panelNames))).toEqual({ kind: 'value', value: panelNames, asGiven: true });
});

test('names are read by their letters; what is no panel is named, and refused where nothing else is there', () => {
  expect(readPanels('New run, PLAY')).toMatchObject({ value: ['newrun', 'play'], asGiven: true });
  expect(readPanels('play,gammaray')).toMatchObject({
    value: ['play'],
    asGiven: false,
    why: { values: { name: 'gammaray' } },
  });
  expect(readPanels('everything')).toEqual({ kind: 'refused' });
  expect(readPanels(',')).toEqual({ kind: 'refused' });
});
