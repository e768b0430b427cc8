import type { Vector } from './solids.ts';

/**
 * The light of 3D Shapes, fitted to published images: V = ambient + head max(n . c, 0) + lamp max(n . L, 0)
 * max(L_z, 0)^k, where n is the normal, c the horizontal unit vector to the camera and L the one to the lamp; no
 * lamp in its shadow.
 */

export const lamp: Vector = [-1.4875, 0.475, 7.51];
const lampExponent = 10.64;
const strength = { ambient: 0.353, head: 0.5935, lamp: 0.969, gloss: 0.15 };

export interface Light {
  /** V, which a surface's colour is multiplied by. */
  readonly value: number;
  /** What an object that the lamp reaches has of white besides. */
  readonly gloss: number;
}

export function lightAt(point: Vector, normal: Vector, toCamera: Vector): Light {
  const [x, y, z] = [lamp[0] - point[0], lamp[1] - point[1], lamp[2] - point[2]];
  const distance = Math.sqrt(x * x + y * y + z * z);
  const facing = (normal[0] * x + normal[1] * y + normal[2] * z) / distance;
  const spot = steady(Math.max(z / distance, 1e-3) ** lampExponent);
  const shaded = shadedLight(normal, toCamera);
  return {
    value: shaded + strength.lamp * Math.max(facing, 0) * spot,
    gloss: facing > 0 ? strength.gloss * spot : 0,
  };
}

/** V in the lamp's shadow. */
export function shadedLight(normal: Vector, toCamera: Vector): number {
  const facing = normal[0] * toCamera[0] + normal[1] * toCamera[1] + normal[2] * toCamera[2];
  return strength.ambient + strength.head * Math.max(facing, 0);
}

/** A power, sine or tangent without its last bits, which differ between browsers. */
export function steady(value: number): number {
  return Math.round(value * 2 ** 32) / 2 ** 32;
}
