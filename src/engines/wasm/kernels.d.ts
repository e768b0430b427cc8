/** The module of src/engines/wasm/assembly, built by scripts/assembly.mjs. */
declare module 'virtual:wasm-kernels/*' {
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}
