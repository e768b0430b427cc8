import { describe, expect, test, vi } from 'vitest';
import { DeviceGuard } from './deviceGuard.ts';

/** A device that is lost when told to. */
function device() {
  let lose: (info: GPUDeviceLostInfo) => void = () => undefined;
  const lost = new Promise<GPUDeviceLostInfo>((resolve) => {
    lose = resolve;
  });
  const events = new EventTarget();
  const guarded = Object.assign(events, { lost });
  const info: GPUDeviceLostInfo = { __brand: 'GPUDeviceLostInfo', reason: 'unknown', message: 'raw words' };
  return { guard: new DeviceGuard(guarded), lose: () => lose(info), lost };
}

const aborted = () => Promise.reject(new DOMException('Buffer was unmapped', 'AbortError'));
vi.spyOn(console, 'warn').mockImplementation(() => undefined);

describe('a lost GPU is named in place of what fails with it', () => {
  test.each([
    ['before', async (lose: () => void) => lose()],
    ['in the same task', async (lose: () => void) => queueMicrotask(lose)],
    ['a moment later', async (lose: () => void) => setTimeout(lose, 20)],
  ])('when it is told %s', async (_, when) => {
    const { guard, lose } = device();
    await when(lose);
    await expect(guard.wait(aborted())).rejects.toMatchObject({
      name: 'WebGpuLostError',
      message: expect.not.stringContaining('raw words'),
    });
    expect(() => guard.check()).toThrow('The GPU was lost.');
  });

  test('and nothing else is taken for it', async () => {
    const { guard } = device();
    await expect(guard.wait(aborted())).rejects.toMatchObject({ name: 'AbortError' });
    await expect(guard.wait(Promise.resolve(4))).resolves.toBe(4);
  });
});
