@group(1) @binding(0) var<storage, read> a: array<vec4f>;
@group(1) @binding(1) var<storage, read> b: array<vec4f>;
@group(1) @binding(2) var<storage, read> bias: array<vec4f>;
@group(1) @binding(3) var<storage, read_write> result: array<vec4f>;
fn finish(at: u32, column: u32, value: vec4f) {
  let sum = value + bias[column];
  result[at] = select(sum, vec4f(0) * sum, sum < vec4f(0.0));
}

fn aVector(line: u32, inner: u32, repeat: u32) -> vec4f {
  if (line >= 64u || inner >= 1000u) { return vec4f(0.0); }
  return a[(line * 1000u + inner) / 4u];
}
fn bVector(line: u32, inner: u32, repeat: u32) -> vec4f {
  if (line >= 1000u || inner >= 1000u) { return vec4f(0.0); }
  return b[(inner * 1000u + line) / 4u];
}
fn resultRow(row: u32, repeat: u32) -> u32 { return row; }

fn store(row: u32, column: u32, repeat: u32, value: vec4f) {
  if (row >= 64u || column >= 1000u) { return; }
  let place = resultRow(row, repeat) * 1000u + column;
  finish(place / 4u, column / 4u, value);
}
var<workgroup> tiles: array<vec4f, 544>;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let repeat = group.z % 1u;
  let firstRow = (group.y + (group.z / 1u) * 1u) * 64u;
  let firstColumn = group.x * 64u;
  let part = thread / 64u;
  let own = thread % 64u;
  let x = own % 8u;
  let y = own / 8u;
  let start = part * 1008u;
  let base = part * 544u;
  let aBlock0 = own + 0u;
  let aGroup0 = (aBlock0 / 2u) % 16u;
  let aInner0 = (aBlock0 / 32u) * 8u + (aBlock0 % 2u) * 4u;
  var a0_0 = vec4f(0.0);
  var a0_1 = vec4f(0.0);
  var a0_2 = vec4f(0.0);
  var a0_3 = vec4f(0.0);
  let bBlock0 = own + 0u;
  let bGroup0 = bBlock0 % 16u;
  let bInner0 = bBlock0 / 16u;
  var b0_0 = vec4f(0.0);
  let bBlock1 = own + 64u;
  let bGroup1 = bBlock1 % 16u;
  let bInner1 = bBlock1 / 16u;
  var b1_0 = vec4f(0.0);
  let bBlock2 = own + 128u;
  let bGroup2 = bBlock2 % 16u;
  let bInner2 = bBlock2 / 16u;
  var b2_0 = vec4f(0.0);
  let bBlock3 = own + 192u;
  let bGroup3 = bBlock3 % 16u;
  let bInner3 = bBlock3 / 16u;
  var b3_0 = vec4f(0.0);
  var s0_0 = vec4f(0.0);
  var s0_1 = vec4f(0.0);
  var s1_0 = vec4f(0.0);
  var s1_1 = vec4f(0.0);
  var s2_0 = vec4f(0.0);
  var s2_1 = vec4f(0.0);
  var s3_0 = vec4f(0.0);
  var s3_1 = vec4f(0.0);
  var s4_0 = vec4f(0.0);
  var s4_1 = vec4f(0.0);
  var s5_0 = vec4f(0.0);
  var s5_1 = vec4f(0.0);
  var s6_0 = vec4f(0.0);
  var s6_1 = vec4f(0.0);
  var s7_0 = vec4f(0.0);
  var s7_1 = vec4f(0.0);
  // What comes next is read from the buffers while what is here is multiplied.
  for (var step = 0u; step <= 1008u; step += 16u) {
    if (step < 1008u) {
      let inner = start + step;
      a0_0 = aVector(firstRow + 4u * aGroup0, inner + aInner0, repeat);
      a0_1 = aVector(firstRow + 4u * aGroup0 + 1u, inner + aInner0, repeat);
      a0_2 = aVector(firstRow + 4u * aGroup0 + 2u, inner + aInner0, repeat);
      a0_3 = aVector(firstRow + 4u * aGroup0 + 3u, inner + aInner0, repeat);
      b0_0 = bVector(firstColumn + 4u * bGroup0, inner + bInner0, repeat);
      b1_0 = bVector(firstColumn + 4u * bGroup1, inner + bInner1, repeat);
      b2_0 = bVector(firstColumn + 4u * bGroup2, inner + bInner2, repeat);
      b3_0 = bVector(firstColumn + 4u * bGroup3, inner + bInner3, repeat);
    }
    if (step > 0u) {
      for (var k = 0u; k < 16u; k++) {
        let ak = base + k * 17u + y;
        let bk = base + 272u + k * 17u + x;
        let a0 = tiles[ak + 0u];
        let a1 = tiles[ak + 8u];
        let b0 = tiles[bk + 0u];
        let b1 = tiles[bk + 8u];
        s0_0 += a0[0] * b0;
        s0_1 += a0[0] * b1;
        s1_0 += a0[1] * b0;
        s1_1 += a0[1] * b1;
        s2_0 += a0[2] * b0;
        s2_1 += a0[2] * b1;
        s3_0 += a0[3] * b0;
        s3_1 += a0[3] * b1;
        s4_0 += a1[0] * b0;
        s4_1 += a1[0] * b1;
        s5_0 += a1[1] * b0;
        s5_1 += a1[1] * b1;
        s6_0 += a1[2] * b0;
        s6_1 += a1[2] * b1;
        s7_0 += a1[3] * b0;
        s7_1 += a1[3] * b1;
      }
    }
    workgroupBarrier();
    if (step < 1008u) {
      tiles[base + 0u + (aInner0 + 0u) * 17u + aGroup0] = vec4f(a0_0[0], a0_1[0], a0_2[0], a0_3[0]);
      tiles[base + 0u + (aInner0 + 1u) * 17u + aGroup0] = vec4f(a0_0[1], a0_1[1], a0_2[1], a0_3[1]);
      tiles[base + 0u + (aInner0 + 2u) * 17u + aGroup0] = vec4f(a0_0[2], a0_1[2], a0_2[2], a0_3[2]);
      tiles[base + 0u + (aInner0 + 3u) * 17u + aGroup0] = vec4f(a0_0[3], a0_1[3], a0_2[3], a0_3[3]);
      tiles[base + 272u + (bInner0 + 0u) * 17u + bGroup0] = b0_0;
      tiles[base + 272u + (bInner1 + 0u) * 17u + bGroup1] = b1_0;
      tiles[base + 272u + (bInner2 + 0u) * 17u + bGroup2] = b2_0;
      tiles[base + 272u + (bInner3 + 0u) * 17u + bGroup3] = b3_0;
    }
    workgroupBarrier();
  }
  store(firstRow + 4u * y + 0u, firstColumn + 4u * x + 0u, repeat, s0_0);
  store(firstRow + 4u * y + 0u, firstColumn + 4u * x + 32u, repeat, s0_1);
  store(firstRow + 4u * y + 1u, firstColumn + 4u * x + 0u, repeat, s1_0);
  store(firstRow + 4u * y + 1u, firstColumn + 4u * x + 32u, repeat, s1_1);
  store(firstRow + 4u * y + 2u, firstColumn + 4u * x + 0u, repeat, s2_0);
  store(firstRow + 4u * y + 2u, firstColumn + 4u * x + 32u, repeat, s2_1);
  store(firstRow + 4u * y + 3u, firstColumn + 4u * x + 0u, repeat, s3_0);
  store(firstRow + 4u * y + 3u, firstColumn + 4u * x + 32u, repeat, s3_1);
  store(firstRow + 4u * y + 32u, firstColumn + 4u * x + 0u, repeat, s4_0);
  store(firstRow + 4u * y + 32u, firstColumn + 4u * x + 32u, repeat, s4_1);
  store(firstRow + 4u * y + 33u, firstColumn + 4u * x + 0u, repeat, s5_0);
  store(firstRow + 4u * y + 33u, firstColumn + 4u * x + 32u, repeat, s5_1);
  store(firstRow + 4u * y + 34u, firstColumn + 4u * x + 0u, repeat, s6_0);
  store(firstRow + 4u * y + 34u, firstColumn + 4u * x + 32u, repeat, s6_1);
  store(firstRow + 4u * y + 35u, firstColumn + 4u * x + 0u, repeat, s7_0);
  store(firstRow + 4u * y + 35u, firstColumn + 4u * x + 32u, repeat, s7_1);
}
