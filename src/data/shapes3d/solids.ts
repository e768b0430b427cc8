/** The four objects of 3D Shapes, in metres at scale 1: each stands on the floor, z = 0, in the room's centre. */

export type Vector = readonly [x: number, y: number, z: number];

export interface Solid {
  /** A vertical cylinder of this radius and height around the origin holds it. */
  readonly radius: number;
  readonly height: number;
  /** The least t > 1e-6 at which o + t d is on its surface; infinite where there is none. */
  hit(o: Vector, d: Vector): number;
  /** The outward unit normal at a point of its surface. */
  normal(point: Vector): Vector;
}

const earliest = 1e-6;
const onFace = 1e-9;

/**
 * The object of a shape (cube, cylinder, sphere, capsule, in the order of the published set), `scale` times as
 * big.
 */
export function solidOf(shape: number, scale: number): Solid {
  const solids = [
    () => cube(0.35 * scale),
    () => cylinder(0.374 * scale, 0.751 * scale),
    () => sphere(0.424 * scale),
    () => capsule(0.323 * scale, 1.297 * scale),
  ];
  return solids[shape]();
}

function cube(half: number): Solid {
  const low: Vector = [-half, -half, 0];
  const high: Vector = [half, half, 2 * half];
  return {
    radius: half * Math.SQRT2,
    height: 2 * half,
    hit(o, d) {
      let enter = Number.NEGATIVE_INFINITY;
      let leave = Number.POSITIVE_INFINITY;
      for (let axis = 0; axis < 3; axis++) {
        if (d[axis] === 0) {
          if (o[axis] < low[axis] || o[axis] > high[axis]) return Number.POSITIVE_INFINITY;
          continue;
        }
        const a = (low[axis] - o[axis]) / d[axis];
        const b = (high[axis] - o[axis]) / d[axis];
        enter = Math.max(enter, Math.min(a, b));
        leave = Math.min(leave, Math.max(a, b));
      }
      if (enter > leave || leave <= earliest) return Number.POSITIVE_INFINITY;
      return enter > earliest ? enter : leave;
    },
    normal([x, y, z]) {
      const [ax, ay, az] = [Math.abs(x), Math.abs(y), Math.abs(z - half)];
      if (ax >= ay && ax >= az) return [Math.sign(x), 0, 0];
      return ay >= az ? [0, Math.sign(y), 0] : [0, 0, Math.sign(z - half)];
    },
  };
}

function cylinder(radius: number, height: number): Solid {
  return {
    radius,
    height,
    hit: (o, d) => Math.min(hitTube(o, d, radius, 0, height), hitLid(o, d, radius, height)),
    normal: ([x, y, z]) => (z > height - onFace ? [0, 0, 1] : [x / radius, y / radius, 0]),
  };
}

function sphere(radius: number): Solid {
  return {
    radius,
    height: 2 * radius,
    hit: (o, d) => hitBall(o, d, radius, radius, 0, 2 * radius),
    normal: ([x, y, z]) => [x / radius, y / radius, (z - radius) / radius],
  };
}

function capsule(radius: number, height: number): Solid {
  const upper = height - radius;
  return {
    radius,
    height,
    hit: (o, d) =>
      Math.min(
        hitTube(o, d, radius, radius, upper),
        hitBall(o, d, radius, upper, upper, height),
        hitBall(o, d, radius, radius, 0, radius),
      ),
    normal([x, y, z]) {
      const centre = Math.min(Math.max(z, radius), upper);
      return [x / radius, y / radius, (z - centre) / radius];
    },
  };
}

/** The side of a vertical cylinder, between two heights. */
function hitTube(o: Vector, d: Vector, radius: number, low: number, high: number): number {
  const a = d[0] * d[0] + d[1] * d[1];
  const b = o[0] * d[0] + o[1] * d[1];
  const c = o[0] * o[0] + o[1] * o[1] - radius * radius;
  return firstBetween(a, b, c, o[2], d[2], low, high);
}

/** A disc at a height. */
function hitLid(o: Vector, d: Vector, radius: number, height: number): number {
  const t = (height - o[2]) / d[2];
  const x = o[0] + t * d[0];
  const y = o[1] + t * d[1];
  return t > earliest && x * x + y * y <= radius * radius ? t : Number.POSITIVE_INFINITY;
}

/** The part of a ball around (0, 0, centre) between two heights. */
function hitBall(o: Vector, d: Vector, radius: number, centre: number, low: number, high: number): number {
  const oz = o[2] - centre;
  const a = d[0] * d[0] + d[1] * d[1] + d[2] * d[2];
  const b = o[0] * d[0] + o[1] * d[1] + oz * d[2];
  const c = o[0] * o[0] + o[1] * o[1] + oz * oz - radius * radius;
  return firstBetween(a, b, c, o[2], d[2], low, high);
}

/** The first root of a t^2 + 2 b t + c at which the height oz + t dz is between two others. */
function firstBetween(
  a: number,
  b: number,
  c: number,
  oz: number,
  dz: number,
  low: number,
  high: number,
): number {
  const square = b * b - a * c;
  if (!(square >= 0)) return Number.POSITIVE_INFINITY;
  const root = Math.sqrt(square);
  for (let sign = -1; sign <= 1; sign += 2) {
    const t = (-b + sign * root) / a;
    const z = oz + t * dz;
    // The ends of a ball are rounded heights, so they are left a little room.
    if (t > earliest && z >= low - onFace && z <= high + onFace) return t;
  }
  return Number.POSITIVE_INFINITY;
}
