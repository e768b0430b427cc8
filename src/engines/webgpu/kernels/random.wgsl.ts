/**
 * data/random's philox.ts and random.ts in WGSL. The bits are equal; the normals agree within 1e-5, because WGSL
 * promises too little of its own log, sin and cos: these are polynomials, and the quadrant comes from the bits. The
 * generator's number of rounds is a live value, for software drivers: they would unroll it, and compile much longer.
 */
export const philoxModule = `
fn multiplyHigh(a: u32, b: u32) -> u32 {
  let aLow = a & 0xffffu;
  let aHigh = a >> 16u;
  let bLow = b & 0xffffu;
  let bHigh = b >> 16u;
  let middle = aHigh * bLow + ((aLow * bLow) >> 16u);
  let cross = aLow * bHigh + (middle & 0xffffu);
  return aHigh * bHigh + (middle >> 16u) + (cross >> 16u);
}

fn philox(seed: u32, stream: u32, step: u32, block: u32) -> vec4u {
  var c = vec4u(block, step, 0u, 0u);
  var k = vec2u(seed, stream);
  for (var round = 0u; round < live.philoxRounds; round++) {
    let highA = multiplyHigh(0xd2511f53u, c.x);
    let lowA = 0xd2511f53u * c.x;
    let highB = multiplyHigh(0xcd9e8d57u, c.z);
    let lowB = 0xcd9e8d57u * c.z;
    c = vec4u(highB ^ c.y ^ k.x, lowB, highA ^ c.w ^ k.y, lowA);
    k = k + vec2u(0x9e3779b9u, 0xbb67ae85u);
  }
  return c;
}
`;

/** log of a real in [2^-126, inf), relative error near 1e-7 also close to 1. */
export const logModule = `
fn naturalLog(x: f32) -> f32 {
  let bits = bitcast<u32>(x);
  // x = mantissa * 2^exponent with the mantissa in [0.75, 1.5).
  let high = (bits & 0x7fffffu) >= 0x400000u;
  let exponent = i32(bits >> 23u) - select(127, 126, high);
  let mantissa = bitcast<f32>((bits & 0x7fffffu) | select(0x3f800000u, 0x3f000000u, high));
  let f = mantissa - 1.0;
  let s = f / (2.0 + f);
  let q = s * s;
  let series = q * (0.33333333 + q * (0.2 + q * (0.14285714 + q * (0.11111111 + q * 0.09090909))));
  return f32(exponent) * 0.69314718 + (2.0 * s + 2.0 * s * series);
}
`;

export const normalModule = `${philoxModule}${logModule}
// cos and sin of 2 pi a / 2^24 for a whole number a below 2^24.
fn unitCircle(a: u32) -> vec2f {
  let rest = a & 0x3fffffu;
  // Reflect the second half of the quarter turn, so that the polynomials see at most an eighth.
  let swap = rest > 0x200000u;
  let x = f32(select(rest, 0x400000u - rest, swap)) * 3.7450702e-7;
  let q = x * x;
  let sine = x * (1.0 - q * (0.16666667 - q * (0.0083333333 - q * (0.00019841270 - q * 2.7557319e-6))));
  let cosine = 1.0 - q * (0.5 - q * (0.041666667 - q * (0.0013888889 - q * (2.4801587e-5 - q * 2.7557319e-7))));
  let c = select(cosine, sine, swap);
  let s = select(sine, cosine, swap);
  let quarter = select(vec2f(c, s), vec2f(-s, c), (a & 0x400000u) != 0u);
  return select(quarter, -quarter, (a & 0x800000u) != 0u);
}

// Two standard normals by Box and Muller, from two words.
fn normalPair(words: vec2u) -> vec2f {
  let radius = sqrt(max(0.0, -2.0 * naturalLog(f32((words.x >> 8u) + 1u) * 5.9604645e-8)));
  return radius * unitCircle(words.y >> 8u);
}
`;
