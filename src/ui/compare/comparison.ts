import { AppError } from '../../errors.ts';
import type { RunFiles } from './runFiles.ts';

/** The records of docs/evidence on the ten seeds, by their addresses beside the page. */
const addresses = Object.entries(
  import.meta.glob<string>(
    ['../../../docs/evidence/ten-seeds/*.json', '../../../docs/evidence/three/*.json'],
    {
      query: '?url',
      import: 'default',
      eager: true,
    },
  ),
);

/** How many runs the comparison has. */
export const comparisonRuns = addresses.length;

/**
 * FactorVAE against beta-VAE and InfoWGAN-GP, ten seeds each: docs/evidence. `onLoaded` is told how many records
 * are there.
 * @throws AppError NotLoadedError
 */
export async function loadComparison(onLoaded: (count: number) => void): Promise<RunFiles> {
  let loaded = 0;
  const texts = addresses.map(async ([path, address]) => {
    const text = await textAt(address);
    onLoaded(++loaded);
    return { name: path.slice(path.lastIndexOf('/') + 1), text };
  });
  return { texts: await Promise.all(texts), problems: [] };
}

async function textAt(address: string): Promise<string> {
  try {
    const response = await fetch(address);
    if (response.ok) return await response.text();
  } catch (cause) {
    throw new AppError('NotLoadedError', {}, { cause });
  }
  throw new AppError('NotLoadedError');
}
