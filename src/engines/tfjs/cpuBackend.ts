import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import type { BackendInfo } from '../../config/backends.ts';

/** Makes plain JavaScript tfjs' backend: runs anywhere, slowly. */
export async function startCpu(): Promise<BackendInfo> {
  await tf.setBackend('cpu');
  return { engine: 'cpu', backend: 'cpu', adapter: 'plain JavaScript', software: true };
}
