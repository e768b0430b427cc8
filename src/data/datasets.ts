import type { RunConfig } from '../config/schema.ts';
import type { Factor, Images } from './dataset.ts';
import { factorsOfGrid } from './shapes2d/factors.ts';
import { Shapes2dImages } from './shapes2d/images.ts';

/** The settings that say which images a run sees. */
export type ImageSettings = Pick<RunConfig, 'dataset' | 'factors' | 'imageSize' | 'channels'>;

export function imagesOf({ dataset, factors, imageSize, channels }: ImageSettings): Images {
  switch (dataset) {
    case 'shapes2d':
      return new Shapes2dImages(factors, imageSize, channels);
  }
}

/** The factors of a run's images, without drawing any; null where nobody knows them. */
export function factorsOf({
  dataset,
  factors,
}: Pick<RunConfig, 'dataset' | 'factors'>): readonly Factor[] | null {
  switch (dataset) {
    case 'shapes2d':
      return factorsOfGrid(factors);
  }
}
