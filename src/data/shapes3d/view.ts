import { lamp, lightAt, shadedLight, steady } from './light.ts';
import { type Solid, solidOf, type Vector } from './solids.ts';

/**
 * 3D Shapes (Kim & Mnih 2018; Burgess & Kim 2018) as rays see it. The room is square, z is up; the camera goes
 * round the room's centre and looks at its axis horizontally. Lengths in metres and angles were fitted to
 * published images.
 */

const fieldOfView = 50;
const distance = 2.5;
const eyeHeight = 0.75;
const roomHalf = 3.5;
const wallHeight = 2;

/**
 * No object's shadow on the floor reaches further from the room's centre: the largest capsule's is 0.95 metres
 * long.
 */
const farthestShadow = 1.2;

/** Orientations go from -30 to 30 degrees. */
export const farthestTurn = 30;

/** What a ray meets. */
export const parts = { floor: 0, wall: 1, object: 2, sky: 3 } as const;

/** The pictures of a room, [side, side] rays, without an object. */
export interface RoomView {
  readonly side: number;
  readonly parts: Uint8Array;
  /** V of what each ray meets (light.ts); 1 in the sky. */
  readonly values: Float64Array;
  readonly eye: Vector;
  readonly toCamera: Vector;
  /** The direction of each ray, [side, side, 3], so that one step along it is one forward. */
  readonly rays: Float64Array;
}

/** What rays meet where an object or its shadow changes it: a box of `width` x `height` rays. */
export interface ObjectView {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly parts: Uint8Array;
  readonly values: Float64Array;
  /** White that an object has besides (light.ts). */
  readonly gloss: Float64Array;
}

const up: Vector = [0, 0, 1];

/** The room seen from `degrees`, by `side` x `side` rays. */
export function viewRoom(degrees: number, side: number): RoomView {
  const angle = (degrees * Math.PI) / 180;
  const [sine, cosine] = [steady(Math.sin(angle)), steady(Math.cos(angle))];
  const focal = side / 2 / steady(Math.tan((fieldOfView * Math.PI) / 360));
  const view: RoomView = {
    side,
    parts: new Uint8Array(side * side),
    values: new Float64Array(side * side),
    eye: [distance * sine, -distance * cosine, eyeHeight],
    toCamera: [sine, -cosine, 0],
    rays: new Float64Array(side * side * 3),
  };
  for (let row = 0, at = 0; row < side; row++) {
    const dz = -(row + 0.5 - side / 2) / focal;
    for (let column = 0; column < side; column++, at++) {
      const u = (column + 0.5 - side / 2) / focal;
      const ray: Vector = [-sine + u * cosine, cosine + u * sine, dz];
      view.rays.set(ray, 3 * at);
      const { part, value } = meetRoom(view, ray);
      view.parts[at] = part;
      view.values[at] = value;
    }
  }
  return view;
}

function meetRoom({ eye, toCamera }: RoomView, ray: Vector): { part: number; value: number } {
  const floor = -eye[2] / ray[2];
  const far = (roomHalf - eye[1]) / ray[1];
  const right = (roomHalf - eye[0]) / ray[0];
  const left = (-roomHalf - eye[0]) / ray[0];
  const [first, ...others]: readonly (readonly [t: number, normal: Vector])[] = [
    [floor, up],
    [far, [0, -1, 0]],
    [right, [-1, 0, 0]],
    [left, [1, 0, 0]],
  ];
  let nearest: readonly [t: number, normal: Vector] = first[0] > 0 ? first : [Number.POSITIVE_INFINITY, up];
  for (const other of others) if (other[0] > 0 && other[0] < nearest[0]) nearest = other;
  const [t, normal] = nearest;
  const point = along(eye, ray, t);
  const isFloor = normal === up;
  if (!isFloor && point[2] > wallHeight) return { part: parts.sky, value: 1 };
  return {
    part: isFloor ? parts.floor : parts.wall,
    value: lightAt(point, normal, toCamera).value,
  };
}

/** What an object of this shape and scale changes in the view of a room. */
export function viewObject(room: RoomView, shape: number, scale: number): ObjectView {
  const solid = solidOf(shape, scale);
  const box = changedBox(room, solid);
  const { left, top, width, height } = box;
  const size = width * height;
  const view = {
    ...box,
    parts: new Uint8Array(size),
    values: new Float64Array(size),
    gloss: new Float64Array(size),
  };
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at++) {
      const from = (top + y) * room.side + left + x;
      const ray = rayAt(room, from);
      view.parts[at] = room.parts[from];
      view.values[at] = room.values[from];
      const t = solid.hit(room.eye, ray);
      if (t < Number.POSITIVE_INFINITY) {
        const point = along(room.eye, ray, t);
        const light = lightAt(point, solid.normal(point), room.toCamera);
        view.parts[at] = parts.object;
        view.values[at] = light.value;
        view.gloss[at] = light.gloss;
      } else if (isShaded(room, solid, from, ray)) view.values[at] = shadedLight(up, room.toCamera);
    }
  return view;
}

/** The least box around the rays that meet the object or its shadow. */
function changedBox(room: RoomView, solid: Solid) {
  const { side, eye } = room;
  let [left, top, right, bottom] = [side, side, -1, -1];
  for (let row = 0, at = 0; row < side; row++)
    for (let column = 0; column < side; column++, at++) {
      const ray = rayAt(room, at);
      if (solid.hit(eye, ray) === Number.POSITIVE_INFINITY && !isShaded(room, solid, at, ray)) continue;
      left = Math.min(left, column);
      right = Math.max(right, column);
      top = Math.min(top, row);
      bottom = row;
    }
  return { left, top, width: right - left + 1, height: bottom - top + 1 };
}

/** Whether a ray meets the floor in the object's shadow; it is too short for the walls. */
function isShaded(room: RoomView, solid: Solid, at: number, ray: Vector): boolean {
  if (room.parts[at] !== parts.floor) return false;
  const [x, y] = along(room.eye, ray, -room.eye[2] / ray[2]);
  if (x * x + y * y > farthestShadow ** 2) return false;
  return solid.hit([x, y, 1e-4], [lamp[0] - x, lamp[1] - y, lamp[2]]) < 1;
}

function rayAt({ rays }: RoomView, at: number): Vector {
  return [rays[3 * at], rays[3 * at + 1], rays[3 * at + 2]];
}

function along(o: Vector, d: Vector, t: number): Vector {
  return [o[0] + t * d[0], o[1] + t * d[1], o[2] + t * d[2]];
}
