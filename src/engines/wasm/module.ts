/// <reference path="./kernels.d.ts" />
import { AppError } from '../../errors.ts';
import { shared } from './records.mjs';

const pageBytes = 65536;
/** What a shared memory may grow to; it takes addresses, not memory, until it does. */
const usualMaximum = 2 ** 30;
const most = 2 ** 32 - pageBytes;

/** A thread that serves a run's memory. */
export interface Helper {
  terminate(): void;
}

/** What a helper needs to begin: it makes an instance over the memory and calls `serve(thread)`. */
export interface HelperStart {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** From 1 on; 0 is the caller. */
  readonly thread: number;
}

/** The kernels over one linear memory, with the threads that help. */
export interface WasmInstance {
  readonly memory: WebAssembly.Memory;
  run(list: number, count: number): void;
  allFinite(numbers: number, count: number): boolean;
  /** Gives the memory back, for the next run. */
  release(): void;
}

export interface WasmEngineParts {
  readonly threads: number;
  /** Not called for one thread. */
  startHelper(start: HelperStart): Helper;
}

/**
 * Makes instances of the module. Memories that were given back serve the next runs, so that a page that makes many runs
 * has no more of them than it has runs at a time.
 */
export class WasmEngine {
  readonly threads: number;
  readonly #module: WebAssembly.Module;
  readonly #startHelper: WasmEngineParts['startHelper'];
  readonly #free: Owned[] = [];

  private constructor(module: WebAssembly.Module, { threads, startHelper }: WasmEngineParts) {
    this.threads = threads;
    this.#module = module;
    this.#startHelper = startHelper;
  }

  /** @throws AppError WasmMissingError where the browser lacks what the module needs: vectors of 128 bits. */
  static async open(parts: WasmEngineParts): Promise<WasmEngine> {
    const { default: bytes } =
      parts.threads > 1
        ? await import('virtual:wasm-kernels/threads')
        : await import('virtual:wasm-kernels/one-thread');
    if (!WebAssembly.validate(bytes)) throw new AppError('WasmMissingError', {});
    return new WasmEngine(await WebAssembly.compile(bytes), parts);
  }

  /**
   * An instance over a memory of zeros.
   * @throws AppError WasmMemoryError where the browser gives no such memory.
   */
  take(bytes: number): WasmInstance {
    const owned = this.#reuse(bytes) ?? this.#make(bytes);
    const { memory, exports } = owned;
    let released = false;
    return {
      memory,
      run: exports.run,
      allFinite: exports.allFinite,
      release: () => {
        if (released) return;
        released = true;
        this.#free.push(owned);
      },
    };
  }

  /** Ends all helpers of memories that are not in use. */
  close(): void {
    for (const owned of this.#free.splice(0)) owned.end();
  }

  #reuse(bytes: number): Owned | null {
    const owned = this.#free.pop();
    if (!owned) return null;
    const { memory } = owned;
    const missing = Math.ceil((bytes - memory.buffer.byteLength) / pageBytes);
    try {
      if (missing > 0) memory.grow(missing);
    } catch {
      // It may not grow so far: another is made in its place.
      owned.end();
      return null;
    }
    // Before it lie the words on which helpers sleep, and the module's constants.
    new Uint8Array(memory.buffer, shared.scratches).fill(0);
    return owned;
  }

  #make(bytes: number): Owned {
    const initial = Math.ceil(bytes / pageBytes);
    const isShared = this.threads > 1;
    const maximum = Math.ceil(Math.min(most, Math.max(usualMaximum, 2 * bytes)) / pageBytes);
    const memory = memoryOf(isShared ? { initial, maximum, shared: true } : { initial }, bytes);
    const exports = exportsOf(new WebAssembly.Instance(this.#module, importsOf(memory)));
    const helpers = Array.from({ length: this.threads - 1 }, (_, i) =>
      this.#startHelper({ module: this.#module, memory, thread: i + 1 }),
    );
    return {
      memory,
      exports,
      end: () => {
        for (const helper of helpers) helper.terminate();
      },
    };
  }
}

/** What the module imports. A helper's needs the same. */
export function importsOf(memory: WebAssembly.Memory): WebAssembly.Imports {
  const words = new Int32Array(memory.buffer);
  return {
    env: { memory },
    index: {
      wakeHelpers: () => {
        Atomics.add(words, shared.wakes / 4, 1);
        Atomics.notify(words, shared.wakes / 4);
      },
      restUnlessFinished: (chunks: number) => {
        Atomics.wait(words, shared.finished / 4, chunks, 1);
      },
    },
  };
}

/** A memory with its instance and helpers. */
interface Owned {
  readonly memory: WebAssembly.Memory;
  readonly exports: Exports;
  end(): void;
}

interface Exports {
  run(list: number, count: number): void;
  allFinite(numbers: number, count: number): boolean;
}

function memoryOf(descriptor: WebAssembly.MemoryDescriptor, bytes: number): WebAssembly.Memory {
  try {
    return new WebAssembly.Memory(descriptor);
  } catch {
    throw new AppError('WasmMemoryError', { bytes });
  }
}

function exportsOf({ exports: { run, allFinite } }: WebAssembly.Instance): Exports {
  if (typeof run !== 'function' || typeof allFinite !== 'function')
    throw new TypeError('the WebAssembly module lacks an export');
  return {
    run: (list, count) => {
      run(list, count);
    },
    allFinite: (numbers, count) => allFinite(numbers, count) === 1,
  };
}
