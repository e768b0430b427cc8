import { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import * as tf from '@tensorflow/tfjs-core';
import { AppError } from '../../errors.ts';
import { isSoftwareName } from '../webgpuProbe.ts';
import type { TfjsInfo } from './tfjsInfo.ts';

/** Makes WebGL 2 tfjs' backend. */
export async function startWebGl(): Promise<TfjsInfo> {
  const ready = await tf.setBackend('webgl').catch(() => false);
  const gl = ready ? context() : undefined;
  if (!gl) throw new AppError('WebGlUnavailableError.missing');
  if (!tf.env().getBool('WEBGL_RENDER_FLOAT32_ENABLED')) throw new AppError('WebGlUnavailableError.coarse');
  const unmasked = gl.getExtension('WEBGL_debug_renderer_info')?.UNMASKED_RENDERER_WEBGL;
  const adapter = String(gl.getParameter(unmasked ?? gl.RENDERER));
  return { engine: 'tfjs-webgl', adapter, software: isSoftwareName(adapter) };
}

export function webGlFailure(): AppError | undefined {
  if (!context()?.isContextLost()) return undefined;
  return new AppError('WebGlLostError');
}

function context(): WebGLRenderingContext | undefined {
  const backend: unknown = tf.findBackend('webgl');
  return backend instanceof MathBackendWebGL ? backend.gpgpu.gl : undefined;
}
