@group(1) @binding(0) var<storage, read> a: array<vec4f>;
@group(1) @binding(1) var<storage, read> b: array<vec4f>;
@group(1) @binding(2) var<storage, read_write> result: array<vec4f>;
fn finish(at: u32, column: u32, value: vec4f) {
  result[at] = value;
}

fn aVector(line: u32, inner: u32, repeat: u32) -> vec4f {
  if (line >= 512u || inner >= 2048u) { return vec4f(0.0); }
  let pixel = repeat * 2048u + inner;
  if (pixel >= 16384u) { return vec4f(0.0); }
  let image = pixel / 256u;
  let y = (pixel / 16u) % 16u;
  let x = pixel % 16u;
  let tap = line / 32u;
  let by = 2u * y + (tap >> 2u) - 1u;
  let bx = 2u * x + (tap & 3u) - 1u;
  if (by >= 32u || bx >= 32u) { return vec4f(0.0); }
  return a[(((image * 32u + by) * 32u + bx) * 32u + line % 32u) / 4u];
}
fn bVector(line: u32, inner: u32, repeat: u32) -> vec4f {
  if (line >= 64u || inner >= 2048u) { return vec4f(0.0); }
  let pixel = repeat * 2048u + inner;
  if (pixel >= 16384u) { return vec4f(0.0); }
  return b[(pixel * 64u + line) / 4u];
}
fn resultRow(row: u32, repeat: u32) -> u32 { return row; }

fn store(row: u32, column: u32, repeat: u32, value: vec4f) {
  if (row >= 512u || column >= 64u) { return; }
  let place = resultRow(row, repeat) * 64u + column + repeat * 32768u;
  finish(place / 4u, column / 4u, value);
}
var<workgroup> tiles: array<vec4f, 288>;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let repeat = group.z % 8u;
  let firstRow = (group.y + (group.z / 8u) * 16u) * 32u;
  let firstColumn = group.x * 32u;
  let part = thread / 64u;
  let own = thread % 64u;
  let x = own % 8u;
  let y = own / 8u;
  let start = part * 2048u;
  let base = part * 288u;
  let aBlock0 = own + 0u;
  let aGroup0 = aBlock0 % 8u;
  let aInner0 = aBlock0 / 8u;
  var a0_0 = vec4f(0.0);
  let aBlock1 = own + 64u;
  let aGroup1 = aBlock1 % 8u;
  let aInner1 = aBlock1 / 8u;
  var a1_0 = vec4f(0.0);
  let bBlock0 = own + 0u;
  let bGroup0 = bBlock0 % 8u;
  let bInner0 = bBlock0 / 8u;
  var b0_0 = vec4f(0.0);
  let bBlock1 = own + 64u;
  let bGroup1 = bBlock1 % 8u;
  let bInner1 = bBlock1 / 8u;
  var b1_0 = vec4f(0.0);
  var s0_0 = vec4f(0.0);
  var s1_0 = vec4f(0.0);
  var s2_0 = vec4f(0.0);
  var s3_0 = vec4f(0.0);
  // What comes next is read from the buffers while what is here is multiplied.
  for (var step = 0u; step <= 2048u; step += 16u) {
    if (step < 2048u) {
      let inner = start + step;
      a0_0 = aVector(firstRow + 4u * aGroup0, inner + aInner0, repeat);
      a1_0 = aVector(firstRow + 4u * aGroup1, inner + aInner1, repeat);
      b0_0 = bVector(firstColumn + 4u * bGroup0, inner + bInner0, repeat);
      b1_0 = bVector(firstColumn + 4u * bGroup1, inner + bInner1, repeat);
    }
    if (step > 0u) {
      for (var k = 0u; k < 16u; k++) {
        let ak = base + k * 9u + y;
        let bk = base + 144u + k * 9u + x;
        let a0 = tiles[ak + 0u];
        let b0 = tiles[bk + 0u];
        s0_0 += a0[0] * b0;
        s1_0 += a0[1] * b0;
        s2_0 += a0[2] * b0;
        s3_0 += a0[3] * b0;
      }
    }
    workgroupBarrier();
    if (step < 2048u) {
      tiles[base + 0u + (aInner0 + 0u) * 9u + aGroup0] = a0_0;
      tiles[base + 0u + (aInner1 + 0u) * 9u + aGroup1] = a1_0;
      tiles[base + 144u + (bInner0 + 0u) * 9u + bGroup0] = b0_0;
      tiles[base + 144u + (bInner1 + 0u) * 9u + bGroup1] = b1_0;
    }
    workgroupBarrier();
  }
  store(firstRow + 4u * y + 0u, firstColumn + 4u * x + 0u, repeat, s0_0);
  store(firstRow + 4u * y + 1u, firstColumn + 4u * x + 0u, repeat, s1_0);
  store(firstRow + 4u * y + 2u, firstColumn + 4u * x + 0u, repeat, s2_0);
  store(firstRow + 4u * y + 3u, firstColumn + 4u * x + 0u, repeat, s3_0);
}
