/** Reading a record: see records.mjs. */
export function word(record: usize, index: i32): i32 {
  return load<i32>(record + ((<usize>index) << 2));
}

export function address(record: usize, index: i32): usize {
  return <usize>load<u32>(record + ((<usize>index) << 2));
}

/** Address of a float32 of an array. */
export function at(base: usize, index: i32): usize {
  return base + ((<usize>index) << 2);
}

export function real(record: usize, index: i32): f32 {
  return load<f32>(record + ((<usize>index) << 2));
}
