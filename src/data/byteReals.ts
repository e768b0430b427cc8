/** How many bytes there are. */
export const byteValues = 256;

/** What each byte is as a real, where 255 is 1: devices look it up, so that no division has to be exact. */
export function byteReals(): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: byteValues }, (_, byte) => byte / 255);
}
