import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { nodeProblem, nodeRange } from './nodeVersion.mjs';

test.each(['20.19.0', '20.20.2', '22.12.0', '23.0.0', '24.1.0'])('Node %s works', (version) => {
  expect(nodeProblem(version)).toBeUndefined();
});

test.each(['18.20.4', '20.18.3', '21.7.3', '22.11.0'])('Node %s is refused, saying what to do', (version) => {
  expect(nodeProblem(version)).toContain(`Node ${version}`);
  expect(nodeProblem(version)).toContain('https://nodejs.org');
});

test('package.json asks for the same', () => {
  const { engines } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(engines.node).toBe(nodeRange);
});
