import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { firstOutdated } from './packages.mjs';

const machine = { os: 'linux', cpu: 'x64', libc: 'glibc' };
const vite = { version: '8.0.0', integrity: 'sha512-a' };
const binary = { version: '1.0.0', integrity: 'sha512-b', optional: true, os: ['linux'], cpu: ['x64'] };

describe('firstOutdated', () => {
  test('nothing, where all is installed', () => {
    expect(
      firstOutdated({ '': {}, 'node_modules/vite': vite }, { 'node_modules/vite': vite }, machine),
    ).toBeUndefined();
  });

  test('an absent package', () => {
    expect(firstOutdated({ 'node_modules/vite': vite }, {}, machine)).toBe('node_modules/vite');
  });

  test('another version, and the same version of other content', () => {
    const locked = { 'node_modules/vite': vite };
    expect(firstOutdated(locked, { 'node_modules/vite': { ...vite, version: '7.9.9' } }, machine)).toBe(
      'node_modules/vite',
    );
    expect(firstOutdated(locked, { 'node_modules/vite': { ...vite, integrity: 'sha512-c' } }, machine)).toBe(
      'node_modules/vite',
    );
  });

  test('an optional binary counts on its own system only, down to the C library', () => {
    const locked = { 'node_modules/binary': binary };
    expect(firstOutdated(locked, {}, machine)).toBe('node_modules/binary');
    expect(firstOutdated(locked, {}, { ...machine, cpu: 'arm64' })).toBeUndefined();
    expect(firstOutdated(locked, {}, { ...machine, os: 'darwin' })).toBeUndefined();
    const musl = { 'node_modules/binary': { ...binary, libc: ['musl'] } };
    expect(firstOutdated(musl, {}, machine)).toBeUndefined();
    expect(firstOutdated(musl, {}, { ...machine, libc: 'musl' })).toBe('node_modules/binary');
  });

  test('a package that is left over does no harm', () => {
    expect(firstOutdated({}, { 'node_modules/old': vite }, machine)).toBeUndefined();
  });
});

test('package-lock.json has every package that its packages ask for, those of other systems too', () => {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  const missing = Object.keys(packages).flatMap((path) => {
    const { dependencies, optionalDependencies } = packages[path];
    return Object.keys({ ...dependencies, ...optionalDependencies })
      .filter((name) => !packages[`node_modules/${name}`] && !packages[`${path}/node_modules/${name}`])
      .map((name) => `${path} -> ${name}`);
  });
  expect(missing).toEqual([]);
});
