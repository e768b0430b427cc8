import * as whole from '@tensorflow/tfjs';
import * as core from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';

// The page imports parts, so that each engine is a small chunk; what imports the whole must get the same parts.
test('@tensorflow/tfjs is the package whose parts the engines import', () => {
  expect(whole.version['tfjs-core']).toBe(core.version_core);
  expect(whole.engine()).toBe(core.engine());
});
