import type { RunConfig } from '../config/schema.ts';
import type { Factor, Images } from './dataset.ts';
import { openedImages } from './own/opened.ts';
import { factorsOfGrid } from './shapes2d/factors.ts';
import { Shapes2dImages } from './shapes2d/images.ts';
import { factorsOfGrid3d } from './shapes3d/factors.ts';
import { Shapes3dImages } from './shapes3d/images.ts';

/** The settings that say which images a run sees. */
export type ImageSettings = Pick<
  RunConfig,
  'dataset' | 'factors' | 'shapes3d' | 'data' | 'imageSize' | 'channels'
>;

/** @throws AppError OwnDataError where they are a person's own and were not opened (own/opened.ts). */
export function imagesOf(settings: ImageSettings): Images {
  const { dataset, factors, shapes3d, imageSize, channels } = settings;
  switch (dataset) {
    case 'shapes2d':
      return new Shapes2dImages(factors, imageSize, channels);
    case 'shapes3d':
      return new Shapes3dImages(shapes3d, imageSize);
    case 'own':
      return openedImages(settings);
  }
}

/**
 * The factors of a run's images, without drawing any; null where nobody knows them. @throws what `imagesOf` does
 */
export function factorsOf(settings: ImageSettings): readonly Factor[] | null {
  switch (settings.dataset) {
    case 'shapes2d':
      return factorsOfGrid(settings.factors);
    case 'shapes3d':
      return factorsOfGrid3d(settings.shapes3d);
    case 'own':
      return openedImages(settings).factors;
  }
}
