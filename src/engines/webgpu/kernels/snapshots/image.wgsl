@group(1) @binding(0) var<storage, read> a: array<vec4f>;
@group(1) @binding(1) var<storage, read> b: array<vec4f>;
@group(1) @binding(2) var<storage, read> bias: array<f32>;
@group(1) @binding(3) var<storage, read_write> result: array<f32>;
fn finish(at: u32, column: u32, value: f32) {
  let sum = value + bias[column];
  result[at] = select(sum, f32(0) * sum, sum < f32(0.0));
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let i = id.x + id.y * 16384u;
  if (i >= 16384u) { return; }
  let image = i / 256u;
  let y = (i / 16u) % 16u;
  let x = i % 16u;
  let inside0 = (y + 0u - 1u) < 16u && (x + 0u - 1u) < 16u;
  let start0 = select(0u, ((image * 16u + (y + 0u - 1u)) * 16u + (x + 0u - 1u)) * 64u, inside0);
  let inside1 = (y + 0u - 1u) < 16u && (x + 1u - 1u) < 16u;
  let start1 = select(0u, ((image * 16u + (y + 0u - 1u)) * 16u + (x + 1u - 1u)) * 64u, inside1);
  let inside2 = (y + 0u - 1u) < 16u && (x + 2u - 1u) < 16u;
  let start2 = select(0u, ((image * 16u + (y + 0u - 1u)) * 16u + (x + 2u - 1u)) * 64u, inside2);
  let inside3 = (y + 1u - 1u) < 16u && (x + 0u - 1u) < 16u;
  let start3 = select(0u, ((image * 16u + (y + 1u - 1u)) * 16u + (x + 0u - 1u)) * 64u, inside3);
  let inside4 = (y + 1u - 1u) < 16u && (x + 1u - 1u) < 16u;
  let start4 = select(0u, ((image * 16u + (y + 1u - 1u)) * 16u + (x + 1u - 1u)) * 64u, inside4);
  let inside5 = (y + 1u - 1u) < 16u && (x + 2u - 1u) < 16u;
  let start5 = select(0u, ((image * 16u + (y + 1u - 1u)) * 16u + (x + 2u - 1u)) * 64u, inside5);
  let inside6 = (y + 2u - 1u) < 16u && (x + 0u - 1u) < 16u;
  let start6 = select(0u, ((image * 16u + (y + 2u - 1u)) * 16u + (x + 0u - 1u)) * 64u, inside6);
  let inside7 = (y + 2u - 1u) < 16u && (x + 1u - 1u) < 16u;
  let start7 = select(0u, ((image * 16u + (y + 2u - 1u)) * 16u + (x + 1u - 1u)) * 64u, inside7);
  let inside8 = (y + 2u - 1u) < 16u && (x + 2u - 1u) < 16u;
  let start8 = select(0u, ((image * 16u + (y + 2u - 1u)) * 16u + (x + 2u - 1u)) * 64u, inside8);
  var s0_0 = vec4f(0.0);
  var s1_0 = vec4f(0.0);
  var s2_0 = vec4f(0.0);
  var s3_0 = vec4f(0.0);
  for (var k = 0u; k < 64u; k += 4u) {
    let a0 = select(vec4f(0.0), a[(start0 + k) / 4u], inside0);
    let a1 = select(vec4f(0.0), a[(start1 + k) / 4u], inside1);
    let a2 = select(vec4f(0.0), a[(start2 + k) / 4u], inside2);
    let a3 = select(vec4f(0.0), a[(start3 + k) / 4u], inside3);
    let a4 = select(vec4f(0.0), a[(start4 + k) / 4u], inside4);
    let a5 = select(vec4f(0.0), a[(start5 + k) / 4u], inside5);
    let a6 = select(vec4f(0.0), a[(start6 + k) / 4u], inside6);
    let a7 = select(vec4f(0.0), a[(start7 + k) / 4u], inside7);
    let a8 = select(vec4f(0.0), a[(start8 + k) / 4u], inside8);
    s0_0 += a4 * b[(320u + k) / 4u];
    s0_0 += a3 * b[(448u + k) / 4u];
    s0_0 += a1 * b[(832u + k) / 4u];
    s0_0 += a0 * b[(960u + k) / 4u];
    s1_0 += a5 * b[(256u + k) / 4u];
    s1_0 += a4 * b[(384u + k) / 4u];
    s1_0 += a2 * b[(768u + k) / 4u];
    s1_0 += a1 * b[(896u + k) / 4u];
    s2_0 += a7 * b[(64u + k) / 4u];
    s2_0 += a6 * b[(192u + k) / 4u];
    s2_0 += a4 * b[(576u + k) / 4u];
    s2_0 += a3 * b[(704u + k) / 4u];
    s3_0 += a8 * b[(0u + k) / 4u];
    s3_0 += a7 * b[(128u + k) / 4u];
    s3_0 += a5 * b[(512u + k) / 4u];
    s3_0 += a4 * b[(640u + k) / 4u];
  }
  finish(((image * 32u + 2u * y + 0u) * 32u + 2u * x + 0u) * 1u + 0u, 0u, s0_0.x + s0_0.y + s0_0.z + s0_0.w);
  finish(((image * 32u + 2u * y + 0u) * 32u + 2u * x + 1u) * 1u + 0u, 0u, s1_0.x + s1_0.y + s1_0.z + s1_0.w);
  finish(((image * 32u + 2u * y + 1u) * 32u + 2u * x + 0u) * 1u + 0u, 0u, s2_0.x + s2_0.y + s2_0.z + s2_0.w);
  finish(((image * 32u + 2u * y + 1u) * 32u + 2u * x + 1u) * 1u + 0u, 0u, s3_0.x + s3_0.y + s3_0.z + s3_0.w);
}
