import type { ExhibitName } from '../config/exhibits.ts';
import type { ExhibitView } from '../model/exhibit.ts';
import type { Picture } from '../model/pictures.ts';

/** What the page asks of the Worker that shows the trained models. There are no events. */
export interface ExhibitCommands {
  /** An image, by its factors, as a model sees it. */
  show: {
    params: { readonly name: ExhibitName; readonly factors: readonly number[] };
    result: ExhibitView;
  };
  decode: {
    params: { readonly name: ExhibitName; readonly code: Float32Array<ArrayBuffer> };
    result: Picture;
  };
  /** Fetches what is not here yet of all models, so that whatever is asked next is answered at once. */
  fetchAll: { params: Record<string, never>; result: null };
}
