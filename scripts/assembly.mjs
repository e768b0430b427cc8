import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { main } from 'assemblyscript/asc';
import {
  drawings,
  headWords,
  kernels,
  liveWords,
  recordBytes,
  records,
  scratchBytes,
  shared,
  tableHead,
} from '../src/engines/wasm/records.mjs';
import { root, SetupError } from './process.mjs';

const folder = join(root, 'src/engines/wasm/assembly');
const placed = ['--runtime', 'stub', '--importMemory', '--memoryBase', `${shared.constants}`];
const optimised = ['-O3', '--converge', '--noAssert'];

/**
 * What AssemblyScript knows of records: an enum for each, so that offsets stand in one place.
 * @returns {string}
 */
function recordsModule() {
  const capital = (/** @type {string} */ name) => name[0].toUpperCase() + name.slice(1);
  const address = (/** @type {string} */ name, /** @type {number} */ at) =>
    `export const ${name}: usize = ${at};`;
  const list = (/** @type {string} */ name, /** @type {readonly string[]} */ members, first = 0) =>
    `export enum ${name} { ${members.map((member, i) => `${member} = ${first + i}`).join(', ')} }`;
  return [
    address('recordBytes', recordBytes),
    address('scratchBytes', scratchBytes),
    ...Object.entries(shared).map(([name, at]) => address(name, at)),
    ...Object.entries(liveWords).map(([name, at]) => address(`live${capital(name)}`, at)),
    ...Object.entries(tableHead).map(([name, at]) => address(`table${capital(name)}`, at)),
    list('Head', ['kernel', 'chunks']),
    list('Kernel', Object.keys(kernels), 1),
    list('Drawing', drawings),
    ...Object.entries(records).map(([name, fields]) => list(capital(name), fields, headWords)),
  ].join('\n');
}

/**
 * The kernels in WebAssembly: for one thread, or for several over one shared memory.
 * @param {boolean} threads
 * @returns {Promise<Uint8Array>}
 * @throws {SetupError} with what the compiler says
 */
async function compileAssembly(threads) {
  /** @type {Uint8Array[]} */
  const written = [];
  const features = threads
    ? ['--enable', 'simd,threads', '--sharedMemory', '--initialMemory', '1', '--maximumMemory', '65536']
    : ['--enable', 'simd'];
  const { error, stderr } = await main(
    ['index.ts', '--outFile', 'out.wasm', ...optimised, ...placed, ...features],
    {
      readFile: (name, base) =>
        name === 'records.ts'
          ? recordsModule()
          : readFile(join(folder, base === '.' ? '' : base, name), 'utf8').catch(() => null),
      writeFile: (_name, contents) => {
        if (typeof contents !== 'string') written.push(contents);
      },
      listFiles: () => [],
    },
  );
  if (error || written.length !== 1)
    throw new SetupError(`The WebAssembly kernels could not be built:\n${stderr}`);
  return written[0];
}

/** @type {Map<boolean, Promise<Uint8Array>>} */
const compiled = new Map();

/**
 * Compiled once a process: the page, its Worker and its helpers are built each for itself, and all have the
 * kernels.
 * @param {boolean} threads
 */
function kernelBytes(threads) {
  const known = compiled.get(threads) ?? compileAssembly(threads);
  compiled.set(threads, known);
  return known;
}

/** Names of the modules that have the kernels' bytes: src/engines/wasm/kernels.d.ts. */
const modules = new Map([
  ['virtual:wasm-kernels/one-thread', false],
  ['virtual:wasm-kernels/threads', true],
]);

/**
 * Lets code import the kernels' bytes, inside a module of JavaScript: so a page, a command and a test have them
 * alike.
 * @returns {import('vite').Plugin}
 */
export function assembly() {
  return {
    name: 'assembly',
    resolveId: (id) => (modules.has(id) ? `\0${id}` : null),
    async load(id) {
      const threads = modules.get(id.slice(1));
      if (threads === undefined || !id.startsWith('\0')) return null;
      const text = Buffer.from(await kernelBytes(threads)).toString('base64');
      return `export default Uint8Array.from(atob('${text}'), (letter) => letter.charCodeAt(0));`;
    },
  };
}
