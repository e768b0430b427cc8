/** Reading a record: see records.ts. */
export function word(record: usize, index: i32): i32 {
  return load<i32>(record + ((<usize>index) << 2));
}

export function address(record: usize, index: i32): usize {
  return <usize>load<u32>(record + ((<usize>index) << 2));
}

export function real(record: usize, index: i32): f32 {
  return load<f32>(record + ((<usize>index) << 2));
}
