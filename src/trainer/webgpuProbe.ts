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
      /** One sentence for a person: what is missing and what would help. */
      readonly reason: string;
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
      reason:
        globalThis.isSecureContext === false
          ? 'WebGPU works on pages from https or localhost only; open this page so.'
          : 'This browser has no WebGPU; a recent Chrome, Edge, Safari or Firefox has it, in some behind a flag.',
    };
  try {
    const adapter = await requestAdapter();
    if (adapter) return { available: true, ...describeAdapter(adapter) };
    return {
      available: false,
      reason:
        'This browser has WebGPU but offers no GPU: its driver may be on the blocklist, hardware acceleration may be off in the settings, or Chrome on Linux may need the flag chrome://flags/#enable-unsafe-webgpu.',
    };
  } catch (cause) {
    console.warn('WebGPU failed when asked for a GPU:', cause);
    return { available: false, reason: 'The browser’s WebGPU failed when asked for a GPU.' };
  }
}
