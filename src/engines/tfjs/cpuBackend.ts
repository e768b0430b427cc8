import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import type { TfjsInfo } from './tfjsInfo.ts';

/** Makes plain JavaScript tfjs' backend: runs anywhere, slowly. */
export async function startCpu(): Promise<TfjsInfo> {
  await tf.setBackend('cpu');
  return { engine: 'tfjs-cpu', adapter: 'plain JavaScript', software: true };
}
