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
var<workgroup> tiles: array<vec4f, 640>;

@compute @workgroup_size(128)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let repeat = group.z % 1u;
  let firstRow = (group.y + (group.z / 1u) * 4u) * 16u;
  let firstColumn = group.x * 16u;
  let part = thread / 16u;
  let own = thread % 16u;
  let x = own % 4u;
  let y = own / 4u;
  let start = part * 128u;
  let base = part * 80u;
  let aBlock0 = own + 0u;
  let aGroup0 = (aBlock0 / 2u) % 4u;
  let aInner0 = (aBlock0 / 8u) * 8u + (aBlock0 % 2u) * 4u;
  var a0_0 = vec4f(0.0);
  var a0_1 = vec4f(0.0);
  var a0_2 = vec4f(0.0);
  var a0_3 = vec4f(0.0);
  let bBlock0 = own + 0u;
  let bGroup0 = bBlock0 % 4u;
  let bInner0 = bBlock0 / 4u;
  var b0_0 = vec4f(0.0);
  let bBlock1 = own + 16u;
  let bGroup1 = bBlock1 % 4u;
  let bInner1 = bBlock1 / 4u;
  var b1_0 = vec4f(0.0);
  var s0_0 = vec4f(0.0);
  var s1_0 = vec4f(0.0);
  var s2_0 = vec4f(0.0);
  var s3_0 = vec4f(0.0);
  // What comes next is read from the buffers while what is here is multiplied.
  for (var step = 0u; step <= 128u; step += 8u) {
    if (step < 128u) {
      let inner = start + step;
      if (aBlock0 < 8u) {
      a0_0 = aVector(firstRow + 4u * aGroup0, inner + aInner0, repeat);
      a0_1 = aVector(firstRow + 4u * aGroup0 + 1u, inner + aInner0, repeat);
      a0_2 = aVector(firstRow + 4u * aGroup0 + 2u, inner + aInner0, repeat);
      a0_3 = aVector(firstRow + 4u * aGroup0 + 3u, inner + aInner0, repeat);
      }
      b0_0 = bVector(firstColumn + 4u * bGroup0, inner + bInner0, repeat);
      b1_0 = bVector(firstColumn + 4u * bGroup1, inner + bInner1, repeat);
    }
    if (step > 0u) {
      for (var k = 0u; k < 8u; k++) {
        let ak = base + k * 5u + y;
        let bk = base + 40u + k * 5u + x;
        let a0 = tiles[ak + 0u];
        let b0 = tiles[bk + 0u];
        s0_0 += a0[0] * b0;
        s1_0 += a0[1] * b0;
        s2_0 += a0[2] * b0;
        s3_0 += a0[3] * b0;
      }
    }
    workgroupBarrier();
    if (step < 128u) {
      if (aBlock0 < 8u) {
      tiles[base + 0u + (aInner0 + 0u) * 5u + aGroup0] = vec4f(a0_0[0], a0_1[0], a0_2[0], a0_3[0]);
      tiles[base + 0u + (aInner0 + 1u) * 5u + aGroup0] = vec4f(a0_0[1], a0_1[1], a0_2[1], a0_3[1]);
      tiles[base + 0u + (aInner0 + 2u) * 5u + aGroup0] = vec4f(a0_0[2], a0_1[2], a0_2[2], a0_3[2]);
      tiles[base + 0u + (aInner0 + 3u) * 5u + aGroup0] = vec4f(a0_0[3], a0_1[3], a0_2[3], a0_3[3]);
      }
      tiles[base + 40u + (bInner0 + 0u) * 5u + bGroup0] = b0_0;
      tiles[base + 40u + (bInner1 + 0u) * 5u + bGroup1] = b1_0;
    }
    workgroupBarrier();
  }
  tiles[(0u + part) * 16u + own] = s0_0;
  tiles[(8u + part) * 16u + own] = s1_0;
  tiles[(16u + part) * 16u + own] = s2_0;
  tiles[(24u + part) * 16u + own] = s3_0;
  workgroupBarrier();
  for (var v = part; v < 4u; v += 8u) {
    var sum = tiles[v * 128u + own];
    for (var p = 1u; p < 8u; p++) { sum += tiles[(v * 8u + p) * 16u + own]; }
    let i = 0u + v / 1u;
    let row = firstRow + 4u * y + 16u * (i / 4u) + i % 4u;
    store(row, firstColumn + 4u * x + 16u * (v % 1u), repeat, sum);
  }
}
