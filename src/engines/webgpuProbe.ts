import { type ErrorReport, errorReport } from '../report.ts';

/** Whether this browser (or Node with a driver) has WebGPU, found without loading tfjs. */
export type WebGpuProbe =
  | {
      readonly available: true;
      readonly adapter: string;
      /** True where the processor does the work: a fallback adapter, SwiftShader, llvmpipe or WARP. */
      readonly software: boolean;
    }
  | {
      readonly available: false;
      /** What is missing. */
      readonly reason: ErrorReport;
    };

const softwareNames = /swiftshader|llvmpipe|lavapipe|basic render|\bwarp\b|software/i;

/** Names of software renderers, of WebGPU adapters and WebGL renderers alike. */
export function isSoftwareName(name: string): boolean {
  return softwareNames.test(name);
}

/** The adapter that the trainers use, or null. */
export async function requestAdapter(): Promise<GPUAdapter | null> {
  return navigator.gpu.requestAdapter({ powerPreference: 'high-performance' });
}

/** An adapter's own name, for a person, and whether it is a software one. */
export function describeAdapter({ info }: GPUAdapter): { adapter: string; software: boolean } {
  const parts = [info.vendor, info.architecture].filter((part) => part !== '');
  const adapter = info.description || info.device || parts.join(' ') || 'unnamed adapter';
  const software = info.isFallbackAdapter || isSoftwareName([adapter, ...parts].join(' '));
  return { adapter, software };
}

export async function probeWebGpu(): Promise<WebGpuProbe> {
  // Types say that it is there; browsers and Node differ.
  const gpu: GPU | undefined = globalThis.navigator?.gpu;
  if (!gpu)
    return {
      available: false,
      reason: errorReport(
        globalThis.isSecureContext === false
          ? 'WebGpuUnavailableError.insecure'
          : 'WebGpuUnavailableError.missing',
      ),
    };
  try {
    const adapter = await requestAdapter();
    if (adapter) return { available: true, ...describeAdapter(adapter) };
    return {
      available: false,
      reason: errorReport('WebGpuUnavailableError.noGpu'),
    };
  } catch (cause) {
    console.warn('WebGPU failed when asked for a GPU:', cause);
    return { available: false, reason: errorReport('WebGpuUnavailableError.failed') };
  }
}
