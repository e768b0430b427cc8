import { AppError } from '../../errors.ts';

const lossFollowsMs = 200;

/** What of a device is watched. */
type Watched = Pick<GPUDevice, 'lost' | 'addEventListener' | 'removeEventListener'>;

/**
 * Watches a device: WebGPU reports most mistakes and a lost device by events that nobody waits for. The first one is
 * kept and thrown by every later call.
 */
export class DeviceGuard<Device extends Watched = GPUDevice> {
  readonly device: Device;
  #failure: AppError | null = null;
  readonly #onError = (event: GPUUncapturedErrorEvent) => {
    console.warn('WebGPU reported an error:', event.error.message);
    this.#failure ??= new AppError('WebGpuError.wrongNumbers');
  };

  constructor(device: Device) {
    this.device = device;
    device.addEventListener('uncapturederror', this.#onError);
    device.lost.then(({ message, reason }) => {
      console.warn('The GPU was lost:', reason, message);
      this.#failure ??= new AppError('WebGpuLostError');
    });
  }

  /** @throws AppError WebGpuError or WebGpuLostError, once either has happened. */
  check(): void {
    if (this.#failure) throw this.#failure;
  }

  /** Awaits what the device promises; a failure of the device is named in place of its consequence. */
  async wait<Result>(promised: Promise<Result>): Promise<Result> {
    try {
      const result = await promised;
      this.check();
      return result;
    } catch (error) {
      // What was promised may fail just before its device says that it is lost.
      await Promise.race([this.device.lost, new Promise((resolve) => setTimeout(resolve, lossFollowsMs))]);
      this.check();
      throw error;
    }
  }

  dispose(): void {
    this.device.removeEventListener('uncapturederror', this.#onError);
  }
}
