/** The package describes its other checksum alone; this one is called alike. */
declare module 'crc-32/crc32c.js' {
  const crc32c: Pick<typeof import('crc-32'), 'buf'>;
  export default crc32c;
}
